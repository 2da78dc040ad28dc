"""Bytes of what only one of two sides holds."""

from __future__ import annotations

import gc
import weakref
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from explorer.app.history import sizes
from explorer.app.history.sizes import Scales


@dataclass(frozen=True, eq=False)
class Held:
    weights: dict[str, NDArray[np.float32]]
    codes: NDArray[np.float32]


def held(numbers: int) -> Held:
    return Held({"w": np.zeros(numbers, np.float32)}, np.zeros(1, np.float32))


def test_each_array_is_weighed_once_and_what_both_sides_hold_not_at_all() -> None:
    one, other, scales = held(10), held(100), Scales()
    assert scales.weigh([one, (one, other), 3, None, "words"], []) == 44 + 404
    assert scales.weigh([one, other, other.codes], [one]) == 404
    assert scales.weigh([one.codes], [one]) == 0


def test_what_lies_in_a_file_weighs_nothing(tmp_path: Path) -> None:
    mapped = np.memmap(tmp_path / "x", np.uint8, "w+", shape=(1000,))
    assert Scales().weigh([mapped[:500]], []) == 0
    assert Scales().weigh([np.zeros(500, np.uint8)], []) == 500


def test_a_value_is_looked_through_once_as_long_as_it_is_weighed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked, real, scales = [0], sizes.sizes, Scales()

    def counting(value: object) -> sizes.Sizes:
        looked[0] += 1
        return real(value)

    monkeypatch.setattr(sizes, "sizes", counting)
    kept = [held(3) for _ in range(5)]
    for _ in range(4):
        assert scales.weigh(kept, [kept[0]]) == 4 * 16
    assert looked == [5]
    scales.weigh([tuple(kept)], [])
    assert looked == [5]


def test_nothing_is_kept_alive_by_being_weighed() -> None:
    scales, one = Scales(), held(3)
    scales.weigh([one, (one,)], [one])
    gone = weakref.ref(one)
    del one
    gc.collect()
    assert gone() is None
    assert scales.weigh([held(7)], []) == 32
