"""``curve.json``: back to the bit, and never trusted."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.errors import CheckpointError
from explorer.models.checkpoint import CURVE, ResumeState
from explorer.training.record import curve_file
from explorer.training.record.curve import Curve, CurveRows, empty
from explorer.training.record.curve_writer import CurveWriter
from explorer.training.validation.rule import Verdict


def some(*, kl: bool = True) -> Curve:
    random = np.random.default_rng(3)
    writer = CurveWriter(empty(8, 5, "log p(x, z)", 12))
    values = random.normal(size=(20, 3)).astype(np.float32) * 1e3
    values[:, 1] = values[:, 1] if kl else np.nan
    writer.add(20, random.integers(1, 9, 20).tolist(), values)
    for step in (3, 20):
        writer.test(step, float(random.normal()))
    return writer.curve


@pytest.mark.parametrize("kl", [True, False])
def test_a_curve_comes_back_to_the_bit(tmp_path: Path, kl: bool) -> None:
    curve = some(kl=kl)
    (tmp_path / CURVE).write_bytes(curve_file.packed(curve))
    found = curve_file.load(tmp_path)
    assert found is not None
    for column in fields(CurveRows):
        one, other = getattr(curve.rows, column.name), getattr(found.rows, column.name)
        np.testing.assert_array_equal(one, other)
        assert one.dtype == other.dtype
    np.testing.assert_array_equal(found.test_elbo, curve.test_elbo)
    assert found.test_step.tolist() == [3, 20]
    assert (found.steps, found.epochs, found.bound, found.tested) == (8, 5, "log p(x, z)", 12)


def test_what_the_validation_part_says_comes_back(tmp_path: Path) -> None:
    said = Verdict(2, 1, 10, 0.125, 0.0625, 1, 140, "ELBO")
    (tmp_path / CURVE).write_bytes(curve_file.packed(replace(some(), verdict=said)))
    found = curve_file.load(tmp_path)
    assert found is not None and found.verdict == said
    assert found.until(2).verdict == said and found.until(1.9).verdict is None
    assert found.of(9).verdict == said


def test_a_curve_of_before_there_was_a_validation_part(tmp_path: Path) -> None:
    told = json.loads(curve_file.packed(some()))
    del told["verdict"]
    (tmp_path / CURVE).write_text(json.dumps(told))
    found = curve_file.load(tmp_path)
    assert found is not None and found.verdict is None and found.converged_epoch is None


def test_no_curve_is_none(tmp_path: Path) -> None:
    assert curve_file.load(tmp_path) is None


def _lacking(told: dict[str, Any]) -> None:
    told["kl"].pop()


def _falling(told: dict[str, Any]) -> None:
    told["step"].reverse()


def _repeated(told: dict[str, Any]) -> None:
    told["test_step"] = [3, 3]


def _of_nothing(told: dict[str, Any]) -> None:
    told["steps_per_epoch"] = 0


def _wordy(told: dict[str, Any]) -> None:
    told["log_px"][0] = "much"


def _untested(told: dict[str, Any]) -> None:
    told["test_elbo"] = []


@pytest.mark.parametrize("spoil", [_lacking, _falling, _repeated, _of_nothing, _wordy, _untested])
def test_a_curve_that_does_not_hold_together_is_refused(tmp_path: Path, spoil: Any) -> None:
    told = json.loads(curve_file.packed(some()))
    spoil(told)
    (tmp_path / CURVE).write_text(json.dumps(told))
    with pytest.raises(CheckpointError, match=r"curve\.json cannot be read"):
        curve_file.load(tmp_path)


def test_what_is_no_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / CURVE).write_bytes(b"\x00" * 10)
    with pytest.raises(CheckpointError, match="cannot be read"):
        curve_file.load(tmp_path)


def test_the_curve_of_a_training_of_version_0_1_goes_on() -> None:
    points = [
        {"epoch": e, "train_elbo": -3.0, "reconstruction": 2.0, "kl": 1.0, "test_elbo": t}
        for e, t in ((0.25, None), (1.0, -4.0))
    ]
    state = ResumeState({}, {"history": points, "samples": 64, "step": 4})
    curve = curve_file.of_old_state(state, 4, 10)
    assert curve is not None and curve.last is not None
    assert curve.rows.step.tolist() == [1, 4] and curve.rows.samples.tolist() == [16, 48]
    assert curve.last.train_elbo == -3 and curve.last.test_elbo == -4
    assert np.isnan(curve.rows.objective).all()
    assert curve_file.of_old_state(ResumeState({}, {}), 4, 10) is None


def _long(told: dict[str, Any]) -> None:
    more = curve_file.MOST_ROWS + 1
    told["step"] = list(range(1, more + 1))
    told["samples"] = [1] * more
    for name in ("log_px", "kl", "objective"):
        told[name] = [0.0] * more


def _before_the_first(told: dict[str, Any]) -> None:
    told["step"][0] = 0


def _without_samples(told: dict[str, Any]) -> None:
    told["samples"][0] = 0


def _of_no_epochs(told: dict[str, Any]) -> None:
    told["epochs"] = 0


def _tested_backwards(told: dict[str, Any]) -> None:
    told["test_step"], told["test_elbo"] = [3, 2], [-1.0, -2.0]


@pytest.mark.parametrize(
    "spoil", [_long, _before_the_first, _without_samples, _of_no_epochs, _tested_backwards]
)
def test_each_number_that_cannot_be_is_refused(tmp_path: Path, spoil: Any) -> None:
    told = json.loads(curve_file.packed(some()))
    spoil(told)
    (tmp_path / CURVE).write_text(json.dumps(told))
    with pytest.raises(CheckpointError, match=r"curve\.json cannot be read"):
        curve_file.load(tmp_path)


def test_the_longest_curve_is_read(tmp_path: Path) -> None:
    told = json.loads(curve_file.packed(some()))
    _long(told)
    for name in ("step", "samples", "log_px", "kl", "objective"):
        told[name].pop()
    told["test_step"], told["test_elbo"] = [2, 3], [-1.0, -2.0]
    (tmp_path / CURVE).write_text(json.dumps(told))
    found = curve_file.load(tmp_path)
    assert found is not None and len(found) == curve_file.MOST_ROWS
    assert found.test_step.tolist() == [2, 3]


def test_an_old_curve_counts_its_samples_by_what_a_step_saw() -> None:
    """One at least, in steps of the epochs' fractions; a held-out value of nothing is none."""
    points = [{"epoch": e, "reconstruction": 2.0, "test_elbo": 0.0} for e in (0.1, 0.2, 1.0)]
    state = ResumeState({}, {"history": points, "samples": 25, "step": 10})
    curve = curve_file.of_old_state(state, 10, 3)
    assert curve is not None and (curve.steps, curve.epochs) == (10, 3)
    assert curve.rows.step.tolist() == [1, 2, 10] and curve.rows.samples.tolist() == [2, 2, 20]
    assert curve.rows.log_px.tolist() == [-2, -2, -2] and len(curve.test_step) == 0
    one = ResumeState({}, {"history": points[-1:], "samples": 7, "step": 1})
    first = curve_file.of_old_state(one, 1, 3)
    assert first is not None and first.rows.samples.tolist() == [7]
    none = curve_file.of_old_state(ResumeState({}, {"history": points}), 10, 3)
    assert none is not None and none.rows.samples.tolist() == [1, 1, 1]


@pytest.mark.parametrize("history", [None, [], "spoilt", {"epoch": 1.0}])
def test_an_old_state_without_a_list_of_points_has_no_curve(history: object) -> None:
    assert curve_file.of_old_state(ResumeState({}, {"history": history}), 10, 3) is None
