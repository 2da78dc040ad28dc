"""What a training leaves behind, once it lies in a folder."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explorer.models.config import ModelSnapshot
from explorer.training.history import Trained
from explorer.training.record.curve import empty
from explorer.training.record.moment import moment_of
from tests.compute.small import snapshot
from tests.training.record.test_moment_file import some

MODEL = snapshot()
SAVED = replace(MODEL, path="folder")


def trained(moments: int, note: str = "") -> Trained:
    codes = some().codes
    assert codes is not None
    kept = tuple(moment_of(i, float(i), snapshot(seed=i), codes) for i in range(moments))
    return Trained(MODEL, empty(4, 1), None, 1.0, 2.0, "cpu", moments=kept, note=note)


def models(of: Trained) -> list[ModelSnapshot]:
    return [moment.model for moment in of.moments]


@pytest.mark.parametrize("moments", [0, 1, 2, 3])
def test_the_last_moment_is_the_saved_model_and_earlier_ones_stay(moments: int) -> None:
    before = trained(moments)
    after = before.saved_as(SAVED, "")
    assert after.snapshot is SAVED and before.snapshot is MODEL
    assert models(after) == [*models(before)[:-1], *[SAVED] * (moments > 0)]
    assert [m.number for m in after.moments] == list(range(moments))


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [("", "", ""), ("a", "", "a"), ("", "b", "b"), ("a", "b", "a; b")],
)
def test_both_notes_are_told(first: str, then: str, told: str) -> None:
    assert trained(1, first).saved_as(SAVED, then).note == told


def test_a_training_is_whole_unless_it_is_said() -> None:
    assert not trained(0).stopped and trained(0).message == ""
