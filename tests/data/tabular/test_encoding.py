"""Text in the encodings that spreadsheets write."""

from __future__ import annotations

import pytest

from explorer.data.tabular.encoding import decoded
from explorer.errors import DataError

TEXT = "größe,b\n1,2\n"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", "UTF-16"),
        ("cp1252", "Windows-1252"),
        ("latin-1", "Windows-1252"),
    ],
)
def test_the_same_text(encoding: str, said: str) -> None:
    text, told = decoded(TEXT.encode(encoding), "a.csv")
    assert text == TEXT and bool(told) is bool(said)
    assert all(said in sentence for sentence in told)


@pytest.mark.parametrize("order", ["le", "be"])
def test_utf_16_without_a_mark(order: str) -> None:
    assert decoded("a,b\n1,2\n3,4\n".encode(f"utf-16-{order}"), "a.csv")[0] == "a,b\n1,2\n3,4\n"


@pytest.mark.parametrize("text", ["1", "1\n", "größe"])
def test_a_few_letters_in_utf_16_are_enough(text: str) -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        assert decoded(text.encode(encoding), "a.csv")[0] == text


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\n1,\x81\n",
        b"PK\x03\x04\xff",
        b"a,b\n1,\0\n33",
        "a,b\n1,2\n".encode("utf-16-le") + b"\n",  # not every character has two bytes
        b"ab" + "cd\n1,2\n".encode("utf-16-le"),
        b"ab" + "cd\n1,2\n".encode("utf-16-be"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(DataError):
        decoded(data, "a.csv")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_other_letters_may_come_after_a_plain_start(encoding: str) -> None:
    """A header and rows of numbers tell UTF-16; a name in Greek may stand in a later row."""
    text = "a,b\n" + "1,2\n" * 700 + "\u03b1,3\n"
    assert decoded(text.encode(encoding), "a.csv")[0] == text
