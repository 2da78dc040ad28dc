"""Labels of any kind as an index into named classes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.data.raw import Array
from explorer.data.words.naming import printable
from explorer.data.words.wording import many

_NOBODY = -1
UNLABELLED = "unlabelled"
_NO_CLASS = frozenset(("", "na", "n/a", "nan", "null", "?"))
_OF_NOBODY = ("sample with the label -1 is", "samples with the label -1 are")
_WITHOUT = ("sample without a label is", "samples without a label are")


@dataclass(frozen=True, eq=False)
class Labelled:
    """index: (n,) int64 into classes, None where there are no classes to speak of."""

    index: NDArray[np.int64] | None = None
    classes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def labelled(values: Array | None, classes: tuple[str, ...] = ()) -> Labelled:
    """Classes from integers, whole floats, booleans, one-hot rows or text; NaN is no class.

    Nor is -1, where the other labels are 0, 1, 2 .. . classes: the names of the labels in order
    where the data brings them.
    """
    if values is None:
        return Labelled()
    column = _as_column(values)
    if column is None:
        said = "the labels hold several values a sample and are left out"
        return Labelled(warnings=(said,))
    is_text = column.dtype.kind in "US"
    there = _with_text(column) if is_text else ~np.isnan(column)
    if not there.any():
        return Labelled(warnings=("every label is missing, so the samples are unlabelled",))
    if is_text:
        return _with_gaps(_of_text(column[there]), there)
    whole = _as_integers(column[there])
    if whole is None or not (there.all() or len(np.unique(whole)) > 1):
        said = "the labels are real numbers, not classes, and are left out"
        return Labelled(warnings=(said,))
    return _with_gaps(_of_integers(whole, classes), there)


def counted(labels: Labelled) -> dict[str, int] | None:
    """class -> number of samples, or None without labels."""
    if labels.index is None:
        return None
    counts = np.bincount(labels.index, minlength=len(labels.classes))
    return {name: int(counts[i]) for i, name in enumerate(labels.classes)}


def texts(values: Array) -> tuple[str, ...]:
    """Names from an array of text or numbers."""
    if values.dtype.kind == "S":
        return tuple(printable(v.decode("utf-8", "replace")) for v in values.ravel().tolist())
    return tuple(printable(str(v)) for v in values.ravel().tolist())


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


def _with_text(column: Array) -> NDArray[np.bool_]:
    """(n,) whether a text names a class."""
    found, index = np.unique(column, return_inverse=True)
    names = np.array([name.strip().lower() not in _NO_CLASS for name in texts(found)])
    return np.asarray(names[index.ravel()])


def _of_text(column: Array) -> Labelled:
    found, index = np.unique(column, return_inverse=True)
    return Labelled(index.ravel().astype(np.int64), texts(found))


def _of_integers(column: Array, classes: tuple[str, ...]) -> Labelled:
    found, index = np.unique(column, return_inverse=True)
    index = index.ravel()
    values = [int(v) for v in found.tolist()]
    if values == [_NOBODY]:
        return Labelled(warnings=("every label is -1, so the samples are taken as unlabelled",))
    if _marks_nobody(values, classes):
        known = index > 0
        said = f"{many(int((~known).sum()), *_OF_NOBODY)} taken as unlabelled"
        return _with_gaps(_of_integers(column[known], classes), known, said)
    if classes and all(0 <= v < len(classes) for v in values):
        return Labelled(found.astype(np.int64)[index], classes)
    if len(classes) == len(values) and (_counted(values, 1) or values == [_NOBODY, 1]):
        return Labelled(index.astype(np.int64), classes)
    names = tuple(str(v) for v in values)
    if not classes:
        return Labelled(index.astype(np.int64), names)
    said = f"the {many(len(classes), 'name', 'names')} of classes do not fit {len(names):,} labels"
    return Labelled(index.astype(np.int64), names, (f"{said} and are left out",))


def _marks_nobody(values: list[int], classes: tuple[str, ...]) -> bool:
    """Whether -1 stands for no class: what else is there counts from 0, or has names."""
    rest = values[1:]
    if values[0] != _NOBODY or len(classes) == len(values):
        return False
    if classes:
        return all(0 <= v < len(classes) for v in rest)
    return len(rest) > 2 and _counted(rest, 0)


def _counted(values: list[int], start: int) -> bool:
    return values == list(range(start, start + len(values)))


def _with_gaps(found: Labelled, there: NDArray[np.bool_], said: str = "") -> Labelled:
    """The labels of some samples as those of all: (n,) ``there`` says of which they are."""
    if there.all() or found.index is None:
        return found
    known = UNLABELLED in found.classes
    classes = found.classes if known else (*found.classes, UNLABELLED)
    index = np.full(len(there), classes.index(UNLABELLED), np.int64)
    index[there] = found.index
    count = many(int((~there).sum()), *_WITHOUT)
    return Labelled(index, classes, (*found.warnings, said or f"{count} taken as unlabelled"))
