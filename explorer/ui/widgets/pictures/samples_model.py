"""The samples of a data set as rows of a list: a filter, an order, nothing copied."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItemModel

from explorer.data.dataset import Bytes, Dataset
from explorer.data.kinds import kind_of
from explorer.data.pictures.drawing import picture_shape

SAMPLE = Qt.ItemDataRole.UserRole
HOW = "Click: select. Double click or Enter: move z to its code"

AnyIndex = QModelIndex | QPersistentModelIndex


class SamplesModel(QStandardItemModel):
    """Row -> sample. Pictures are read from the data set when they are painted.

    A view asks how many rows there are once for each row, so that is left to Qt: in Python it took
    a tenth of a second for 70,000. The rows have no items: nothing is made for one.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(0, 1, parent)
        self._data: Dataset | None = None
        self._errors: NDArray[np.float64] | None = None
        self._samples: NDArray[np.int64] = np.zeros(0, np.int64)
        self._rows: NDArray[np.int64] = np.zeros(0, np.int64)  # sample -> row, -1: filtered out

    def show(
        self,
        data: Dataset | None,
        label: int | None = None,
        by: str = "given",
        errors: NDArray[np.float64] | None = None,
    ) -> None:
        """List the samples of class ``label`` (None: all) in the order ``by``.

        by: "given", "label", "error" (greatest first) or "least error". errors: (n,), shown too.
        """
        self._data, self._errors = data, errors
        count = 0 if data is None else len(data)
        self._samples = np.arange(count)
        if data is not None and data.labels is not None:
            if label is not None:
                self._samples = np.flatnonzero(data.labels == label)
            elif by == "label":
                self._samples = np.argsort(data.labels, kind="stable")
        if errors is not None and by in ("error", "least error"):
            sign = -1.0 if by == "error" else 1.0
            self._samples = self._samples[np.argsort(sign * errors[self._samples], kind="stable")]
        self._rows = np.full(count, -1, np.int64)
        self._rows[self._samples] = np.arange(len(self._samples))
        self._reset(len(self._samples))

    def _reset(self, rows: int) -> None:
        """Tell that all is other than it was, once; not that some rows have come or gone."""
        self.beginResetModel()
        self.blockSignals(True)
        self.setRowCount(rows)
        self.blockSignals(False)
        self.endResetModel()

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """A sample can be chosen, neither edited nor dragged."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for the tooltip and for screen readers; the sample's number under SAMPLE."""
        if not index.isValid() or self._data is None:
            return None
        sample = int(self._samples[index.row()])
        if role == SAMPLE:
            return sample
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._words(self._data, sample)
        if role == Qt.ItemDataRole.ToolTipRole:
            lines = [self._words(self._data, sample), HOW]
            row = self._data.unit(slice(sample, sample + 1))[0]
            lines += kind_of(self._data).told(row, self._data.preparation)
            return "\n".join(lines)
        return None

    def _words(self, data: Dataset, sample: int) -> str:
        name = "" if data.names is None else data.names[sample]
        part = "held out" if data.test[sample] else "training"
        error = "" if self._errors is None else f"MSE {self._errors[sample]:.4f}"
        said = (data.label_name(sample), name, f"sample {sample:,}", part, error)
        return ", ".join(text for text in said if text)

    def sample_at(self, row: int) -> int:
        """The sample in a row."""
        return int(self._samples[row])

    def row_of(self, sample: int) -> int | None:
        """The row of a sample, or None where the filter leaves it out."""
        if not 0 <= sample < len(self._rows) or self._rows[sample] < 0:
            return None
        return int(self._rows[sample])

    def picture(self, row: int) -> Bytes | None:
        """(H, W, C) uint8 of the sample in a row."""
        return None if self._data is None else self._data.picture(self.sample_at(row))

    def picture_size(self) -> tuple[int, int]:
        """(width, height) of every picture."""
        if self._data is None:
            return (28, 28)
        height, width, _ = picture_shape(self._data.preparation)
        return (width, height)
