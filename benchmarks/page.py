"""benchmarks/uses.md: a page of sections, each written by the program that measured it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.reporting import Row, table

USES = Path(__file__).parent / "uses.md"


def keep(name: str, words: str, rows: Sequence[Row], page: Path = USES) -> None:
    """Write a section between its markers, in place of the one that was there or at the end."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    text = page.read_text(encoding="utf-8")
    if begin not in text:
        text = f"{text.rstrip()}\n\n{begin}\n{end}\n"
    before, rest = text.split(begin)
    after = rest.split(end)[1]
    section = f"## {name.capitalize()}\n\n{words}\n\n```text\n{table(rows)}\n```"
    page.write_text(f"{before}{begin}\n\n{section}\n\n{end}{after}", encoding="utf-8")
