"""Picture files in a tree of folders: which count, and what the folders say of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from explorer.data.pictures.reading import is_picture_name
from explorer.data.raw import Entry
from explorer.data.words.naming import named, printable
from explorer.data.words.sides import (
    TRAIN,
    held_out_side,
    is_held_out,
    said_of,
    side_and_rest,
    side_of,
)
from explorer.data.words.wording import many

_LITTER = frozenset(
    (
        *("thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "@eadir", "__pycache__"),
        *("$recycle.bin", "system volume information", "lost+found"),
    )
)
_QUIET = frozenset((".txt", ".md", ".json", ".csv", ".xml", ".yaml", ".yml", ".html", ".pdf", ""))
_TABLES = (".csv", ".tsv")
_AT_TOP = "(no folder)"


def is_litter(part: str) -> bool:
    """Whether a file or folder of this name is left by a system and never meant as data."""
    return part.startswith(".") or part.lower() in _LITTER


def entries_of(names: Iterable[str]) -> tuple[tuple[Entry, ...], list[str]]:
    """Sorted entries with class and split from relative paths ('/' between), and warnings.

    Folders named as two sides of a split are one, at the top or inside each class; else the top
    folder is the class.
    """
    kept = [n for n in sorted(names) if not any(is_litter(part) for part in n.split("/"))]
    pictures = [n for n in kept if is_picture_name(n)]
    said = _other_kinds(n for n in kept if not is_picture_name(n))
    paths = _with_sides_apart(_without_wrapper([n.split("/") for n in pictures]))
    placed, more = _placed(paths)
    entries = [_entry(pictures[i], p) for i, p in enumerate(placed) if p is not None]
    used = _without_single_class(entries)
    return used, said + more + _without_folder(used) + _tables_beside(kept, used)


@dataclass(frozen=True)
class _Place:
    """Where a picture belongs: below its class, where it has one, on a side of the split."""

    below: list[str]
    held_out: bool | None = None


def _placed(paths: list[list[str]]) -> tuple[list[_Place | None], list[str]]:
    """The place of each path, None for those that are left out, and what was decided."""
    at = _depth_of_split(paths)
    if at is not None:
        return _placed_by_split(paths, at)
    named_so = [top for top in _tops(paths) if side_of(top)]
    if len(named_so) != 1 or len(_tops(paths)) == 1:
        return [_Place(p) for p in paths], []
    lone = named_so[0]
    if side_of(lone) != TRAIN and _holds_the_classes(lone, paths):
        said = [f"the folder {printable(lone)} holds the classes again: it is held out"]
        return [_Place(p[1:], True) if p[0] == lone else _Place(p, False) for p in paths], said
    what = "beside it there is no other part of a split"
    return [_Place(p) for p in paths], [f"the folder {printable(lone)} is taken as a class: {what}"]


def _placed_by_split(paths: list[list[str]], at: int) -> tuple[list[_Place | None], list[str]]:
    sides = [side_of(p[at]) for p in paths]
    there = {side for side in sides if side is not None}
    places: list[_Place | None] = []
    for i, side in enumerate(sides):
        path = paths[i]
        held_out = None if side is None else is_held_out(side, there)
        place = None if held_out is None else _Place(path[:at] + path[at + 1 :], held_out)
        places.append(place)
    beside = sides.count(None)
    unused = places.count(None) - beside
    said = said_of(there) + ([_left_out(unused, "of a validation part")] if unused else [])
    return places, said + ([_left_out(beside, "beside the parts of the split")] if beside else [])


def _depth_of_split(paths: list[list[str]]) -> int | None:
    """0 for split/class, 1 for class/split, None where there is no split."""
    if held_out_side({side for top in _tops(paths) if (side := side_of(top))}):
        return 0
    inner = {side_of(p[1]) if len(p) > 1 else None for p in paths}  # a file is called no side
    sides = {side for side in inner if side is not None}
    return 1 if held_out_side(sides) and len(sides) == len(inner) else None


def _tops(paths: list[list[str]]) -> set[str]:
    return {p[0] for p in paths if len(p) > 1}


def _holds_the_classes(lone: str, paths: list[list[str]]) -> bool:
    """Whether the folders inside ``lone`` are called as those beside it."""
    inside = {p[1] for p in paths if p[0] == lone}
    return inside <= _tops(paths) - {lone}


def _left_out(count: int, of: str) -> str:
    return f"{many(count, f'picture {of} is', f'pictures {of} are')} left out"


def _without_wrapper(paths: list[list[str]]) -> list[list[str]]:
    """Archives often hold one folder that holds everything."""
    while paths and all(len(p) > 2 for p in paths) and len({p[0] for p in paths}) == 1:
        paths = [p[1:] for p in paths]
    while paths and len({p[0] for p in paths}) == 1:
        inner = [p[1:] or p for p in paths]
        if _depth_of_split(inner) != 0:
            break
        paths = inner
    return paths


def _with_sides_apart(paths: list[list[str]]) -> list[list[str]]:
    """train_cat, test_cat, .. as train/cat, test/cat, .. where all folders are called so."""
    apart = {top: side_and_rest(top) for top in _tops(paths) if side_of(top) is None}
    found = {top: both for top, both in apart.items() if both is not None}
    sides = {side for side, _ in found.values() if side_of(side)}
    is_split = held_out_side({kind for side in sides if (kind := side_of(side))})
    if not found or len(found) < len(_tops(paths)) or not is_split:
        return paths
    return [[*found[p[0]], *p[1:]] if len(p) > 1 else p for p in paths]


def _entry(name: str, place: _Place) -> Entry:
    label = printable(place.below[0]) if len(place.below) > 1 else _AT_TOP
    return Entry(name, label, place.held_out)


def _without_single_class(entries: list[Entry]) -> tuple[Entry, ...]:
    if len({e.label for e in entries}) > 1:
        return tuple(entries)
    return tuple(Entry(e.name, None, e.held_out) for e in entries)


def _without_folder(entries: tuple[Entry, ...]) -> list[str]:
    """Pictures that lie beside the folders of the classes, as an unlabelled test part does."""
    count = sum(e.label == _AT_TOP for e in entries)
    what = many(count, "picture lies", "pictures lie")
    return [f"{what} in no folder of a class: the class {_AT_TOP} is theirs"] if count else []


def _tables_beside(names: list[str], entries: tuple[Entry, ...]) -> list[str]:
    """Tables beside pictures without classes, which may name them."""
    tables = [n for n in names if n.lower().endswith(_TABLES)]
    if not tables or any(e.label is not None for e in entries):
        return []
    ways = "pictures get classes from folders, one for each class"
    return [f"{named(tables)} {'is' if len(tables) == 1 else 'are'} not read: {ways}"]


def _other_kinds(names: Iterable[str]) -> list[str]:
    kinds = Counter(PurePosixPath(n).suffix.lower() for n in names)
    loud = sorted(k for k in kinds if k not in _QUIET)
    count = sum(kinds[k] for k in loud)
    if not count:
        return []
    said = many(count, "file of a kind that is not read is", "files of kinds that are not read are")
    return [f"{said} left out ({named(loud)})"]
