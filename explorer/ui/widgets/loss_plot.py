"""The curves of a training, in nats per sample."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from explorer.training.history import HistoryPoint
from explorer.ui import theme
from explorer.ui.widgets.fitting_label import FittingLabel

SETTLED = 0.05  # of the epochs: what comes before does not decide the height of the picture


class LossPlot(QWidget):
    """ELBO of training and test; the thin line above is E[log p(x|z)], the gap to it the KL."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Sequence[HistoryPoint] = ()
        self._epochs = 1.0
        self._legend = FittingLabel(self)
        self._plot = pg.PlotWidget(self, enableMenu=False, useOpenGL=False)
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        self._plot.setMinimumSize(180, 80)
        self._plot.setAntialiasing(True)
        self._plot.hideButtons()
        self._plot.getPlotItem().ctrlMenu = None  # made by pyqtgraph whether wanted or not
        self._plot.getViewBox().setMouseEnabled(False, False)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Training curves")
        self.setToolTip(
            "ELBO = E[log p(x|z)] - KL(q(z|x) || p(z)), nats per sample; higher is better.\n"
            "The thin line is E[log p(x|z)] = -reconstruction; from it down to the ELBO is the KL."
        )
        self._reconstruction = self._plot.plot()
        self._train = self._plot.plot()
        self._test = self._plot.plot()
        self._marker = pg.InfiniteLine(angle=90, movable=False)
        self._plot.addItem(self._marker, ignoreBounds=True)
        self._empty = QLabel("The curves appear here while a model is trained", self)
        self._empty.setProperty("role", "quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget, stretch in ((self._legend, 0), (self._plot, 1), (self._empty, 1)):
            column.addWidget(widget, stretch)
        self._dress()
        self.show_points((), 1)

    def show_points(self, points: Sequence[HistoryPoint], epochs: float) -> None:
        """Draw the curves of a training of ``epochs`` epochs."""
        self._points, self._epochs = points, max(float(epochs), 1e-6)
        x = np.array([p.epoch for p in points], float)
        train = np.array([p.train_elbo for p in points], float)
        likelihood = np.array([-p.reconstruction for p in points], float)
        measured = [p for p in points if p.test_elbo is not None]
        test = np.array([p.test_elbo for p in measured], float)
        self._train.setData(x, train)
        self._reconstruction.setData(x, likelihood)
        self._test.setData(np.array([p.epoch for p in measured], float), test)
        self._fit(x, train, likelihood, test)
        for widget in (self._legend, self._plot):
            widget.setVisible(bool(points))
        self._empty.setVisible(not points)
        self._show_legend()

    def show_epoch(self, epoch: float | None) -> None:
        """Mark the epoch of the model that is looked at."""
        self._marker.setVisible(epoch is not None and bool(len(self._points)))
        if epoch is not None:
            self._marker.setValue(epoch)

    def _fit(
        self,
        x: NDArray[np.float64],
        train: NDArray[np.float64],
        upper: NDArray[np.float64],
        test: NDArray[np.float64],
    ) -> None:
        self._plot.setXRange(0, self._epochs, padding=0.01)
        settled = x >= min(SETTLED * self._epochs, x[-1] / 3) if len(x) else np.zeros(0, bool)
        values = np.concatenate([train[settled], upper[settled], test[-1:]])
        values = values[np.isfinite(values)]
        if len(values):
            low, high = float(values.min()), float(values.max())
            room = max(0.08 * (high - low), 0.5)
            self._plot.setYRange(low - room, high + room, padding=0)

    # -- words and colours ------------------------------------------------------------------

    def legend_text(self) -> str:
        """What the legend says, without its colours."""
        return "   ".join(f"{name} {value}" for name, value, _ in self._entries())

    def _entries(self) -> list[tuple[str, str, str]]:
        t = theme.tokens_of(self)
        last = self._points[-1] if len(self._points) else None
        tests = [p.test_elbo for p in self._points if p.test_elbo is not None]
        values = [
            ("train", None if last is None else last.train_elbo, t.accent),
            ("test", tests[-1] if tests else None, t.warn),
            ("log p(x|z)", None if last is None else -last.reconstruction, t.quiet),
            ("KL", None if last is None else last.kl, t.text),
        ]
        return [(name, _number(value), colour) for name, value, colour in values]

    def _show_legend(self) -> None:
        marks = {"KL": "\u2195"}
        entries = [
            f'<span style="color:{colour}">{marks.get(name, chr(0x2501))}</span> {name} {value}'
            for name, value, colour in self._entries()
        ]
        # the gap between the other two is what log p(x|z) says, too
        shorter = entries[:2] + entries[3:]
        self._legend.set_texts(*("&nbsp; ".join(some) for some in (entries, shorter, entries[:2])))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_marker"):
            self._dress()
            self._show_legend()

    def _dress(self) -> None:
        t = theme.tokens_of(self)
        self._plot.setBackground(QColor(t.surface))
        self._legend.setStyleSheet(f"font-size: {theme.SMALL}px")
        for side, name in (("left", "ELBO (nats)"), ("bottom", "epoch")):
            axis = self._plot.getAxis(side)
            axis.enableAutoSIPrefix(False)
            axis.setPen(pg.mkPen(t.hairline))
            axis.setTextPen(pg.mkPen(t.quiet))
            axis.setStyle(tickLength=-4, maxTickLevel=0, tickFont=theme.font(theme.SMALL))
            self._plot.setLabel(side, name, color=t.quiet, **{"font-size": f"{theme.SMALL}px"})
        self._plot.getAxis("left").setWidth(66)
        self._plot.getAxis("bottom").setHeight(34)
        self._train.setPen(pg.mkPen(t.accent, width=2))
        self._reconstruction.setPen(pg.mkPen(t.quiet, width=1))
        self._test.setPen(pg.mkPen(t.warn, width=2, style=Qt.PenStyle.DashLine))
        self._marker.setPen(pg.mkPen(t.text, width=1))


def _number(value: float | None) -> str:
    if value is None or not np.isfinite(value):
        return "\u2013"
    return f"{value:.1f}".replace("-", "\u2212")
