"""What a few letters find, and which of two comes first."""

from __future__ import annotations

from collections.abc import Iterable

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


@pytest.mark.parametrize(
    ("query", "title", "more", "score", "letters"),
    [
        ("open", "Open fashion", "", 100, range(4)),
        ("fash", "Open fashion", "", 80, range(5, 9)),
        ("shape", "Reshape", "", 55, range(2, 7)),
        ("of", "Open fashion", "", 60, (0, 5)),
        ("opf", "Open fashion", "", 60, (0, 1, 5)),
        ("ofs", "Open fashion", "", 20, (0, 5, 7)),
        ("cloth", "Open fashion", "clothing", 12, ()),
        ("open cloth", "Open fashion", "clothing", 56, range(4)),
        ("", "Open fashion", "", 0, ()),
        ("an", "Pan a bin and", "", 80, (10, 11)),  # at a word's start before the first there is
        ("oen", "Open", "", 20, (0, 2, 3)),
        ("or", "Open sir red", "", 60, (0, 9)),  # rather a word's start than one within
        ("opfa", "Open fashion cart", "", 60, (0, 1, 5, 6)),  # rather the one that follows
        ("opfsn", "Open fashion", "", 20, (0, 1, 5, 7, 11)),  # three of five will do
    ],
)
def test_what_a_match_is_worth(
    query: str, title: str, more: str, score: float, letters: Iterable[int]
) -> None:
    """Less a hundredth for each letter of the title, so that short ones come first."""
    found = match(query, title, more)
    assert found is not None
    assert found.score == pytest.approx(score - len(title) / 100)
    assert found.letters == set(letters)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("pn", "Open"),  # must begin a word
        ("penf", "Open fashion"),
        ("oo", "Open"),  # no letter is meant twice
        ("oheh", "Open the second hatch, oh"),  # most begin a word or follow the one before
        ("oxe", "Open"),
        ("onn", "Open"),
    ],
)
def test_letters_that_are_scattered_over_a_title_find_nothing(query: str, title: str) -> None:
    assert match(query, title) is None
