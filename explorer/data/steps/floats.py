"""Signals and tables become standardised rows: two looks at the values, then one array is filled.

Every pass reads the values from the disk in blocks and computes in float64, so that a repeated
preparation gives the same rows to the bit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from explorer.data.dataset import Floats, Preparation
from explorer.data.kinds import kind_of
from explorer.data.layout import Layout
from explorer.data.raw import Arrays, Source, require_memory
from explorer.data.steps.columns import Matched, lacking, matched
from explorer.data.steps.shapes.layout import arranged
from explorer.data.steps.splitting import digests_of
from explorer.data.words.wording import many
from explorer.errors import DataError
from explorer.task import Task

Doubles = NDArray[np.float64]
Counts = NDArray[np.int64]
LARGEST_VALUE = 1e30  # its square, a million times over, is still a number
MOST_MISSING = 0.5  # of a column


@dataclass(frozen=True, eq=False)
class Values:
    """The samples of all parts as (b, D) float64, NaN where a table misses a value."""

    raw: Arrays
    layout: Layout
    match: Matched | None = None

    def blocks(self, task: Task, text: str) -> Iterator[tuple[int, Doubles]]:
        """(position of its first sample, rows) in order. Raises DataError for what is no number."""
        n, done = len(self), 0
        for source in (p.images for p in self.raw.parts):
            for start, block in source.blocks(task):
                shape = (len(block), math.prod(self.layout.shape))
                rows = np.array(arranged(block, self.layout), np.float64).reshape(shape)
                self._check(rows, start, source)
                yield done, rows if self.match is None else self.match.taken(rows)
                done += len(block)
                task.progress(done / n, f"{text} {source.name}, {done:,} of {n:,} samples")

    def __len__(self) -> int:
        return sum(len(p.images) for p in self.raw.parts)

    def _check(self, rows: Doubles, start: int, source: Source) -> None:
        missing = kind_of(self.layout).gaps  # NaN marks a gap there, elsewhere it is damage
        good = (np.abs(rows) <= LARGEST_VALUE) | (np.isnan(rows) if missing else False)
        if good.all():
            return
        i, j = (int(at) for at in np.argwhere(~good)[0])
        value = "NaN or infinity" if not np.isfinite(rows[i, j]) else f"the value {rows[i, j]:.3g}"
        named = column_name(self.raw.columns, j) if missing else ""
        raise DataError(
            f"sample {start + i:,} of {source.name} holds {value}{named and ' in ' + named}",
            where=source.where,
            remedy="leave such samples out or correct them"
            if missing
            else "correct it, or say --lengths pad or cut where signals only end early",
        )


@dataclass(eq=False)
class ColumnStatistics:
    """What one pass over all samples finds: (D,) lowest, highest, mean, and values there are."""

    low: Doubles
    high: Doubles
    mean: Doubles
    present: Counts
    digests: bytearray = field(default_factory=bytearray)


def column_statistics(values: Values, task: Task) -> ColumnStatistics:
    """Look at every sample once."""
    statistics: ColumnStatistics | None = None
    shift = total = np.zeros(0)
    for _, rows in values.blocks(task, "looking at"):
        if statistics is None:
            d = rows.shape[1]
            statistics = ColumnStatistics(
                np.full(d, np.inf), np.full(d, -np.inf), np.zeros(d), np.zeros(d, int)
            )
            shift, total = np.full(d, np.nan), np.zeros(d)
        rows[np.isnan(rows)] = np.nan  # one bit pattern, so that equal rows have equal digests
        statistics.digests += digests_of(rows, task)
        there = ~np.isnan(rows)
        statistics.present += there.sum(axis=0)
        statistics.low = np.fmin(statistics.low, np.where(there, rows, np.inf).min(axis=0))
        statistics.high = np.fmax(statistics.high, np.where(there, rows, -np.inf).max(axis=0))
        first = rows[there.argmax(axis=0), np.arange(len(shift))]
        shift = np.where(np.isnan(shift), first, shift)
        total += np.where(there, rows - shift, 0.0).sum(axis=0)
    assert statistics is not None  # there are two samples at least
    statistics.mean = np.nan_to_num(shift) + total / np.maximum(statistics.present, 1)
    return statistics


def require_values(
    found: ColumnStatistics, n: int, columns: tuple[str, ...], where: str
) -> list[str]:
    """What is missing, a sentence; raises DataError where it is too much of a column."""
    missing = n - found.present
    worst = int(missing.argmax())
    name = column_name(columns, worst)
    if missing[worst] > MOST_MISSING * n:
        there = int(found.present[worst])
        share = many(there, "value", "values") if there else "no values"
        raise DataError(
            f"{name} holds {share} in {n:,} rows",
            where=where,
            remedy="leave that column out, with --drop",
        )
    if not missing[worst]:
        return []
    gaps = [f"{column_name(columns, int(j))} {missing[j]:,}" for j in np.flatnonzero(missing)]
    rest = many(len(gaps) - 4, "more column", "more columns")
    more = f" and {rest}" if len(gaps) > 4 else ""
    count = many(int(missing.sum()), "missing value is", "missing values are")
    return [f"{count} filled with the mean: {', '.join(gaps[:4])}{more}"]


def constant_columns(found: ColumnStatistics, columns: tuple[str, ...]) -> list[str]:
    """Which columns say nothing, a sentence."""
    same = np.flatnonzero(found.low == found.high)
    if not len(same):
        return []
    if len(columns) != len(found.low):
        verb = "is" if len(same) == 1 else "are"
        return [f"{len(same):,} of {len(found.low):,} values {verb} the same in all samples"]
    listed = ", ".join(repr(columns[j]) for j in same[:4])
    more = f" and {len(same) - 4:,} more" if len(same) > 4 else ""
    return [f"the same value in all rows of {listed}{more}"]


def measured(
    values: Values, test: NDArray[np.bool_], mean: Doubles, task: Task, channels: int = 0
) -> tuple[Doubles, Doubles]:
    """(D,) mean and standard deviation over the training part; 1 where all values are equal.

    mean: roughly, so that no digits cancel. Scaled by n, as `explorer.analysis.pca` is. channels:
    if not 0, all points of each have one deviation, the root of the mean of their variances.
    """
    count, total, squares = np.zeros(len(mean)), np.zeros(len(mean)), np.zeros(len(mean))
    for start, rows in values.blocks(task, "measuring"):
        train = rows[~test[start : start + len(rows)]] - mean
        there = ~np.isnan(train)
        train[~there] = 0.0
        count += there.sum(axis=0)
        total += train.sum(axis=0)
        squares += np.square(train).sum(axis=0)
    count = np.maximum(count, 1)
    shift = total / count
    variance = squares / count - shift**2
    variance[variance <= 1e-12 * squares / count] = 0.0  # constant
    if channels:
        of_each = variance.reshape(-1, channels).mean(axis=0)
        variance = np.tile(of_each, len(variance) // channels)
    return mean + shift, np.sqrt(np.where(variance > 0.0, variance, 1.0))


def filled(values: Values, kept: Preparation, where: str, task: Task) -> Floats:
    """(n, 1, L, C) or (n, 1, D, 1) float32, standardised; a gap is 0, the mean."""
    require_memory(4 * len(values) * kept.features, where)
    x = np.empty((len(values), *kept.shape), np.float32)
    flat = x.reshape(len(x), kept.features)
    centre, scale = np.array(kept.centre), np.array(kept.scale)
    for start, rows in values.blocks(task, "reading"):
        units = (rows - centre) / scale
        units[np.isnan(units)] = 0.0
        if np.abs(units).max() > LARGEST_VALUE:
            raise DataError(
                "the values are far from those that the preparation was made for",
                where=where,
                remedy="check that they are the same quantities in the same units",
            )
        flat[start : start + len(rows)] = units
    return x


def matched_values(raw: Arrays, layout: Layout, kept: Preparation | None) -> Values:
    """The values as ``kept`` wants them; raises DataError where they do not fit it."""
    source = raw.parts[0].images
    if kept is None:
        return Values(raw, layout)
    if kind_of(layout).has_columns and kept.names and raw.columns:
        if raw.complete is not None and lacking(raw.columns, kept.names):
            raw = raw.complete(kept.names)
            layout = replace(layout, shape=(1, len(raw.columns), 1))
        return Values(raw, layout, matched(raw.columns, kept.names, source.where))
    if layout.shape != kept.shape and raw.of_length is not None and kind_of(layout).has_axis:
        raw = raw.of_length(kept.width)
        layout = replace(layout, shape=(1, kept.width, layout.shape[2]))
    if layout.shape != kept.shape:
        told, wanted = (" x ".join(map(str, s[1:])) for s in (layout.shape, kept.shape))
        raise DataError(
            f"samples of {told} values do not fit a preparation for {wanted}",
            where=source.where,
            remedy="give data of the same shape",
        )
    return Values(raw, layout)


def column_name(columns: tuple[str, ...], j: int) -> str:
    """Column ``j`` in a sentence."""
    return f"the column {columns[j]!r}" if j < len(columns) else f"column {j + 1}"
