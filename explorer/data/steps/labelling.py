"""Labels of any kind as an index into named classes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.data.raw import Array, printable
from explorer.data.wording import many

_NOBODY = -1
UNLABELLED = "unlabelled"


@dataclass(frozen=True)
class Labelled:
    """index: (n,) int64 into classes, None where there are no classes to speak of."""

    index: NDArray[np.int64] | None = None
    classes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def labelled(values: Array | None, classes: tuple[str, ...] = ()) -> Labelled:
    """Classes from integers, whole floats, booleans, one-hot rows or text; -1 is no class.

    classes: the names of the labels 0, 1, ... where the data brings them.
    """
    if values is None:
        return Labelled()
    column = _as_column(values)
    if column is None:
        said = "the labels hold several values a sample and are left out"
        return Labelled(warnings=(said,))
    if column.dtype.kind in "US":
        return _of_text(column)
    whole = _as_integers(column)
    if whole is None:
        said = "the labels are real numbers, not classes, and are left out"
        return Labelled(warnings=(said,))
    return _of_integers(whole, classes)


def counted(labels: Labelled) -> dict[str, int] | None:
    """class -> number of samples, or None without labels."""
    if labels.index is None:
        return None
    counts = np.bincount(labels.index, minlength=len(labels.classes))
    return {name: int(count) for name, count in zip(labels.classes, counts, strict=True)}


def texts(values: Array) -> tuple[str, ...]:
    """Names from an array of text or numbers."""
    if values.dtype.kind == "S":
        return tuple(printable(v.decode("utf-8", "replace")) for v in values.reshape(-1).tolist())
    return tuple(printable(str(v)) for v in values.reshape(-1).tolist())


def _as_column(values: Array) -> Array | None:
    if values.ndim == 2 and values.shape[1] == 1:
        return values[:, 0]
    if values.ndim == 2 and values.dtype.kind in "buif" and _one_hot(values):
        return np.asarray(values.argmax(axis=1))
    return values if values.ndim == 1 else None


def _one_hot(values: Array) -> bool:
    return bool(np.isin(values, (0, 1)).all() and (values.sum(axis=1) == 1).all())


def _as_integers(column: Array) -> Array | None:
    if column.dtype.kind != "f":
        return column
    wide = column.astype(np.float64)
    exact = np.isfinite(wide) & (wide == np.rint(wide)) & (np.abs(wide) < 2**53)
    return wide.astype(np.int64) if exact.all() else None


def _of_text(column: Array) -> Labelled:
    found, index = np.unique(column, return_inverse=True)
    return Labelled(index.reshape(-1).astype(np.int64), texts(found))


def _of_integers(column: Array, classes: tuple[str, ...]) -> Labelled:
    found, index = np.unique(column, return_inverse=True)
    values = [int(v) for v in found.tolist()]
    if values == [_NOBODY]:
        return Labelled(warnings=("every label is -1, so the samples are taken as unlabelled",))
    unlabelled = values[:1] == [_NOBODY]  # other negative labels are names like any other
    real = values[1:] if unlabelled else values
    if classes and all(0 <= v < len(classes) for v in real):
        real, names = list(range(len(classes))), classes
    else:
        names = tuple(str(v) for v in real)
    place = {v: i for i, v in enumerate(real)}
    index = np.array([place.get(v, len(real)) for v in values], np.int64)[index.reshape(-1)]
    if not unlabelled:
        return Labelled(index, names)
    nobody = int(np.count_nonzero(index == len(real)))
    of = "with the label -1"
    said = f"{many(nobody, f'sample {of} is', f'samples {of} are')} taken as unlabelled"
    return Labelled(index, (*names, UNLABELLED), (said,))
