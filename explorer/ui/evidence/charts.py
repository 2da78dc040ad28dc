"""The pictures of the evidence: bounds on one axis, curves of all codes, KL per dimension."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.compute.measuring.aggregate import Grown, grown
from explorer.compute.measuring.bracket import Bracketed
from explorer.compute.measuring.evidence import Measured
from explorer.ui.evidence.bounds import bounds, in_words
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.bar_plot import BarPlot
from explorer.ui.widgets.charts.evidence.bounds_chart import BoundsChart
from explorer.ui.widgets.charts.evidence.growth_plot import GrowthPlot, Line
from explorer.ui.widgets.layouts.readable import readable

KL, INFORMATION = "KL(q(z) \u2016 p(z))", "I(x; z)"
OF_DRAWS = "The bars are 95 % intervals: of draws, with these codes; at \u221e of other codes, too."
DEAD = 0.01  # nats per sample: a dimension that tells no more says nothing


class EvidenceCharts(QWidget):
    """Before anything is measured the KL per dimension stands alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        axis = "nats above the ELBO, on the same samples"
        self.bounds = BoundsChart("Bounds on log p(x)", axis, "log p(x) is here", self)
        self.bounds.setObjectName("boundsChart")
        self.said = QLabel(self)
        self.said.setObjectName("boundsSaid")
        self.said.setProperty("role", "quiet")
        self.said.setWordWrap(True)
        self.said.setMinimumWidth(1)
        self.nats = GrowthPlot(
            "All codes together, nats", f"KL(q(z|x) \u2016 p(z)) = {INFORMATION} + {KL}, in the"
            f" mean; {INFORMATION} is at most log n. {OF_DRAWS}", self,
        )  # fmt: skip
        self.nats.setObjectName("aggregateCurve")
        self.holes = GrowthPlot(
            "Holes, share of the prior", "Where q(z) is below 5 % of p(z). The bars are 95 %"
            " intervals, of draws", self, share=True,
        )  # fmt: skip
        self.holes.setObjectName("holesCurve")
        self.bars = BarPlot(
            "KL per dimension, nats", "KL(q(z_j|x) \u2016 p(z_j)), mean over samples", self
        )
        self.bars.setObjectName("klBars")
        self._lay_out()

    def _lay_out(self) -> None:
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        row.setSpacing(2 * theme.GRID)
        for chart, share in ((self.nats, 5), (self.holes, 3), (self.bars, 3)):
            row.addWidget(chart, share)
        for part in (self.bounds, self.said):
            column.addLayout(readable(part))
        column.addLayout(row, 1)

    def show_measured(self, seen: Measured, bracket: Bracketed | None) -> None:
        """What was found, in the place of what stood there."""
        rows, words = bounds(seen, bracket), in_words(seen, bracket)
        self.bounds.show_rows(rows if words else ())
        self.said.setText(words)
        for part in (self.bounds, self.said):
            part.setVisible(bool(words))
        self._show_curves(seen.together)
        self.bars.set_empty_text("The KL has no terms per dimension here")
        self._show_bars(seen.kl_per_dim, seen.active)

    def show_known(self, kl: NDArray[np.floating] | None) -> None:
        """Before anything is measured: what the codes on the plane tell, (d,) or None."""
        self.bounds.show_rows(())
        self.said.clear()
        for part in (self.bounds, self.said):
            part.setVisible(False)
        self._show_curves({})
        self.bars.set_empty_text("")
        self._show_bars(kl, None if kl is None else kl > DEAD)

    def _show_curves(self, together: Mapping[str, Any]) -> None:
        """Those of all codes; away where there are none."""
        found = {name: grown(together, name) for name in ("kl_to_prior", "mutual_information")}
        holes = grown(together, "holes")
        lines = [Line(KL, found["kl_to_prior"]), Line(INFORMATION, found["mutual_information"])]
        counts = [n for n, _, _ in found["mutual_information"].points]
        ceiling = Grown(tuple((n, math.log(n), 0.0) for n in counts))
        self.nats.show_lines([*lines, Line("log n", ceiling, ceiling=True)])
        self.holes.show_lines([Line("holes", holes)])
        for chart, there in ((self.nats, counts), (self.holes, holes.points)):
            chart.setVisible(bool(there))

    def _show_bars(self, kl: NDArray[np.floating] | None, active: NDArray[np.bool_] | None) -> None:
        """The largest first."""
        shown = np.zeros(0) if kl is None else np.maximum(kl, 0.0).astype(np.float64)
        alive = np.zeros(0, bool) if kl is None or active is None else active
        order = np.argsort(-shown)
        self.bars.show_bars(shown[order], tuple(f"z{j + 1}" for j in order), alive[order])
