"""explorer.compute.analyses.linear_truth: a linear model falls onto what PCA leaves."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest

from explorer.analysis import lineartruth, pca
from explorer.analysis.lineartruth import LinearTruth
from explorer.compute.analyses.linear_truth import SHOWN, Approach, WatchLinearModel, figures
from explorer.errors import Cancelled
from explorer.models.presets import presets
from explorer.task import Task
from explorer.training import loop
from explorer.training.record.moment import Moment
from explorer.training.record.time_line import TimeLine
from tests.compute.small import DATA, snapshot

PLAIN = LinearTruth(0.2, 0.1, np.array([math.pi / 2, 0.0]))
SURE = LinearTruth(0.1, 0.1, np.array([0.25]), -3.0, -2.5, 0.04, 0.03)


def test_a_moment_is_told_in_degrees_and_as_a_multiple_of_the_optimum() -> None:
    told = figures(PLAIN)
    assert told["angles_degrees"] == [90.0, 0.0] and told["ratio"] == 2.0
    assert (told["mse"], told["best_mse"]) == (0.2, 0.1)
    assert (
        told["evidence"] is told["best_evidence"] is told["sigma2"] is told["best_sigma2"] is None
    )
    sure = figures(SURE)
    assert (sure["evidence"], sure["best_evidence"]) == (-3.0, -2.5)
    assert (sure["sigma2"], sure["best_sigma2"]) == (0.04, 0.03)


def test_the_report_ends_with_the_last_moment_and_says_what_is_missing() -> None:
    question = WatchLinearModel(DATA, seed=4)
    report = question.report(Approach(((1.0, SURE), (2.5, PLAIN)), 80, stopped=True))
    assert report.stopped and report.values["n"] == 80 and report.values["seed"] == 4
    assert report.values["epochs"] == 2.5 and report.values["mse"] == 0.2
    curve = report.values["curve"]
    assert isinstance(curve, list) and [point["epoch"] for point in curve] == [1.0, 2.5]
    assert curve[0]["mse"] == 0.1 and report.warnings
    whole = question.report(Approach(((2.5, SURE),), 80, stopped=False))
    assert whole.warnings == [] and not whole.stopped


def test_no_error_to_be_a_multiple_of_is_said() -> None:
    report = WatchLinearModel(DATA).report(
        Approach(((1.0, LinearTruth(0.2, 0.0, np.zeros(1), -3, -2, 0.1, 0.1)),), 80, stopped=False)
    )
    assert report.values["ratio"] is None and report.warnings is not None
    assert len(report.warnings) == 1 and "PCA leaves no error" in report.warnings[0]


def test_the_table_has_a_line_a_moment_below_its_head() -> None:
    report = WatchLinearModel(DATA).report(
        Approach(((1.0, PLAIN), (12.5, SURE)), 80, stopped=False)
    )
    head, *lines = WatchLinearModel.table(report.values)
    assert head.split() == ["epoch", "MSE", "/", "optimum", "largest", "angle", "evidence"]
    assert lines[0].split() == ["1.0", "2.00000", "90.000", "deg", "-"]
    assert lines[1].split() == ["12.5", "1.00000", "14.324", "deg", "-3.0000"]
    assert {len(line) for line in lines} == {len(head)}


def test_a_training_has_the_presets_own_settings_but_for_seed_and_epochs() -> None:
    own = presets["linear-vae"].training
    asked = WatchLinearModel(DATA, "linear-vae", seed=7).training()
    assert {name: getattr(asked, name) for name in own} == dict(own) and asked.seed == 7
    assert WatchLinearModel(DATA, "linear-vae", epochs=3).training().epochs == 3


@pytest.mark.parametrize("preset", ["linear-ae", "linear-vae"])
def test_a_training_is_watched_from_its_first_moment_to_its_end(preset: str) -> None:
    approach = WatchLinearModel(DATA, preset, epochs=40).answer()
    epochs = [epoch for epoch, _ in approach.curve]
    assert approach.n == 80 and not approach.stopped and epochs[-1] == 40
    between = pairwise(epochs[:-1])
    assert all(later > SHOWN * earlier for earlier, later in between)
    linear = pca.fit(DATA, 2)
    first, last = approach.curve[0][1], approach.curve[-1][1]
    best = lineartruth.eckart_young(linear, 2)
    assert first.best_mse == last.best_mse == pytest.approx(best)
    assert best - 1e-9 <= last.mse and last.mse < first.mse
    assert (last.evidence is None) == (preset == "linear-ae")


def test_it_stops_when_it_is_told_to() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        WatchLinearModel(DATA, epochs=2).answer(task)


def test_a_curve_has_points_enough_on_an_axis_of_logarithms() -> None:
    """From 10 to 100 epochs some, as straight lines between them are to look like a curve."""
    assert 6 <= np.log(10) / np.log(SHOWN) <= 12


def test_moments_are_measured_ever_more_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each a factor after the last one, which is the end whatever lies before it."""
    model = snapshot("linear-ae")
    told = [1.0, 1.2, SHOWN, 1.31, 1.6, 1.75]

    def train(_model: object, _config: object, data: object, task: Task) -> SimpleNamespace:
        for epoch in told:
            task.partial(TimeLine((Moment(0, epoch, model, None, 0),)))
        return SimpleNamespace(snapshot=replace(model, training={"epoch": 2.0}), stopped=False)

    monkeypatch.setattr(loop, "train", train)
    answer = WatchLinearModel(DATA, model="linear-ae").answer(Task())
    assert [epoch for epoch, _ in answer.curve] == [1.0, 1.31, 1.75, 2.0]
