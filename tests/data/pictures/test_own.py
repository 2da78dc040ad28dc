"""explorer.data.pictures.own: pictures of the user's own, one at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.data.dataset import Preparation
from explorer.data.pictures.own import INVERTED, Own, OwnPicture

FORM = Preparation(8, 8)
WHOLE = np.arange(64, dtype=np.uint8).reshape(8, 8, 1)


def picture(name: str = "a", *notes: str) -> OwnPicture:
    return OwnPicture(name, WHOLE, FORM, notes)


def test_light_and_dark_are_exchanged_and_back() -> None:
    once = picture("a", "scaled").inverted
    np.testing.assert_array_equal(once.whole, 255 - WHOLE)
    assert once.notes == (INVERTED, "scaled") and once.whole.dtype == np.uint8
    twice = once.inverted
    np.testing.assert_array_equal(twice.whole, WHOLE)
    assert twice.notes == ("scaled",)


@pytest.mark.parametrize(
    ("change", "fits"),
    [({"levels": 16}, True), ({"binarisation": "fixed"}, True), ({"width": 9}, False),
     ({"channels": 3}, False), ({"high": 16.0}, False)],
)  # fmt: skip
def test_a_picture_fits_data_that_would_have_made_it_the_same(
    change: dict[str, object], *, fits: bool
) -> None:
    assert picture().fits(replace(FORM, **change)) == fits  # type: ignore[arg-type]
    assert not picture().fits(None)


@pytest.mark.parametrize(
    ("at", "by", "then"), [(0, 1, 1), (2, 1, 0), (0, -1, 2), (1, 4, 2), (1, 0, 1)]
)
def test_behind_the_last_comes_the_first(at: int, by: int, then: int) -> None:
    own = Own(tuple(picture(name) for name in "abc"), at)
    assert own.stepped(by).at == then and own.stepped(by).picture.name == "abc"[then]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_another_picture_takes_the_place_of_the_one_looked_at(at: int) -> None:
    own = Own(tuple(picture(name) for name in "abc"), at).with_picture(picture("new"))
    names = [p.name for p in own.pictures]
    assert names == ["abc"[i] if i != at else "new" for i in range(3)] and own.at == at
