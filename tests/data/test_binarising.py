"""Black and white by chance: the chances are the greys, the draws hang on the seed alone."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.data import binarising
from explorer.data.binarising import binarised, fixed_draw, is_binary
from explorer.data.dataset import Dataset, Preparation
from explorer.data.opening import describe, open_dataset
from explorer.errors import DataError, SettingsError


def greys(levels: int, n: int = 2000) -> Dataset:
    ramp = np.linspace(0, levels, 64).round().astype(np.uint8).reshape(8, 8, 1)
    x = np.repeat(ramp[None], n, axis=0)
    return Dataset("g", x, Preparation(8, 8, high=levels, levels=levels), np.arange(n) % 5 == 0)


@pytest.mark.parametrize("levels", [1, 16, 255])
def test_white_is_as_likely_as_the_grey(levels: int) -> None:
    data = greys(levels)
    fixed = binarised(data, "fixed")
    assert set(np.unique(fixed.x)) == {0, 1} and fixed.preparation.levels == 1
    p = data.unit(slice(0, 1))[0].astype(np.float64)
    away = fixed.unit(slice(None)).mean(axis=0) - p
    assert (np.abs(away) <= 5 * np.sqrt(p * (1 - p) / len(data)) + 0.002).all()
    assert (away[(p == 0) | (p == 1)] == 0).all()


def test_draws_hang_on_the_seed_only(monkeypatch: pytest.MonkeyPatch) -> None:
    data = greys(255, 50)
    first = binarised(data, "fixed")
    monkeypatch.setattr(binarising, "_CHUNK", 1000)
    np.testing.assert_array_equal(first.x, binarised(data, "fixed").x)
    assert (first.x != binarised(data, "fixed", seed=1).x).any()
    assert first.content_hash != data.content_hash


@pytest.mark.parametrize("name", ["digits", "emoji"])
@pytest.mark.parametrize("how", ["fixed", "dynamic"])
def test_a_preparation_repeats_it(name: str, how: str) -> None:
    data = open_dataset(name, binarisation=how)
    again = open_dataset(name, preparation=data.preparation)
    assert data.preparation.binarisation == how and again.content_hash == data.content_hash
    assert len(data.warnings) == 1 and data.content_hash != open_dataset(name).content_hash


def test_dynamic_stays_grey_and_settles_as_fixed() -> None:
    plain, dynamic = open_dataset("digits"), open_dataset("digits", binarisation="dynamic")
    np.testing.assert_array_equal(plain.x, dynamic.x)
    drawn = fixed_draw(dynamic)
    assert drawn is fixed_draw(dynamic)
    np.testing.assert_array_equal(drawn.x, open_dataset("digits", binarisation="fixed").x)
    assert fixed_draw(plain) is plain and fixed_draw(drawn) is drawn
    assert set(np.unique(drawn.picture(0))) == {0, 255}


def test_what_cannot_be_is_said() -> None:
    with pytest.raises(SettingsError, match="no binarisation called 'often'"):
        open_dataset("digits", binarisation="often")
    with pytest.raises(SettingsError, match="no binarisation called 'often'"):
        binarised(open_dataset("wine"), "often")
    with pytest.raises(DataError, match="only pictures can be binarised"):
        open_dataset("wine", binarisation="fixed")
    with pytest.raises(DataError, match="only pictures can be binarised"):
        describe("wine", binarisation="fixed")
    with pytest.raises(DataError, match="grey values"):
        binarised(open_dataset("digits", binarisation="fixed"), "dynamic")


def test_none_changes_nothing() -> None:
    data = open_dataset("digits")
    assert binarised(data, "none") is data
    there_and_back = binarised(binarised(data, "dynamic"), "none")
    assert there_and_back.content_hash == data.content_hash and there_and_back.warnings == ()
    assert describe("digits", binarisation="dynamic").binarisation == "dynamic"


@pytest.mark.parametrize("levels", [1, 255])
@pytest.mark.parametrize("at", [None, 0, 499, 500, 1200])
def test_data_is_binary_if_all_of_it_is(levels: int, at: int | None) -> None:
    """One grey pixel in one of many samples, and it is not."""
    x = np.random.default_rng(0).integers(0, 2, (1201, 2, 2, 1), dtype=np.uint8) * levels
    if at is not None:
        x[at, 0, 0] = 2
    data = Dataset("b", x, Preparation(2, 2, high=levels, levels=levels), np.zeros(1201, bool))
    assert is_binary(data) == (at is None)


def test_what_is_drawn_is_binary_and_real_numbers_are_not() -> None:
    """Even where the real ones are 0 and 1 alone."""
    plain = greys(255, 10)
    assert not is_binary(plain)
    assert is_binary(binarised(plain, "fixed")) and is_binary(binarised(plain, "dynamic"))
    kept = Preparation(1, 2, levels=1, kind="table", high=1.0)
    assert not is_binary(
        Dataset("f", np.eye(2, dtype=np.float32).reshape(2, 1, 2, 1), kept, np.zeros(2, bool))
    )
