"""What the window's thread does for 50,000 samples is what it does for 500: counted, not timed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from explorer.data.dataset import Dataset, Preparation
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.training.record.curve import empty
from explorer.training.record.curve_writer import CurveWriter
from explorer.training.record.moment import moment_of
from explorer.ui.window import MainWindow

MODEL = ModelSnapshot("m", ModelConfig(), Preparation(8, 8), {})


def data_of(n: int) -> Dataset:
    rows, test = np.zeros((n, 8, 8, 1), np.uint8), np.arange(n) % 5 == 4
    labels = np.sort(np.arange(n) % 10).astype(np.int64)
    return Dataset(f"of {n}", rows, Preparation(8, 8), test, labels, tuple("abcdefghij"))


def codes_of(n: int) -> Codes:
    mean = np.random.default_rng(0).normal(size=(n, 2)).astype(np.float32)
    return Codes("m", mean, np.full((n, 2), 0.1, np.float32), np.arange(n))


@pytest.fixture
def window(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    made = MainWindow(tmp_path)
    monkeypatch.setattr(made.jobs, "run", lambda *_args, **_more: None)  # the window's work alone
    made.show()
    QApplication.processEvents()
    yield made
    made.close()
    made.deleteLater()


def calls(act: Callable[[], object]) -> int:
    """Python functions that were called for ``act`` and for what Qt does after it."""
    count = 0

    def note(_frame: FrameType, event: str, _more: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(note)
    try:
        act()
        for _ in range(5):
            QApplication.processEvents()
    finally:
        sys.setprofile(None)
    return count


def open_data(window: MainWindow, n: int) -> None:
    window.state.renew(
        dataset=data_of(n), model=MODEL, codes=codes_of(n), z=np.zeros(2, np.float32)
    )


def test_opening_many_samples_is_no_more_work_than_opening_few(window: MainWindow) -> None:
    open_data(window, 400)  # what is done once is done
    QApplication.processEvents()
    few = calls(lambda: open_data(window, 500))
    many = calls(lambda: open_data(window, 50_000))
    assert many < 2 * few


def test_a_moment_of_a_long_training_is_no_more_work_than_one_of_a_short(
    window: MainWindow,
) -> None:
    open_data(window, 500)
    window.state.update(training="running")

    def moment(count: int) -> Callable[[], None]:
        writer = CurveWriter(empty(10, 500))
        writer.add(count, [8] * count, np.array([[-8.0, 1.0, -9.0]] * count))
        for step in range(1, count + 1):
            writer.test(step, -9.5)
        seen = moment_of(1, count / 10, MODEL, codes_of(500))
        model = replace(MODEL, weights={})
        return lambda: window.state.update(
            moments=(seen,), curve=writer.curve, model=model, epoch=seen.epoch
        )

    calls(moment(10))
    few, many = calls(moment(20)), calls(moment(2000))
    assert many < 2 * few + 4 * 2000  # each point is looked at a few times, and drawn by Qt
