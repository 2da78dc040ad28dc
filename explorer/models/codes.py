"""Codes in a checkpoint's folder: ``codes.npz``, a cache that is believed only where all fits."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.errors import ModelError
from explorer.models.config import Codes

PLOTTABLE = 1e9  # a coordinate beyond it cannot be told from its neighbours in a plot
DAMAGE = (
    *(OSError, ValueError, KeyError, TypeError, EOFError, MemoryError, NotImplementedError),
    *(RuntimeError, zipfile.BadZipFile, zlib.error),
)  # what reading a spoilt archive raises


def pack(codes: Codes, weights_hash: str, data_hash: str) -> bytes:
    """The file's content."""
    arrays: dict[str, Any] = {"mean": codes.mean, "std": codes.std, "index": codes.index}
    for name in ("kl_per_dim", "cov"):
        if getattr(codes, name) is not None:
            arrays[name] = getattr(codes, name)
    buffer = io.BytesIO()
    np.savez(buffer, weights_hash=weights_hash, data_hash=data_hash, **arrays)
    return buffer.getvalue()


def unpack(path: Path, weights_hash: str, data_hash: str, model_id: str) -> Codes | None:
    """The codes in ``path``, read-only; None if they are of other weights or other data.

    Raises one of `DAMAGE`.
    """
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        if (str(arrays["weights_hash"]), str(arrays["data_hash"])) != (weights_hash, data_hash):
            return None
        mean, std, index = (_frozen(arrays[name]) for name in ("mean", "std", "index"))
        kl, cov = (_optional(arrays, name) for name in ("kl_per_dim", "cov"))
    return Codes(model_id, mean, std, index, kl, cov)


def check_codes(codes: Codes, model_id: str, d: int, n: int | None = None) -> None:
    """Raise ModelError unless the codes are that model's, in d dimensions, and can be plotted.

    n: there must be one for each of so many samples; None where that is not known.
    """
    count = len(codes.index)
    forms = {
        "mean": (codes.mean, (count, d)),
        "std": (codes.std, (count, d)),
        "kl_per_dim": (codes.kl_per_dim, (d,)),
        "cov": (codes.cov, (count, d, d)),
    }
    _require(codes.model_id == model_id, "the codes are of another moment of the training")
    _require(n in (None, count), f"the codes are of {count} samples, the data has {n}")
    ordered = codes.index.dtype.kind == "i" and bool(
        (np.sort(codes.index) == np.arange(count)).all()
    )
    _require(n is None or ordered, "the codes are not of each sample once")
    for name, (array, shape) in forms.items():
        if array is not None:
            _require(array.shape == shape, f"the codes' {name} is {array.shape}, not {shape}")
            _require(array.dtype == np.float32, f"the codes' {name} is {array.dtype}")
            _require(bool(np.isfinite(array).all()), f"the codes' {name} is not finite everywhere")
    far = max(np.abs(codes.mean).max(initial=0), codes.std.max(initial=0))
    _require(far <= PLOTTABLE, f"the codes lie too far out to be plotted, at {far:.1g}")
    _require(bool((codes.std >= 0).all()), "the codes' std is negative")


def _require(good: bool, what: str) -> None:
    if not good:
        raise ModelError(what, remedy="find the codes again, or train with a lower learning rate")


def _optional(arrays: Any, name: str) -> NDArray[Any] | None:
    return _frozen(arrays[name]) if name in arrays else None


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    array.flags.writeable = False
    return array
