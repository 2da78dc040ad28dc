"""A curve that grows with each step of a training. No torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.training.record.curve import Curve, CurveRows

MOST_ROWS = 2**14  # of a curve; with more, neighbouring steps become one row
BLOCK = 256  # rows that a new curve has room for


class CurveWriter:
    """Grows a curve. What was given out before stays as it was, and shares its rows."""

    def __init__(self, curve: Curve) -> None:
        self._columns = {f.name: _Column(getattr(curve.rows, f.name)) for f in fields(CurveRows)}
        self._tests = {name: _Column(getattr(curve, name)) for name in ("test_step", "test_elbo")}
        self._frame = curve

    @property
    def curve(self) -> Curve:
        """The curve so far; costs the same however long it is."""
        columns: Any = [self._columns[f.name].values for f in fields(CurveRows)]
        rows = CurveRows(*columns)
        tests = {name: column.values for name, column in self._tests.items()}
        return replace(self._frame, rows=rows, **tests)  # type: ignore[arg-type]

    def add(self, step: int, samples: Sequence[int], values: NDArray[np.floating]) -> None:
        """Rows for the steps up to ``step``: samples of each, values (n, 3) as in `CurveRows`."""
        steps = np.arange(step - len(samples) + 1, step + 1)
        for name, new in zip(self._columns, (steps, samples, *values.T), strict=True):
            self._columns[name].add(np.asarray(new))
        if len(self._columns["step"].values) > MOST_ROWS:
            self._columns = _columns(coarser(self.curve.rows, MOST_ROWS // 2))

    def test(self, step: int, elbo: float) -> None:
        """A value of held-out samples; in the place of one of the same step."""
        if len(there := self._tests["test_step"].values) and there[-1] == step:
            self._tests = {n: _Column(column.values[:-1]) for n, column in self._tests.items()}
        for name, value in (("test_step", step), ("test_elbo", elbo)):
            self._tests[name].add(np.array([value]))


def coarser(rows: CurveRows, most: int) -> CurveRows:
    """At most ``most`` rows, each the mean of the steps between two multiples of a power of two."""
    stride = 1
    while -(-int(rows.step[-1]) // stride) > most:
        stride *= 2
    group = (rows.step - 1) // stride
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    ends = np.append(starts[1:], len(rows)) - 1
    samples = np.add.reduceat(rows.samples, starts)
    means = [
        (np.add.reduceat(column.astype(np.float64) * rows.samples, starts) / samples)
        for column in (rows.log_px, rows.kl, rows.objective)
    ]
    return CurveRows(rows.step[ends], samples, *(mean.astype(np.float32) for mean in means))


def _columns(rows: CurveRows) -> dict[str, _Column]:
    return {f.name: _Column(getattr(rows, f.name)) for f in fields(CurveRows)}


class _Column:
    """An array that grows at its end; views of it given out before are never written to."""

    def __init__(self, values: NDArray[np.generic]) -> None:
        self._count = len(values)
        self._room = np.empty(max(BLOCK, 2 * len(values)), values.dtype)
        self._room[: self._count] = values

    @property
    def values(self) -> NDArray[np.generic]:
        view = self._room[: self._count]
        view.flags.writeable = False
        return view

    def add(self, new: NDArray[np.generic]) -> None:
        end = self._count + len(new)
        if end > len(self._room):
            grown = np.empty(2 * end, self._room.dtype)
            grown[: self._count] = self._room[: self._count]
            self._room = grown
        self._room[self._count : end] = new
        self._count = end
