"""Black and white from grey: the data setting that a Bernoulli likelihood asks for.

fixed: every pixel is drawn once, black or white, with its grey as the probability of white
(Salakhutdinov & Murray 2008). dynamic: the grey is kept, and training draws anew each time it sees
a sample (Burda et al. 2015); whatever measures takes `fixed_draw`, one fixed draw.
"""

from __future__ import annotations

from dataclasses import replace
from weakref import WeakKeyDictionary

import numpy as np

from explorer.data.dataset import Bytes, Dataset, Preparation
from explorer.data.kinds import BINARISATIONS, kind_of
from explorer.data.raw import BLOCK
from explorer.errors import DataError, SettingsError

_CHUNK = BLOCK  # values drawn at a time
_fixed_draws: WeakKeyDictionary[Dataset, Dataset] = WeakKeyDictionary()
_SAID = {
    "fixed": "each pixel was drawn once as black or white, its grey the probability of white",
    "dynamic": "training draws each pixel anew as black or white, its grey the probability of"
    " white; what is measured is one fixed draw",
}


def check_binarisation(how: str) -> None:
    """Raise SettingsError for a binarisation that there is not."""
    if how not in BINARISATIONS:
        raise SettingsError(
            f"there is no binarisation called {how!r}",
            remedy=f"choose one of {', '.join(BINARISATIONS)}",
        )


def binarised(dataset: Dataset, how: str, seed: int = 0) -> Dataset:
    """``dataset`` with another binarisation. Draws hang on ``seed`` only.

    fixed: x in {0, 1}, levels 1. dynamic: x stays grey and the preparation says so.
    Raises DataError for what is not grey any more, or no picture at all.
    """
    check_binarisation(how)
    preparation = dataset.preparation
    if how == preparation.binarisation:
        return dataset
    _refuse_what_cannot_be(preparation, how, dataset.name)
    warnings = tuple(w for w in dataset.warnings if w not in _SAID.values())
    if how == "none":
        return replace(dataset, preparation=grey(preparation), warnings=warnings)
    warnings += (_SAID[how],)
    if how == "dynamic":
        marked = replace(preparation, binarisation="dynamic")
        return replace(dataset, preparation=marked, warnings=warnings)
    x = _drawn(np.asarray(dataset.x, np.uint8), preparation.levels, seed)
    fixed = replace(preparation, levels=1, binarisation="fixed")
    return replace(dataset, x=x, preparation=fixed, warnings=warnings)


def _refuse_what_cannot_be(preparation: Preparation, how: str, name: str) -> None:
    if how not in kind_of(preparation).binarisations:
        raise DataError(
            f"only pictures can be binarised, not {preparation.kind}",
            where=name,
            remedy="leave it at none",
        )
    if preparation.binarisation == "fixed":
        raise DataError(
            f"binarisation {how!r} cannot follow {preparation.binarisation!r},"
            " its grey values are gone",
            where=name,
            remedy="open the data set again",
        )


def fixed_draw(dataset: Dataset) -> Dataset:
    """What every evaluation uses: one seeded draw of dynamic data, all other data as it is."""
    if dataset.preparation.binarisation != "dynamic":
        return dataset
    if dataset not in _fixed_draws:
        _fixed_draws[dataset] = binarised(dataset, "fixed")
    return _fixed_draws[dataset]


def is_binary(dataset: Dataset) -> bool:
    """Whether every value that a model learns is the lowest or the highest there is."""
    if dataset.preparation.binarisation != "none":
        return True
    if dataset.x.dtype != np.uint8:
        return False
    levels = dataset.preparation.levels
    chunks = (dataset.x[start : start + 500] for start in range(0, len(dataset), 500))
    return all(bool(np.all((chunk == 0) | (chunk == levels))) for chunk in chunks)


def grey(preparation: Preparation) -> Preparation:
    """The preparation of the grey pictures that a binarised set is drawn from."""
    if preparation.binarisation == "none":
        return preparation
    levels = 255 if preparation.binarisation == "fixed" else preparation.levels
    return replace(preparation, binarisation="none", levels=levels)


def _drawn(x: Bytes, levels: int, seed: int) -> Bytes:
    """x ~ Bernoulli(grey), of the same shape.

    The grey is taken to the nearest of 255 steps, so that a set opened with 16 levels and one that
    repeats its preparation are drawn alike. RandomState's stream is frozen by numpy's promise.
    """
    random = np.random.RandomState(seed)
    grey255 = np.rint(np.arange(levels + 1) * (255.0 / levels)).astype(np.uint8)
    out = np.empty(x.shape, np.uint8)
    flat, drawn = x.ravel(), out.ravel()
    for start in range(0, len(flat), _CHUNK):
        part = slice(start, min(start + _CHUNK, len(flat)))
        uniform = random.random_sample(part.stop - start)
        drawn[part] = uniform * 255.0 < grey255[flat[part]]
    return out
