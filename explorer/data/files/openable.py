"""All that can be opened, as the formats declare it: for dialogs, remedies and refusals."""

from __future__ import annotations

from explorer.data.formats import formats
from explorer.data.pictures.reading import FORMATS, SUFFIXES


def opens() -> str:
    """A remedy that names everything."""
    titles = [_told(formats[name].title, formats[name].suffixes) for name in formats]
    return f"open {', '.join(titles[:-1])} or {titles[-1]}"


def endings() -> tuple[str, ...]:
    """How the names of files end that are a data set each; pictures may be none."""
    found = {s for name in formats for s in formats[name].suffixes} - SUFFIXES
    return tuple(sorted(found))


def kinds_of_pictures() -> str:
    """The kinds of picture files, for a sentence."""
    return ", ".join(FORMATS[:-1]) + f" or {FORMATS[-1]}"


def filters() -> list[tuple[str, tuple[str, ...]]]:
    """(title, endings) for the Open dialog: everything, then a kind a line, then pictures."""
    kinds = [(formats[name].title, formats[name].suffixes) for name in formats]
    pictures = ("a picture", tuple(sorted(SUFFIXES)))
    everything = {s for _, suffixes in (*kinds, pictures) for s in suffixes}
    shown = [(title, suffixes) for title, suffixes in (*kinds, pictures) if suffixes]
    return [("Data and pictures", tuple(sorted(everything))), *shown]


def _told(title: str, suffixes: tuple[str, ...]) -> str:
    """With the suffixes, where the title does not name them."""
    few = 0 < len(suffixes) < 4 and not any(s in title for s in suffixes)
    return f"{title} ({', '.join(suffixes)})" if few else title
