"""Bytes to text, in the encodings that spreadsheets and instruments write."""

from __future__ import annotations

import codecs
import unicodedata

from explorer.errors import DataError

_START = 4096  # bytes that tell UTF-16 without a mark from text with zeros in it
_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BLANK = "\t\n\r\f\v"


def decoded(data: bytes, where: str) -> tuple[str, list[str]]:
    """The text and what had to be guessed of it; raises DataError for what is no text."""
    sixteen = _utf16(data)
    if sixteen:
        return _plain(data.decode(sixteen), where), ["the text is read as UTF-16"]
    try:
        return _plain(data.decode("utf-8-sig"), where), []
    except UnicodeDecodeError as error:
        western = _western(data)
        if western is None:
            raise DataError(
                "the text of this file is not UTF-8",
                where=where,
                remedy="save it again as CSV UTF-8",
                details=str(error),
            ) from error
    said = "the text is not UTF-8, it is read as Windows-1252 (Western European)"
    return western, [said]


def _plain(text: str, where: str) -> str:
    if "\0" in text:
        raise DataError("this is no text file", where=where, remedy="save it again as CSV UTF-8")
    return text


def _utf16(data: bytes) -> str:
    """The name of the encoding where there is a mark, or every other byte is zero."""
    if data[:2] in _BOMS and len(data) % 2 == 0:
        return "utf-16"
    start = data[:_START]
    odd, even = start[1::2], start[::2]
    if len(data) % 2:
        return ""
    if not any(even) and all(odd):
        return "utf-16-be"
    return "utf-16-le" if not any(odd) and all(even) else ""


def _western(data: bytes) -> str | None:
    """As cp1252, where that makes words and numbers and nothing that no text holds."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    odd = (c for c in text if unicodedata.category(c) == "Cc" and c not in _BLANK)
    return text if next(odd, None) is None else None
