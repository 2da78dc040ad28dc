"""Which moments of a training stay, and which of them in memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from explorer.data.dataset import Preparation
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.training.record import moment as rules
from explorer.training.record.moment import (
    Moment,
    moment_of,
    most_moments,
    relieved,
    stride,
    thinned,
)


def moment(number: int, size: int = 8, path: Path | None = None) -> Moment:
    weights = {"w": np.zeros(0, np.float32)}
    model = ModelSnapshot(f"m{number}", ModelConfig(), Preparation(8, 8), weights)
    codes = Codes(model.id, *np.zeros((2, 1, 2), np.float32), np.zeros(1, np.int64))
    return Moment(number, float(number), model, codes, size, path)


def filed(number: int, size: int = 8) -> Moment:
    return moment(number, size, Path("moments") / f"{number}")


@pytest.mark.parametrize(
    ("size", "room", "most"),
    [(8, 2**26, 80), (2**22, 2**26, 16), (2**27, 2**26, 8), (2**22, 2**28, 64), (0, 2**26, 80)],
)
def test_the_time_line_keeps_its_ends_and_a_budget(size: int, room: int, most: int) -> None:
    moments: tuple[Moment, ...] = ()
    assert most_moments(size, room) == most
    for i in range(300):
        moments = thinned((*moments, moment(i, size)), most)
        assert len(moments) <= most and (len(moments) > most // 2 or i < most // 2)
        assert moments[0].epoch == 0 and moments[-1].epoch == i
    epochs = [one.epoch for one in moments]
    assert epochs == sorted(set(epochs))


def test_the_moments_that_stay_lie_as_close_at_the_start_as_at_the_end() -> None:
    moments: tuple[Moment, ...] = ()
    for i in range(1000):
        moments = thinned((*moments, moment(i)), 80)
    gaps = np.diff([one.epoch for one in moments[:-1]])
    assert gaps.min() == gaps.max() == stride(999, 80) == 16


def test_until_there_are_too_many_all_of_them_stay() -> None:
    assert [stride(newest, 8) for newest in (0, 6, 7, 13, 14)] == [1, 1, 2, 2, 4]


def test_the_size_of_a_moment_is_that_of_its_weights() -> None:
    weights = {"a": np.zeros(5, np.float32), "b": np.zeros((2, 3), np.float64)}
    model = ModelSnapshot("m", ModelConfig(), Preparation(8, 8), weights)
    codes = Codes("m", *np.zeros((2, 1, 2), np.float32), np.zeros(1, np.int64))
    assert moment_of(3, 1.5, model, codes).nbytes == 20 + 48


def test_a_released_moment_has_neither_weights_nor_codes() -> None:
    one = filed(3)
    light = one.released()
    assert one.held and not light.held
    assert (light.model.weights, light.codes) == ({}, None)
    assert (light.number, light.epoch, light.model.id, light.path) == (3, 3.0, "m3", one.path)


def test_the_newest_are_in_memory_as_far_as_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_IN_MEMORY", 24)
    moments = tuple(filed(i) for i in range(6))
    assert [one.held for one in relieved(moments)] == [False] * 3 + [True] * 3
    assert [one.number for one in relieved(moments)] == list(range(6))
    assert relieved(relieved(moments))[5] is moments[5]


def test_what_has_no_file_stays_in_memory_and_so_does_the_newest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rules, "MOST_IN_MEMORY", 0)
    moments = (moment(0), filed(1), moment(2), filed(3))
    assert [one.held for one in relieved(moments)] == [True, False, True, True]


@pytest.mark.parametrize(
    ("megabytes", "in_folder", "in_memory"), [(1, 80, 64), (4, 64, 16), (8, 32, 8), (64, 8, 8)]
)
def test_heavy_models_have_fewer_moments(megabytes: int, in_folder: int, in_memory: int) -> None:
    size = megabytes * 2**20
    assert most_moments(size, rules.MOST_IN_FOLDER) == in_folder
    assert most_moments(size, rules.MOST_IN_MEMORY) == in_memory
