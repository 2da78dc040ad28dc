"""Picture files in a tree of folders: which count, and what the folders say of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

from explorer.data.pictures import is_picture_name
from explorer.data.raw import Entry, printable
from explorer.data.wording import many

_TRAIN = frozenset(("train", "training"))
_TEST = frozenset(("test", "testing", "t10k"))
_UNUSED = frozenset(("val", "valid", "validation"))
_LITTER = frozenset(("thumbs.db", "desktop.ini", "__macosx"))
_QUIET = frozenset((".txt", ".md", ".json", ".csv", ".xml", ".yaml", ".yml", ".html", ".pdf", ""))
_AT_TOP = "(no folder)"


def is_litter(part: str) -> bool:
    """Whether a file or folder of this name is left by a system and never meant as data."""
    return part.startswith(".") or part.lower() in _LITTER


def entries_of(names: Iterable[str]) -> tuple[tuple[Entry, ...], list[str]]:
    """Sorted entries with class and split from relative paths ('/' between), and warnings.

    ``train`` and ``test`` at the top are a split; the folder below is the class.
    """
    kept = [n for n in sorted(names) if not any(is_litter(part) for part in n.split("/"))]
    pictures = [n for n in kept if is_picture_name(n)]
    said = _other_kinds(n for n in kept if not is_picture_name(n))
    paths = _without_wrapper([n.split("/") for n in pictures])
    is_split = _is_split(paths)
    entries = [_entry(n, path, is_split) for n, path in zip(pictures, paths, strict=True)]
    used = [e for e in entries if e is not None]
    if len(used) < len(entries):
        said.append(_left_out(len(entries) - len(used)))
    return _without_single_class(used), said


def _left_out(count: int) -> str:
    of = "of a validation part"
    return f"{many(count, f'picture {of} is', f'pictures {of} are')} left out"


def named(names: list[str], limit: int = 3) -> str:
    """The first few names and how many more, for a sentence."""
    more = f" and {len(names) - limit:,} more" if len(names) > limit else ""
    return ", ".join(printable(n) for n in names[:limit]) + more


def _without_wrapper(paths: list[list[str]]) -> list[list[str]]:
    """Archives often hold one folder that holds everything."""
    while paths and all(len(p) > 2 for p in paths) and len({p[0] for p in paths}) == 1:
        paths = [p[1:] for p in paths]
    while paths and len({p[0] for p in paths}) == 1 and _is_split([p[1:] or p for p in paths]):
        paths = [p[1:] for p in paths]
    return paths


def _is_split(paths: list[list[str]]) -> bool:
    tops = {p[0].lower() if len(p) > 1 else "" for p in paths}
    return bool(tops & _TRAIN and tops & _TEST) and tops <= _TRAIN | _TEST | _UNUSED


def _entry(name: str, path: list[str], is_split: bool) -> Entry | None:
    held_out = None
    if is_split:
        if path[0].lower() in _UNUSED:
            return None
        held_out = path[0].lower() in _TEST
        path = path[1:]
    return Entry(name, printable(path[0]) if len(path) > 1 else _AT_TOP, held_out)


def _without_single_class(entries: list[Entry]) -> tuple[Entry, ...]:
    if len({e.label for e in entries}) > 1:
        return tuple(entries)
    return tuple(Entry(e.name, None, e.held_out) for e in entries)


def _other_kinds(names: Iterable[str]) -> list[str]:
    kinds = Counter(PurePosixPath(n).suffix.lower() for n in names)
    loud = sorted(k for k in kinds if k not in _QUIET)
    count = sum(kinds[k] for k in loud)
    if not count:
        return []
    said = many(count, "file of a kind that is not read is", "files of kinds that are not read are")
    return [f"{said} left out ({named(loud)})"]
