"""Writing a table: columns of equal length as .csv or .npz."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.writing import written

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from explorer.data.dataset import Dataset

    Columns = Mapping[str, NDArray[Any]]


def write_table(out: Path, columns: Columns) -> None:
    """Columns (m,) under their names, by the suffix of ``out``; NaN is an empty cell in a .csv."""
    with written(out) as file:
        if out.suffix.lower() == ".npz":
            import numpy as np

            arrays: dict[str, Any] = dict(columns)
            np.savez(file, **arrays)
            return
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        writer = csv.writer(text)
        writer.writerow(columns)
        cells = [[_cell(value) for value in column.tolist()] for column in columns.values()]
        writer.writerows(zip(*cells, strict=True))
        text.flush()
        text.detach()


def labels_of(dataset: Dataset, index: NDArray[np.int64]) -> NDArray[Any]:
    """The class names of the samples at ``index``, empty where there are none: (m,) of str."""
    import numpy as np

    if dataset.labels is None:
        return np.full(len(index), "")
    return np.array(dataset.classes)[dataset.labels[index]]


def _cell(value: object) -> object:
    """A float with the digits that single precision has; a missing one is empty."""
    if isinstance(value, float):
        return "" if value != value else f"{value:.9g}"
    return value
