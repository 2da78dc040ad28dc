"""explorer.compute.analyses.probe: a line for each kind of features and each method."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explorer.analysis.applications import semisupervised
from explorer.compute.analyses.probe import MeasureLabels
from explorer.compute.live import live
from explorer.errors import Cancelled, DataError
from explorer.task import NO_TASK, Task
from tests.compute.small import DATA, snapshot


def test_the_lines_hold_the_points_of_the_probe() -> None:
    model = snapshot()
    lines = MeasureLabels(model, DATA, repeats=2).answer().lines
    points = semisupervised.probe(live(model), DATA, NO_TASK, repeats=2).points
    assert len(lines) == len({(p.features, p.method) for p in points})
    assert {line.features for line in lines} == {"codes", "pca", "raw"}
    line = next(li for li in lines if (li.features, li.method) == ("raw", points[-1].method))
    counts = [count for count, _, _ in line.points]
    assert counts == sorted(counts) and all(0 <= accuracy <= 1 for _, accuracy, _ in line.points)
    assert sum(len(li.points) for li in lines) == len(points)


def test_without_labels_there_is_nothing_to_measure() -> None:
    with pytest.raises(DataError, match="label"):
        MeasureLabels(snapshot(), replace(DATA, labels=None, classes=())).answer()


def test_it_stops_when_it_is_told_to() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        MeasureLabels(snapshot(), DATA).answer(task)


def test_a_table_has_a_line_for_each_input_and_a_column_for_each_number_of_labels() -> None:
    points = [
        {"features": f, "method": m, "labels_per_class": n, "accuracy": a, "deviation": d}
        for f, m, n, a, d in (("codes", "knn", 4, 0.75, 0.0125), ("raw", "knn", 4, 0.5, 0.1),
                              ("codes", "knn", 1, 0.5, 0.25), ("raw", "knn", 1, 1.0, 0.0))
    ]  # fmt: skip
    assert MeasureLabels.table({"n": 20, "curve": points}) == [
        "accuracy on 20 held-out samples",
        "labels a class                  1                4",
        "codes knn          0.500 +- 0.250   0.750 +- 0.013",
        "raw knn            1.000 +- 0.000   0.500 +- 0.100",
    ]
