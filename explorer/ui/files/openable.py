"""What the Open dialog offers, as the formats declare it.

Formats are asked on demand: the first window must not wait for them.
"""

from __future__ import annotations


def file_filters() -> str:
    """The filters of a dialog for files: everything first, a line a format, then all files.

    Endings in capitals too, as not every dialog takes a.PNG for *.png.
    """
    from explorer.data.files.openable import filters

    lines = [f"{_capital(title)} ({_patterns(endings)})" for title, endings in filters()]
    return ";;".join([*lines, "All files (*)"])


def _patterns(endings: tuple[str, ...]) -> str:
    return " ".join(f"*{spelled}" for end in endings for spelled in (end, end.upper()))


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]
