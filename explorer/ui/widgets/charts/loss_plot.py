"""The curves of a training, in nats per sample."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from explorer.training.record.curve import Curve, less
from explorer.ui.themes import theme
from explorer.ui.widgets.fitting_label import FittingLabel
from explorer.ui.widgets.painted_plot import PaintedPlot
from explorer.ui.widgets.plane.bounds import FARTHEST

ELBO = "ELBO"
EXPLAINED = {
    ELBO: "ELBO = E[log p(x|z)] - KL(q(z|x) || p(z)), nats per sample; higher is better.\n"
    "The thin line is E[log p(x|z)] = -reconstruction; from it down to the ELBO is the KL.",
    "log p(x|z)": "log p(x|z) at the code of each sample, nats per sample; higher is better.\n"
    "A point has no density, so there is no KL and no ELBO.",
    "log p(x, z)": "log p(x|z) + log p(z) at the codes chosen, nats per sample; higher is better.\n"
    "The thin line is log p(x|z).",
    "-cross-entropy": "Minus the cross-entropy of grey values: no likelihood, so no ELBO.",
    "-(cross-entropy + KL)": "Minus the cross-entropy of grey values and the KL: no likelihood,"
    " so no ELBO.\nThe thin line is minus the cross-entropy; the gap is the KL.",
}
HALF = 7  # pixels of a number that stand above the highest tick
STEP = 2  # px between two values of a line
DOTS = 200  # test points that are marked: of more every n-th
Column = NDArray[np.float64]
SETTLED = 0.05  # of the epochs: what comes before does not decide the height of the picture


class LossPlot(QWidget):
    """What is learned, of training and test; the thin line is E[log p(x|z)], the gap the KL.

    The legend says the values at the epoch that is looked at.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curve: Curve | None = None
        self._epochs, self._at = 1.0, float("inf")
        self._bound, self._tested = ELBO, 0
        self._legend = FittingLabel(self)
        self._plot = self._bare_plot()
        self.setAccessibleName("Training curves")
        self._reconstruction = self._plot.plot()
        self._train = self._plot.plot()
        self._test = self._plot.plot()
        self._dots = self._plot.plot()
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
        self._apply_theme()
        self.show_curve(None)

    def _bare_plot(self) -> PaintedPlot:
        """A plot that takes neither mouse nor keys: it is read, not handled."""
        plot = PaintedPlot(self)
        plot.setMinimumSize(180, 80)
        plot.setAntialiasing(True)
        plot.getPlotItem().layout.setContentsMargins(0, HALF, 0, 0)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return plot

    def show_curve(self, curve: Curve | None, epochs: float = 1) -> None:
        """Draw the curve of a training; ``epochs`` of the next one where there is none."""
        self._curve = curve if curve is not None and len(curve) else None
        self._epochs = float(epochs if curve is None else curve.epochs)
        if curve is not None:
            self._name(curve.bound, curve.tested)
        self._draw()
        for widget in (self._legend, self._plot):
            widget.setVisible(self._curve is not None)
        self._empty.setVisible(self._curve is None)
        self._show_legend()

    def _draw(self) -> None:
        """A value every pixel or two."""
        if self._curve is None:
            for item in (self._train, self._reconstruction, self._test, self._dots):
                item.setData([], [])
            return
        x, train, likelihood = self._columns(self._curve)
        at, test = self._curve.test_epoch, _drawable(self._curve.test_elbo)
        self._train.setData(x, train)
        self._reconstruction.setData(x, likelihood)
        self._test.setData(at, test)
        some = np.flatnonzero(np.isfinite(test))[:: max(1, -(-len(at) // DOTS))]
        self._dots.setData(at[some], test[some])
        self._fit(x, train, likelihood, test)

    def _columns(self, curve: Curve) -> tuple[Column, Column, Column]:
        """Epoch, ELBO and E[log p(x|z)], of as many rows as can be told apart here."""
        room = max(self._plot.getViewBox().width(), self._plot.minimumWidth()) / STEP
        rows, span = curve.rows, float(curve.epoch[-1])
        stride = max(1, math.ceil(shown_epochs(span, self._epochs) * curve.steps / room))
        last = np.flatnonzero(np.diff((rows.step - 1) // stride, append=-1))
        log_px, kl, _ = curve.means(last)
        return curve.epoch[last], _drawable(less(log_px, kl)), _drawable(log_px)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another number of pixels."""
        super().resizeEvent(event)
        self._draw()

    def _name(self, bound: str, tested: int) -> None:
        """Call the curves by their names, and say what they are of."""
        if (bound, tested) == (self._bound, self._tested) and self.toolTip():
            return
        self._bound, self._tested = bound, tested
        readings = [
            EXPLAINED.get(bound, bound),
            "train: as it was learned, means of a tenth of an epoch.",
        ]
        if tested:
            readings.append(f"test: {tested:,} held-out samples, drawn once from all of them.")
        self.setToolTip("\n".join(readings))
        self._label_axes()

    def show_epoch(self, epoch: float | None) -> None:
        """Mark the epoch of the model that is looked at, and say the values there."""
        at = float("inf") if epoch is None else epoch
        if at != self._at:
            self._at = at
            self._show_legend()
        self._marker.setVisible(epoch is not None and self._curve is not None)
        if epoch is not None:
            self._marker.setValue(epoch)

    def _fit(
        self,
        x: NDArray[np.float64],
        train: NDArray[np.float64],
        upper: NDArray[np.float64],
        test: NDArray[np.float64],
    ) -> None:
        last = float(x[-1]) if len(x) else self._epochs
        self._plot.setXRange(0, shown_epochs(last, self._epochs), padding=0.01)
        settled = x >= min(SETTLED * self._epochs, last / 3)
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
        last = None if self._curve is None else self._curve.at(self._at)
        values = [
            ("train", None if last is None else last.train_elbo, t.accent),
            ("test", None if last is None else last.test_elbo, t.warn),
            (self._thin(), None if last is None else -last.reconstruction, t.quiet),
            ("KL", None if last is None else last.kl, t.text),
        ]
        gap = last is None or last.kl is not None  # without one the thin line is the other one
        return [(name, _number(v), colour) for name, v, colour in values[: 4 if gap else 2]]

    def _thin(self) -> str:
        """What the curve without its KL is called."""
        return "-cross-entropy" if "cross-entropy" in self._bound else "log p(x|z)"

    def _show_legend(self) -> None:
        marks = {"KL": "\u2195"}
        seen = self._entries()
        names = [
            f'<span style="color:{colour}">{marks.get(name, chr(0x2501))}</span> {name}'
            for name, _, colour in seen
        ]
        entries = [f"{name} {value}" for name, (_, value, _) in zip(names, seen, strict=True)]
        # the value of the thin line follows from the others, its name does not
        shorter = entries[:2] + names[2:3] + entries[3:4]
        least = entries[:2] + names[2:3]
        self._legend.set_texts(
            *("&nbsp; ".join(some) for some in (entries, shorter, least, entries[:2]))
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_marker"):
            self._apply_theme()
            self._show_legend()

    def _apply_theme(self) -> None:
        t = theme.tokens_of(self)
        self._plot.setBackground(QColor(t.surface))
        self._legend.setStyleSheet(f"font-size: {theme.SMALL}px")
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.enableAutoSIPrefix(False)
            axis.setPen(pg.mkPen(t.hairline))
            axis.setTextPen(pg.mkPen(t.quiet))
            axis.setStyle(tickLength=-4, maxTickLevel=0, tickFont=theme.font(theme.SMALL))
        self._label_axes()
        self._plot.getAxis("left").setWidth(66)
        self._plot.getAxis("bottom").setHeight(34)
        self._train.setPen(pg.mkPen(t.accent, width=2))
        self._reconstruction.setPen(pg.mkPen(t.quiet, width=1))
        self._test.setPen(pg.mkPen(t.warn, width=2))
        self._dots.setPen(None)
        self._dots.setSymbol("o")
        self._dots.setSymbolSize(5)
        self._dots.setSymbolPen(None)
        self._dots.setSymbolBrush(pg.mkBrush(t.warn))
        self._marker.setPen(pg.mkPen(t.text, width=1))

    def _label_axes(self) -> None:
        style = {"color": theme.tokens_of(self).quiet, "font-size": f"{theme.SMALL}px"}
        named = self._bound.replace("-", "\u2212")
        self._plot.setLabel("left", f"{named} (nats)", **style)
        self._plot.setLabel("bottom", "epoch", **style)


def spanned(epoch: float) -> float:
    """How many epochs are shown where ``epoch`` are done: 1, 2 or 5 times a power of ten.

    So a curve that begins is seen to grow, however long it will be.
    """
    power = 10.0 ** math.floor(math.log10(max(epoch, 1e-3)))
    return next(s * power for s in (1, 2, 5, 10) if s * power >= epoch * (1 - 1e-9))


def shown_epochs(epoch: float, epochs: float) -> float:
    """How many epochs the picture is wide where ``epoch`` are done of a training of ``epochs``."""
    return min(epochs, spanned(epoch))


def _drawable(values: NDArray[np.floating]) -> Column:
    """The same with gaps where a training went astray: pyqtgraph dies of numbers beyond a plane."""
    made = np.array(values, np.float64)
    made[~(np.abs(made) < FARTHEST)] = np.nan
    return made


def _number(value: float | None) -> str:
    if value is None or not np.isfinite(value):
        return "\u2013"
    return f"{value:.1f}".replace("-", "\u2212")
