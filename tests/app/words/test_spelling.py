from __future__ import annotations

import numpy as np
import pytest

from explorer.app.parts.planes import PlaneState
from explorer.app.snapshot import Snapshot
from explorer.app.words.spelling import (
    placed,
    placed_linearly,
    sentence,
    shortened,
    spelled,
    spelled_shortly,
    spoken,
)
from explorer.compute.decoding.linear import LinearDecoded


@pytest.mark.parametrize(
    ("point", "text"),
    [
        ((-0.004, 0.004), "(+0.00, +0.00)"),
        ((-0.0, -0.006), "(+0.00, \u22120.01)"),
        ((-1.5, 12.25), "(\u22121.50, +12.25)"),
    ],
)
def test_what_is_written_as_zero_is_never_below_it(point: tuple[float, float], text: str) -> None:
    assert placed(point) == text
    assert spelled(np.array(point, np.float32)) == f"z = {text}"


@pytest.mark.parametrize(
    ("axes", "text"), [((3, 2), "(\u22121.50, +2.00)"), ((0, 1), "PC4 \u22121.50, PC3 +2.00")]
)
def test_a_picture_of_pca_on_other_axes_than_the_first_views_names_them(
    axes: tuple[int, int], text: str
) -> None:
    point = np.array([-1.5, 2.0], np.float32)
    decoded = LinearDecoded((3, 2), point, np.zeros((8, 8, 1), np.uint8), None)
    assert placed_linearly(Snapshot(planes={"pca": PlaneState(axes)}), decoded) == text


@pytest.mark.parametrize(
    ("d", "text"),
    [(4, "z = (+1.00, +1.00, +1.00, +1.00)"), (5, "|z| = 2.24 in 5 dimensions")],
)
def test_of_many_coordinates_the_length_is_told(d: int, text: str) -> None:
    assert spelled(np.ones(d, np.float32)) == text


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("a-name-of-23-characters", "a-name-of-23-characters"),
        ("a-name-of--24-characters", "a-name-of--\u2026-characters"),
    ],
)
def test_a_long_name_loses_its_middle(name: str, seen: str) -> None:
    assert shortened(name) == seen and len(seen) == 23
    assert shortened("abcdefgh", 2) == "ab\u2026gh" and shortened("abcde", 2) == "abcde"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("open data first", "Open data first"),
        ("first.csv cannot be read", "first.csv cannot be read"),
        ("data/first is no model", "data/first is no model"),
        ("a\\b: no such file", "a\\b: no such file"),
        ("no model: train one first", "No model: train one first"),
        ("done. all is kept in first.csv", "Done. all is kept in first.csv"),
        ("stopped: see a.csv", "Stopped: see a.csv"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_capital_and_a_files_name_as_it_is(text: str, said: str) -> None:
    assert sentence(text) == said


@pytest.mark.parametrize(
    ("tone", "said"),
    [("hint", "vae sets x"), ("done", "vae sets x"), ("warn", "Vae sets x"), ("bad", "Vae sets x")],
)
def test_a_warning_or_an_error_begins_as_a_sentence_does(tone: str, said: str) -> None:
    message = spoken("vae sets x", tone, "why")
    assert (message.text, message.tone, message.details) == (said, tone, "why")


@pytest.mark.parametrize(
    ("d", "texts"),
    [
        (1, ("(+1.00)", "(+1.0)", "|z| = 1.00")),
        (4, ("(+1.00, +1.00, +1.00, +1.00)", "(+1.0, +1.0, +1.0, +1.0)", "|z| = 2.00")),
        (5, ("|z| = 2.24",)),
    ],
)
def test_shortly_it_is_the_coordinates_or_the_length_alone(d: int, texts: tuple[str, ...]) -> None:
    assert spelled_shortly(np.ones(d, np.float32)) == texts


def test_what_is_written_as_zero_in_short_has_no_minus() -> None:
    assert spelled_shortly(np.array([-0.04, -0.06], np.float32))[1] == "(+0.0, \u22120.1)"


@pytest.mark.parametrize("d", [2, 5])
def test_the_length_of_the_wildest_codes_is_told(d: int) -> None:
    z = np.zeros(d, np.float32)
    z[0] = -1e38
    for text in (spelled(z), *spelled_shortly(z)):
        assert "inf" not in text
    assert float(spelled_shortly(z)[-1].removeprefix("|z| = ")) == pytest.approx(1e38)
