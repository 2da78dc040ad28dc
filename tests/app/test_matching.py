"""What a few letters find, and which of two comes first."""

from __future__ import annotations

import pytest

from explorer.app.matching import match


@pytest.mark.parametrize(
    ("query", "title"),
    [("", "Undo"), ("open", "Open fashion"), ("fash", "Open fashion"), ("opf", "Open fashion"),
     ("OPEN F", "Open fashion"), ("shape", "Reshape"), ("rl", "Reset the layout")],
)  # fmt: skip
def test_letters_of_a_title_find_it(query: str, title: str) -> None:
    assert match(query, title) is not None


def test_letters_anywhere_find_nothing() -> None:
    assert match("xyz", "Open fashion") is None
    assert match("nhn", "Open fashion") is None
    assert match("open digits", "Open fashion") is None


def test_a_sentence_is_found_by_the_starts_of_its_words() -> None:
    assert match("cloth", "Open fashion", "7,000 pieces of clothing") is not None
    assert match("thing", "Open fashion", "7,000 pieces of clothing") is None
    assert match("open cloth", "Open fashion", "7,000 pieces of clothing") is not None


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [("open", "Open files", "Reopen"), ("re", "Redo", "Layer: density"),
     ("fit", "Fit", "Fit the other plane"), ("undo", "Undo", "Bundle"),
     ("cd", "Colours: dark", "Redo what a card did")],
)  # fmt: skip
def test_starts_come_first_then_words_then_short_titles(
    query: str, better: str, worse: str
) -> None:
    first, second = match(query, better), match(query, worse, "undo redo cd fit open")
    assert first is not None
    assert second is None or first.score > second.score


def test_the_letters_that_were_meant_are_told() -> None:
    found = match("of", "Open fashion")
    assert found is not None and found.letters == {0, 5}
    found = match("fashion open", "Open fashion")
    assert found is not None and found.letters == set(range(12)) - {4}
