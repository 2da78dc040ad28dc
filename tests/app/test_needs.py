"""explorer.app.needs: the first thing that is missing, and nothing where all is there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from explorer.app import needs
from explorer.app.snapshot import Snapshot
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from tests.fakes import toy_dataset

DATA = toy_dataset(20)
MODEL = ModelSnapshot("m", ModelConfig(), DATA.preparation, {})
ZEROS = np.zeros((20, 2), np.float32)

THERE: dict[str, dict[str, Any]] = {
    "data": {"dataset": DATA},
    "labels": {"dataset": DATA},
    "model": {"model": MODEL},
    "idle": {"training": "idle"},
    "training": {"training": "running"},
    "codes": {"codes": Codes("m", ZEROS, ZEROS, np.arange(20))},
    "z": {"z": ZEROS[0]},
    "selection": {"selection": np.array([3])},
}
AWAY = {"idle": {"training": "stopping"}}
SAID = {
    "data": needs.DATA, "labels": needs.LABELS, "model": needs.MODEL, "idle": needs.IDLE,
    "training": needs.TRAINING, "codes": needs.CODES, "z": needs.MODEL,
    "selection": needs.SELECTION,
}  # fmt: skip


@pytest.mark.parametrize("need", THERE)
def test_what_is_there_is_not_missing_and_what_is_not_is_said(need: str) -> None:
    assert needs.missing(Snapshot(**THERE[need]), need) == ""
    assert needs.missing(Snapshot(**AWAY.get(need, {})), need) == SAID[need]


def test_a_paused_training_is_one() -> None:
    paused = Snapshot(training="paused")
    assert needs.missing(paused, "training") == "" and needs.missing(paused, "idle") == needs.IDLE


def test_the_first_that_is_missing_is_said() -> None:
    now = Snapshot(dataset=DATA)
    assert needs.missing(now, "data", "model", "selection") == needs.MODEL
    assert needs.missing(now, "selection", "model") == needs.SELECTION
    assert needs.missing(now) == ""
    with pytest.raises(KeyError):
        needs.missing(now, "a wish")
