"""What reconstructions of a signal or a table's row get wrong: each minus the original."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from explorer.data.dataset import Preparation
from explorer.data.steps.columns import EQUALS
from explorer.ui.widgets.charts.rows.feature_chart import FeatureChart
from explorer.ui.widgets.charts.rows.row_chart import RowChart
from explorer.ui.widgets.charts.rows.series import Series
from explorer.ui.widgets.charts.rows.signal_chart import SignalChart

EDGES = (0.15, 0.3, 0.6, 1.5, 3.0, 6.0, 15.0)  # standard deviations, so that the axis stands still


class FeatureDifferences(FeatureChart):
    """The axis counts standard deviations from 0, and ends where the largest difference fits."""

    middle = "0"

    def show_rows(self, made: Preparation, series: Sequence[Series]) -> None:
        """Differences (D,) in the model's units."""
        largest = _largest(series)
        self.edge = next((edge for edge in EDGES if edge >= largest), EDGES[-1])
        super().show_rows(made, series)


class SignalDifferences(SignalChart):
    """0 lies in the middle of each channel."""

    def _found_range(self, made: Preparation, c: int) -> tuple[float, float]:
        curves = [np.abs(values[:, c][np.isfinite(values[:, c])]) for values in self._values]
        size = max((float(one.max()) for one in curves if len(one)), default=0.0) or 1.0
        return -size, size


class DifferenceChart(RowChart):
    """One chart with all differences, on one axis about 0, in the units of the data."""

    of_features, of_signals = FeatureDifferences, SignalDifferences

    def show_rows(self, made: Preparation | None, series: Sequence[Series]) -> None:
        """Differences (D,) in the model's units between rows of data of one preparation."""
        super().show_rows(None if made is None else about_zero(made), series)


@lru_cache(maxsize=8)
def about_zero(made: Preparation) -> Preparation:
    """In which a difference of rows has the data's units: nothing is added, nothing is a class."""
    names = tuple(name.replace(EQUALS, ": ") for name in made.names)
    return replace(made, centre=(0.0,) * len(made.centre), names=names)


def _largest(series: Sequence[Series]) -> float:
    finite = [np.abs(one.row[np.isfinite(one.row)]) for one in series]
    return max((float(sizes.max(initial=0.0)) for sizes in finite), default=0.0)
