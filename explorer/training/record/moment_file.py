"""A moment of a training as a file: safetensors, mapped into memory as it is read. No torch.

They lie in the folder of their run, in ``moments/``, and are named by their epochs. A file takes
its name when it is whole; none is needed to open the model or to go on with its training.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import safetensors.numpy
from numpy.typing import NDArray

from explorer.errors import CheckpointError
from explorer.models.codes import check_codes
from explorer.models.config import Codes, ModelSnapshot
from explorer.models.files.tensors import mapped, unreadable
from explorer.training.record.moment import Moment, without_weights

MOMENTS = "moments"  # the folder
END = ".safetensors"
WEIGHTS, CODES = "weights.", "codes."
OF_CODES = ("mean", "std", "index", "kl_per_dim", "cov")


def write(folder: Path, run: str, moment: Moment) -> Moment:
    """The moment with its file in ``folder``, which is made. run: of which it is. Raises OSError.

    Not flushed to the disk: where the machine goes down, a moment is lost, not the training.
    """
    assert moment.codes is not None
    folder.mkdir(exist_ok=True)
    parts = {name: getattr(moment.codes, name) for name in OF_CODES}
    tensors = {WEIGHTS + name: _whole(w) for name, w in moment.model.weights.items()}
    tensors |= {CODES + name: _whole(a) for name, a in parts.items() if a is not None}
    told = {"run": run, "number": str(moment.number), "epoch": repr(moment.epoch),
            "id": moment.model.id}  # fmt: skip
    path = folder / f"epoch-{moment.epoch:011.5f}{END}"
    temporary = path.with_name(f".{path.name}")
    try:
        temporary.write_bytes(safetensors.numpy.save(tensors, told))
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    return replace(moment, path=path)


def _whole(array: NDArray[Any]) -> NDArray[Any]:
    """Contiguous, and of the same shape: numpy makes one number a row."""
    return np.ascontiguousarray(array).reshape(array.shape)


def load(moment: Moment) -> Moment:
    """The moment with its weights and codes, which stay in the file until they are used.

    Raises CheckpointError where they cannot be read.
    """
    assert moment.path is not None
    tensors, told = mapped(moment.path)
    if told.get("id") != moment.model.id:
        raise unreadable(moment.path, "is of other weights")
    weights = {n[len(WEIGHTS) :]: a for n, a in tensors.items() if n.startswith(WEIGHTS)}
    codes = _codes(tensors, moment)
    return replace(moment, model=replace(moment.model, weights=weights), codes=codes)


def _codes(tensors: dict[str, NDArray[Any]], moment: Moment) -> Codes:
    parts: dict[str, Any] = {name: tensors.get(CODES + name) for name in OF_CODES}
    if any(parts[name] is None for name in OF_CODES[:3]):
        raise unreadable(_path(moment), "holds no codes")
    codes = Codes(moment.model.id, **parts)
    check_codes(codes, moment.model.id, moment.model.config.latent_dim)
    return codes


def _path(moment: Moment) -> Path:
    assert moment.path is not None
    return moment.path


def kept(folder: Path, run: str, model: ModelSnapshot, until: float) -> tuple[Moment, ...]:
    """The moments of a run that lie in ``folder``, up to an epoch, none of them in memory.

    model: any of that run. What cannot be read, or is of another run, is left out.
    """
    found = [_read(path, run, without_weights(model)) for path in files(folder)]
    moments = [moment for moment in found if moment is not None and moment.epoch <= until]
    return tuple(sorted(moments, key=lambda moment: moment.number))


def _read(path: Path, run: str, model: ModelSnapshot) -> Moment | None:
    try:
        told = told_by(path)
        if told["run"] != run:
            return None
        epoch, size = float(told["epoch"]), path.stat().st_size
        own = replace(model, id=told["id"], metrics={"epoch": epoch}, training={}, path=None)
        return Moment(int(told["number"]), epoch, own, None, size, path)
    except (OSError, ValueError, KeyError, TypeError, CheckpointError):
        return None


def told_by(path: Path) -> dict[str, str]:
    """What the head of a file says beside its tensors. Raises OSError and ValueError."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if length > path.stat().st_size:
            raise ValueError("it is not whole")
        head = json.loads(file.read(length))
    told = head["__metadata__"]
    return {str(name): str(value) for name, value in told.items()}


def files(folder: Path) -> list[Path]:
    """The files of moments in a folder, and what a kill left half-written."""
    try:
        return sorted(path for path in folder.iterdir() if path.name.endswith(END))
    except OSError:
        return []


def remove(paths: Iterable[Path]) -> None:
    """Take files away, and their folder where nothing is left in it."""
    for path in paths:
        with suppress(OSError):  # who has it open on Windows leaves it to the next time
            path.unlink()
        with suppress(OSError):
            path.parent.rmdir()


def forget_others(folder: Path, run: str) -> None:
    """Take away the moments in a run's folder that are of another run than the model in it."""
    for path in files(folder / MOMENTS):
        with suppress(OSError, ValueError, KeyError, TypeError):
            if told_by(path)["run"] != run:
                remove([path])


def size(folder: Path) -> int:
    """Bytes of the moments in the folder of a run."""
    total = 0
    with suppress(OSError), os.scandir(folder / MOMENTS) as entries:
        total = sum(entry.stat().st_size for entry in entries)
    return total
