"""What a cell says: a number in the file's way of writing them, a date, or nothing.

A comma may mark decimals or thousands. The cells that can be read in one way only decide it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

MISSING = frozenset(("", "na", "n/a", "nan", "null", "none", "?", "-", "."))
_SPACES = " '\u00a0\u202f\u2019"
_GROUPED = {
    mark: re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:[{mark}]\d{{3}})+(?:[{other}]\d+)?")
    for mark, other in ((",", "."), (".", ","), (_SPACES, ".,"))
}
_DECIMALS = {mark: re.compile(rf"[+-]?\d*[{mark}]\d+(?:[eE][+-]?\d+)?") for mark in ",."}
_THOUSANDS = {mark: re.compile(rf"[+-]?[1-9]\d{{0,2}}[{mark}]\d{{3}}") for mark in ",."}
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp][Mm])?"
_TIME = rf"(?:[T ,]+{_CLOCK}(?: ?(?:Z|UTC|[+-]\d{{2}}:?\d{{2}}))?)?"
_MONTH = r"[A-Za-zäÄéû]{3,9}\.?"
_DATE = re.compile(
    rf"\d{{4}}-\d{{2}}|(?:\d{{4}}([-/.])\d{{1,2}}\1\d{{1,2}}"  # 2024-01-31
    rf"|\d{{1,2}}([-/.])\d{{1,2}}\2(?:\d{{4}}|\d{{2}})"  # 31.01.2024, 1/31/24
    rf"|\d{{1,2}}[- ./]{{1,2}}{_MONTH}[- ./]{{1,2}}(?:\d{{4}}|\d{{2}})"  # 31-Jan-2024
    rf"|{_MONTH} \d{{1,2}},? \d{{4}}){_TIME}"  # Jan 31, 2024
    rf"|{_CLOCK}"  # 23:59
)


@dataclass(frozen=True)
class Numerals:
    """decimal: the mark before the decimals. grouping: the marks between thousands, if any."""

    decimal: str = "."
    grouping: str = ""

    @property
    def plain(self) -> bool:
        """As Python writes numbers."""
        return self.decimal == "." and not self.grouping

    @property
    def said(self) -> list[str]:
        """A sentence, where numbers are not plain."""
        how = ["a decimal comma"] if self.decimal == "," else []
        marks = {",": "commas", ".": "points", "": ""}.get(self.grouping, "spaces or apostrophes")
        how += [f"{marks} between thousands"] if marks else []
        return [f"numbers are read with {' and '.join(how)}"] if how else []

    def number(self, cell: str) -> float | None:
        """A cell as a number, NaN for a gap, None where it is neither."""
        text = cell.strip()
        if text.lower() in MISSING:
            return float("nan")
        if "_" in text:
            return None
        if self.grouping and _GROUPED[self.grouping].fullmatch(text):
            text = re.sub(f"[{self.grouping}]", "", text)
        try:
            return float(text.replace(",", ".") if self.decimal == "," else text)
        except ValueError:
            return None

    def is_number(self, cell: str) -> bool:
        """Whether a cell holds a number, a gap is none."""
        value = self.number(cell)
        return value is not None and not is_missing(cell)


def is_missing(cell: str) -> bool:
    """Whether a cell marks a gap."""
    return cell.strip().lower() in MISSING


def is_date(cell: str) -> bool:
    """Whether a cell is a date, a time of day or both."""
    return _DATE.fullmatch(cell.strip()) is not None


def numerals_of(cells: Iterable[str], separator: str) -> Numerals:
    """The way of writing numbers that fits the cells; those that fit two ways decide nothing."""
    seen: set[str] = set()
    for cell in cells:
        text = cell.strip()
        if text and not text.isalpha():
            seen.update(_evidence(text))
    spaces = _SPACES if "spaces" in seen else ""
    comma = "decimal ," in seen or "grouped ." in seen
    point = "decimal ." in seen or "grouped ," in seen
    if comma and not point:
        return Numerals(",", "." if {"grouped .", "maybe ."} & seen else spaces)
    if point:
        return Numerals(".", spaces if comma or not {"grouped ,", "maybe ,"} & seen else ",")
    if "maybe ," in seen and "maybe ." not in seen:
        return Numerals(".", ",") if separator == "," else Numerals(",", spaces)
    return Numerals(".", spaces)


def _evidence(text: str) -> set[str]:
    """What a cell tells: decimal, grouped or maybe (either), with its mark; or spaces."""
    if _GROUPED[_SPACES].fullmatch(text):
        tail = re.search(r"[.,](?=\d+$)", text)
        return {"spaces", f"decimal {tail[0]}"} if tail else {"spaces"}
    for mark in ",.":
        if _THOUSANDS[mark].fullmatch(text):
            return {f"maybe {mark}"}
        if _DECIMALS[mark].fullmatch(text):
            return {f"decimal {mark}"}
        if _GROUPED[mark].fullmatch(text):
            return {f"grouped {mark}"}
    return set()
