"""From raw data to a `Dataset`: rows, then the split, settled once and written down."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.data.choices import SCALINGS
from explorer.data.dataset import Dataset, Preparation
from explorer.data.features import axis_of
from explorer.data.kinds import FIRST, kind_of, kinds
from explorer.data.layout import Layout
from explorer.data.raw import Arrays, Raw
from explorer.data.steps import floats, splitting
from explorer.data.steps.arrays import (
    array_rows,
    feature_names,
    given_split,
    labels_of,
    layout_of_parts,
    names_of,
)
from explorer.data.steps.files import picture_rows
from explorer.data.steps.labelling import Labelled
from explorer.data.steps.rows import PreparationOptions, Rows
from explorer.data.words.wording import many
from explorer.errors import DataError
from explorer.task import Task

Mask = NDArray[np.bool_]
Index = NDArray[np.int64]


def prepare(
    raw: Raw, wish: PreparationOptions, task: Task, *, name: str, source: str, where: str
) -> Dataset:
    """The data set of ``raw``; raises DataError where it cannot be one."""
    rows, test, said = _rows_of(raw, wish, task, where)
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


def _rows_of(
    raw: Raw, wish: PreparationOptions, task: Task, where: str
) -> tuple[Rows, Mask, list[str]]:
    if isinstance(raw, Arrays):
        layout = layout_of_parts(raw, wish)
        if kind_of(layout).standardised:
            return _float_rows(raw, layout, wish, task, where)
        rows = array_rows(raw, wish, task)
    elif kinds[wish.kind_for(None) or FIRST].takes_pictures:
        rows = picture_rows(raw, wish, where, task)
    else:
        raise DataError(
            f"these are pictures, not {wish.kind_for(None)}",
            where=where,
            remedy="give an .npz, .npy, .csv or .tsv file",
        )
    groups = splitting.groups_of_equals(rows.x, task)
    return rows, *_split(groups, rows.labels, rows.test, wish, "pictures")


def _float_rows(
    raw: Arrays, layout: Layout, wish: PreparationOptions, task: Task, where: str
) -> tuple[Rows, Mask, list[str]]:
    """Standardised by what the training part is like, so the split comes before the rows."""
    preparation = wish.preparation
    values = floats.matched_values(raw, layout, preparation)
    raw = values.raw
    statistics = floats.column_statistics(values, task)
    columns = raw.columns if preparation is None else preparation.names
    warnings = [*raw.warnings, *layout.warnings]
    warnings += _missing(statistics, len(values), columns, where, preparation)
    labels, unlabelled = labels_of(raw)
    groups = splitting.groups_of(bytes(statistics.digests))
    test, said = _split(groups, labels, given_split(raw), wish, "samples")
    if preparation is None:
        together = layout.shape[2] if wish.scaling == SCALINGS[1] else 0
        centre, scale = floats.measured(values, test, statistics.mean, task, together)
        has_axis = kind_of(layout).has_axis and len(raw.columns) == layout.shape[1]
        preparation = Preparation(
            *layout.shape, low=float(statistics.low.min()), high=float(statistics.high.max()),
            levels=1, kind=layout.kind, centre=tuple(centre.tolist()), scale=tuple(scale.tolist()),
            names=feature_names(raw, layout), axis=axis_of(raw.columns) if has_axis else (),
        )  # fmt: skip
    warnings += floats.constant_columns(statistics, columns)
    x = floats.filled(values, preparation, where, task)
    rows = Rows(x, preparation, labels, None, names_of(raw), (*warnings, *unlabelled))
    return rows, test, said


def _missing(
    found: floats.ColumnStatistics,
    n: int,
    columns: tuple[str, ...],
    where: str,
    kept: Preparation | None,
) -> list[str]:
    if kept is None:
        return floats.require_values(found, n, columns, where)
    count = int((n - found.present).sum())
    said = many(count, "missing value is", "missing values are")
    return [f"{said} filled with the mean of the column"] if count else []


def _split(
    groups: Index, labels: Labelled, given: Mask | None, wish: PreparationOptions, what: str
) -> tuple[Mask, list[str]]:
    repeats = splitting.repeats(groups)
    alike = repeats == len(groups) - 1
    if alike:
        said = [splitting.all_equal(what)]
    else:
        count = many(repeats, "sample repeats another", "samples repeat others")
        said = [f"{count} exactly"] if repeats else []
    if given is not None and 0 < given.sum() < len(given):
        leaks = splitting.leaks(groups, given)
        if leaks:
            count = many(leaks, "test sample is", "test samples are")
            said.append(f"{count} also in the training part")
        return given, said
    if given is not None:
        said.append("one part of the given split is empty, so a new one is drawn")
    if repeats and not alike:
        said[0] += f": equal {what} stay on one side of the split"
    return splitting.split(labels.index, groups, wish.held_out), said
