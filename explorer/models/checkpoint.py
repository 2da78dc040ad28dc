"""A model in a folder: ``model.safetensors`` + ``model.json``, and what resuming needs. No torch.

No pickle anywhere. The files of one save belong together: each JSON file holds the SHA-256 of its
tensors, and `explorer.models.files.staging` puts all of them in place in one step.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import safetensors.numpy
from numpy.typing import NDArray

from explorer import paths
from explorer.data.dataset import Dataset
from explorer.errors import CheckpointError, ModelError
from explorer.models import codes as coding
from explorer.models.config import Codes, ModelSnapshot
from explorer.models.files.holding import PATIENCE, Hold, held, unwritable
from explorer.models.files.manifest import (
    MODEL,
    SCHEMA,
    TRAINING,
    broken,
    card_of,
    dump,
    part_of,
    read_card,
    read_settings,
)
from explorer.models.files.staging import COMMITTED, committed, publish, read_whole
from explorer.models.files.tensors import read_tensors

CODES = "codes.npz"
CURVE = "curve.json"  # of the training; `explorer.training.record.curve_file` knows what it says
NAMES = (
    *(f"{name}.{end}" for name in (MODEL, TRAINING) for end in ("safetensors", "json")),
    CODES,
    CURVE,
)
FAILING = "the model could not be saved"
Weights = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True, eq=False)
class ResumeState:
    """All that a training needs to go on to the bit: arrays by name, and JSON values."""

    tensors: Weights = field(repr=False)
    values: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Saved:
    """What `save` wrote: the snapshot with its path. note: a sentence where something is amiss."""

    snapshot: ModelSnapshot
    note: str = ""


def save(
    folder: str | Path,
    snapshot: ModelSnapshot,
    *,
    resume: ResumeState | None = None,
    codes: Codes | None = None,
    curve: bytes | None = None,
    hold: Hold | None = None,
) -> Saved:
    """Write a checkpoint so that after a kill at any moment the old or the new one is there, whole.

    Codes that are not of this snapshot are left out, and the note says so. curve: the content of
    its file. hold: of a caller who is
    the folder's writer; without it the save waits for its turn. Raises EnvironmentFault if it
    cannot be written: what was there before is still there.
    """
    folder = Path(folder)
    codes, left_out = _fitting(codes, snapshot)
    files = _files(snapshot, resume, codes)
    if curve is not None:
        files[CURVE] = curve
    with held(folder, PATIENCE, failing=FAILING) if hold is None else nullcontext():
        try:
            fault = publish(folder, files, replaces=NAMES)
        except OSError as error:
            raise unwritable(folder, error, FAILING) from error
    untidy = f"saved, not tidied up ({fault.strerror or fault})" if fault else ""
    notes = [note for note in (left_out, untidy) if note]
    return Saved(replace(snapshot, path=str(folder)), "; ".join(notes))


def _files(
    snapshot: ModelSnapshot, resume: ResumeState | None, codes: Codes | None
) -> dict[str, bytes]:
    """What a checkpoint's folder holds, by name."""
    tensors = safetensors.numpy.save(_contiguous(snapshot.weights))
    digest = hashlib.sha256(tensors).hexdigest()
    files = {f"{MODEL}.safetensors": tensors, f"{MODEL}.json": dump(card_of(snapshot, digest))}
    if resume is not None:
        tensors = safetensors.numpy.save(_contiguous(resume.tensors))
        card = {"schema": SCHEMA, "model": digest, "sha256": hashlib.sha256(tensors).hexdigest()}
        files[f"{TRAINING}.safetensors"] = tensors
        files[f"{TRAINING}.json"] = dump({**card, "values": dict(resume.values)})
    if codes is not None:
        files[CODES] = coding.pack(codes, digest, str(snapshot.data.get("hash", "")))
    return files


def _fitting(codes: Codes | None, snapshot: ModelSnapshot) -> tuple[Codes | None, str]:
    """The codes if they are the snapshot's own, of all of its data; else why they are not."""
    n = snapshot.data.get("n")
    try:
        if codes is not None:
            known = n if isinstance(n, int) else None
            coding.check_codes(codes, snapshot.id, snapshot.config.latent_dim, known)
    except ModelError as error:
        return None, f"saved without codes: {error.what}"
    return codes, ""


def load(folder: str | Path) -> ModelSnapshot:
    """The model in ``folder``, its weights read-only. Raises CheckpointError with one sentence."""
    folder = Path(folder)
    return read_whole(folder, lambda: _load(folder))


