"""docs/theory.md, as far as it is installed: its text and its sections, by their numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from explorer import paths

HEADING = re.compile(r"^#{2,3} (\d(?:\.\d)?)\.? (.+)$", re.MULTILINE)
FILES = re.compile(r"^(#.*) \(`.*`\)$", re.MULTILINE)  # where headings name them


@cache
def page() -> str:
    """The page as Markdown, its headings without files; "" where it is not installed."""
    try:
        return FILES.sub(r"\1", paths.theory().read_text(encoding="utf-8"))
    except OSError:
        return ""


def sections() -> Mapping[str, str]:
    """What each section is called, by its number: "2.1" -> "Posteriors q(z|x)"."""
    return _sections_of(page())


@cache
def _sections_of(text: str) -> Mapping[str, str]:
    return dict(HEADING.findall(text))
