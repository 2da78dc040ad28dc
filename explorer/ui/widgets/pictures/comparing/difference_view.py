"""What the reconstructions of a sample get wrong: maps of pictures, a chart of numbers."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.data.dataset import Floats, Preparation
from explorer.data.kinds import kind_of
from explorer.export.things import Thing
from explorer.ui.widgets.charts.rows.difference_chart import DifferenceChart
from explorer.ui.widgets.charts.rows.series import Series
from explorer.ui.widgets.exporting import seen
from explorer.ui.widgets.pictures.comparing.difference_row import DifferenceRow
from explorer.ui.widgets.pictures.pixels import Bytes

Rows = tuple[Floats | None, Floats | None, Floats | None]  # original, model's, PCA's: (D,)


class DifferenceView(QWidget):
    """Reconstruction minus original, of the model and of PCA, on one scale; else it is away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("differenceView")
        self.setAccessibleName("Differences from the original")
        self._series: list[Series] = []
        self.row, self.chart = DifferenceRow(self), DifferenceChart(self)
        self.chart.setObjectName("differenceChart")
        self.chart.setAccessibleName("Differences from the original")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.row)
        layout.addWidget(self.chart)
        self.clear()

    def image(self) -> Bytes | None:
        """The maps shown, side by side, (H, W', 3) uint8; None where there is none."""
        return self.row.image()

    def thing(self) -> Thing | None:
        """What is drawn, with the differences, a row a feature; None where there are none."""
        if not self._series:
            return None
        columns = {one.name: one.row for one in self._series}
        return seen(self, "differences", "the differences", lambda: columns)

    def clear(self) -> None:
        """Nothing is compared."""
        self._show(None, None, None, "")

    def show_rows(self, made: Preparation, rows: Rows, name: str) -> None:
        """Compare rows of data of one preparation. name: what the model is called."""
        original, model, linear = rows
        if original is None:
            self.clear()
            return
        wrong = [None if row is None else row - original for row in (model, linear)]
        self._show(made, wrong[0], wrong[1], name)

    def _show(
        self, made: Preparation | None, model: Floats | None, linear: Floats | None, name: str
    ) -> None:
        numbers = bool(kind_of(made).chart)
        maps = (None, None) if made is None or numbers else (model, linear)
        shape = (1, 1, 1) if made is None else made.shape
        pictures = [None if one is None else one.reshape(shape) for one in maps]
        self.row.show_differences(pictures[0], pictures[1], name)
        given = (("model", f"{name} \u2212 sample", model), ("pca", "PCA \u2212 sample", linear))
        series = [Series(role, text, row) for role, text, row in given if row is not None]
        self._series = series
        self.chart.show_rows(made if numbers else None, series if numbers else [])
        self.row.setVisible(not numbers)
        self.chart.setVisible(numbers)
        self.setVisible(bool(series))