def _load(folder: Path) -> ModelSnapshot:
    card = read_card(folder, MODEL)
    config, preparation = read_settings(card, folder)
    weights, _ = _read_weights(folder, MODEL, card, shapes=part_of(card, "shapes", dict, folder))
    return ModelSnapshot(
        id=str(card.get("id", "")),
        config=config,
        preparation=preparation,
        weights=weights,
        metrics=part_of(card, "metrics", dict, folder),
        training=part_of(card, "training", dict, folder),
        data=part_of(card, "data", dict, folder),
        path=str(folder),
    )


def card(folder: str | Path) -> dict[str, Any]:
    """What model.json says, with the weights left unread. Raises CheckpointError."""
    folder = Path(folder)
    return read_whole(folder, lambda: read_card(folder, MODEL))


def load_resume(folder: str | Path) -> ResumeState:
    """What the training that wrote ``folder`` needs to go on. Raises CheckpointError."""
    folder = Path(folder)
    return read_whole(folder, lambda: _load_resume(folder))


def _load_resume(folder: Path) -> ResumeState:
    if not committed(folder, f"{TRAINING}.json").is_file():
        raise CheckpointError(
            "the checkpoint cannot be resumed, it holds no training state",
            where=folder,
            remedy="train afresh, or use one that was saved while training",
        )
    card = read_card(folder, TRAINING)
    if card.get("model") != read_card(folder, MODEL).get("sha256"):
        raise broken(folder, "its training state belongs to other weights")
    tensors, _ = _read_weights(folder, TRAINING, card)
    return ResumeState(tensors, part_of(card, "values", dict, folder))


def load_codes(
    folder: str | Path, dataset: Dataset, model: ModelSnapshot | None = None
) -> Codes | None:
    """The codes saved with the model, if they are of these weights and this data; else None.

    model: what `load` made of the folder, where a save since then must not bring other codes.
    """
    folder = Path(folder)
    try:
        return read_whole(folder, lambda: _load_codes(folder, dataset, model))
    except CheckpointError:  # a cache: whatever is wrong, encode
        return None


def _load_codes(folder: Path, dataset: Dataset, model: ModelSnapshot | None) -> Codes | None:
    """None where the files say that they are of other data. Raises CheckpointError."""
    card = read_card(folder, MODEL)
    config, _ = read_settings(card, folder)
    name, digest = str(card.get("id", "")), str(card.get("sha256"))
    if model is not None and model.id != name:
        return None
    try:
        found = coding.unpack(committed(folder, CODES), digest, dataset.content_hash, name)
        if found is not None:
            coding.check_codes(found, name, config.latent_dim, len(dataset))
    except ModelError as error:
        raise broken(folder, error.what) from error
    except coding.DAMAGE as error:
        raise broken(folder, f"{CODES} cannot be read") from error
    return found


def is_checkpoint(path: str | Path) -> bool:
    """Whether ``path`` is a folder that claims to hold a model."""
    folder = Path(path)
    places = (folder / COMMITTED, folder)  # in this order: a save moves from here to there
    return folder.is_dir() and any((place / f"{MODEL}.json").is_file() for place in places)


def bundled() -> dict[str, Path]:
    """The models that come with the program: name of the data set -> folder."""
    folders = sorted(f for f in paths.checkpoints().glob("*") if is_checkpoint(f))
    return {folder.name.rsplit("-", 1)[0]: folder for folder in folders}


def _read_weights(
    folder: Path, name: str, card: dict[str, Any], shapes: dict[str, Any] | None = None
) -> tuple[dict[str, NDArray[np.generic]], bytes]:
    """The tensors beside a card, checked against its hash and its table of shapes."""
    path = committed(folder, f"{name}.safetensors")
    tensors, content = read_tensors(path)
    if shapes is not None and {k: list(v.shape) for k, v in tensors.items()} != shapes:
        raise broken(folder, f"the tensors of {path.name} have other shapes than {name}.json says")
    if hashlib.sha256(content).hexdigest() != card.get("sha256"):
        raise broken(folder, f"{path.name} is not the file that {name}.json belongs to")
    return tensors, content


def _contiguous(weights: Weights) -> dict[str, NDArray[np.generic]]:
    return {name: np.ascontiguousarray(w).reshape(w.shape) for name, w in weights.items()}
