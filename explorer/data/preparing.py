"""From raw data to a `Dataset`: rows, then the split, settled once and written down."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.data.dataset import Dataset
from explorer.data.raw import Arrays, Raw
from explorer.data.steps import splitting
from explorer.data.steps.arrays import array_rows
from explorer.data.steps.files import picture_rows
from explorer.data.steps.rows import Rows, Wish
from explorer.task import Task


def prepare(raw: Raw, wish: Wish, task: Task, *, name: str, source: str, where: str) -> Dataset:
    """The data set of ``raw``; raises DataError where it cannot be one."""
    if isinstance(raw, Arrays):
        rows = array_rows(raw, wish, task)
    else:
        rows = picture_rows(raw, wish, where, task)
    test, said = _split(rows, wish, task)
    labels = rows.labels
    if labels.index is not None and len(labels.classes) == 1:
        said.append("all samples are of one class")
    return Dataset(
        name=name,
        x=rows.x,
        preparation=rows.preparation,
        test=test,
        labels=labels.index,
        classes=labels.classes,
        source=source,
        warnings=(*rows.warnings, *said),
        names=rows.names,
    )


def _split(rows: Rows, wish: Wish, task: Task) -> tuple[NDArray[np.bool_], list[str]]:
    groups = splitting.groups_of_equals(rows.x, task)
    repeats = splitting.repeats(groups)
    if repeats == len(groups) - 1:
        said = ["all samples are the same picture"]
    else:
        said = [f"{repeats:,} samples repeat others exactly"] if repeats else []
    if rows.test is not None and 0 < rows.test.sum() < len(rows.test):
        leaks = splitting.leaks(groups, rows.test)
        if leaks:
            said.append(f"{leaks:,} test samples are also in the training part")
        return rows.test, said
    if rows.test is not None:
        said.append("one part of the given split is empty, so a new one is drawn")
    if repeats and repeats < len(groups) - 1:
        said[0] += ": equal pictures stay on one side of the split"
    return splitting.split(rows.labels.index, groups, wish.held_out), said
