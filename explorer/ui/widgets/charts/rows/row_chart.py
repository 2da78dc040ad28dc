"""Rows of a table or signals, drawn with names, units and an axis; what is drawn can be copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from explorer.data.dataset import Preparation
from explorer.data.kinds import kind_of
from explorer.export.things import Columns, Thing, tabled
from explorer.ui.widgets.charts.rows.feature_chart import FeatureChart
from explorer.ui.widgets.charts.rows.series import Series
from explorer.ui.widgets.charts.rows.signal_chart import SignalChart
from explorer.ui.widgets.exporting import seen


class RowChart(QWidget):
    """The chart for the kind of data; ``menu_wanted``: at a place of the screen."""

    menu_wanted = Signal(QPoint)
    of_features: type[FeatureChart] = FeatureChart
    of_signals: type[SignalChart] = SignalChart

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made: Preparation | None = None
        self._series: tuple[Series, ...] = ()
        self.features, self.curves = self.of_features(self), self.of_signals(self)
        self._charts: dict[str, FeatureChart | SignalChart] = {
            "bars": self.features, "curves": self.curves,
        }  # fmt: skip
        self._empty = QLabel(self)
        self._empty.setProperty("role", "quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        for page in (self._empty, self.features, self.curves):
            self._stack.addWidget(page)

    def set_empty_text(self, text: str) -> None:
        """What to say while there is nothing to draw."""
        self._empty.setText(text)

    def series(self) -> tuple[Series, ...]:
        """What is drawn."""
        return self._series

    def show_rows(self, made: Preparation | None, series: Sequence[Series]) -> None:
        """Draw rows of data of one preparation; where there are none, say why."""
        if made is None and self._made is None:
            return  # as with every move, where what is decoded is a picture
        self._made, self._series = made, tuple(series)
        if made is None or not series:
            self._stack.setCurrentWidget(self._empty)
            return
        chart = self._chart()
        chart.show_rows(made, series)
        chart.setAccessibleName(self.accessibleName())
        self._stack.setCurrentWidget(chart)

    def _chart(self) -> FeatureChart | SignalChart:
        return self._charts[kind_of(self._made).chart or "bars"]

    # -- copying ----------------------------------------------------------------------------

    def picture(self) -> QImage:
        """What is seen."""
        return self._chart().grab().toImage()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Somebody may have a menu for it."""
        self.menu_wanted.emit(event.globalPos())

    def is_empty(self) -> bool:
        """Whether there is no chart."""
        return not self._series

    def copied(self) -> str:
        """What `copy` takes."""
        return "values"

    @Slot()
    def copy(self) -> None:
        """Put names and values on the clipboard, as a spreadsheet takes them."""
        if self._series:
            QGuiApplication.clipboard().setText(self._chart().table())

    @Slot()
    def copy_as_shown(self) -> None:
        """Put the picture on the clipboard."""
        if self._series:
            QGuiApplication.clipboard().setImage(self.picture())

    def thing(self) -> Thing | None:
        """What is drawn as what can leave; None where there is nothing."""
        if not self._series:
            return None
        text = self._chart().table()
        return seen(self._chart(), "sample", "the sample", lambda: _columns(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)


def _columns(text: str) -> Columns:
    """The table that is copied, as columns; the first one names the rows."""
    names, *rows = [line.split("\t") for line in text.splitlines()]
    return tabled(["name", *names[1:]], rows)
