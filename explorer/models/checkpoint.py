"""A model in a folder: ``model.safetensors`` + ``model.json``, and what resuming needs. No torch.

No pickle anywhere. The files of one save belong together: each JSON file holds the SHA-256 of its
tensors, and `explorer.models.staging` puts all of them in place in one step.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import safetensors.numpy
from numpy.typing import NDArray

from explorer import paths
from explorer.config import from_json, to_json
from explorer.data.dataset import Dataset, Preparation
from explorer.errors import CheckpointError, EnvironmentFault, ModelError, SettingsError
from explorer.models.allowed import allowed
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.models.staging import committed, publish
from explorer.models.tensors import read_tensors

SCHEMA = 1
MODEL, TRAINING = "model", "training"
CODES = "codes.npz"
MAX_JSON = 16 * 2**20  # bytes
Weights = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True, eq=False)
class ResumeState:
    """All that a training needs to go on to the bit: arrays by name, and JSON values."""

    tensors: Weights = field(repr=False)
    values: Mapping[str, Any]


def save(
    folder: str | Path,
    snapshot: ModelSnapshot,
    *,
    resume: ResumeState | None = None,
    codes: Codes | None = None,
) -> ModelSnapshot:
    """Write a checkpoint so that after a kill at any moment the old or the new one is there, whole.

    Returns the snapshot with its path. Raises EnvironmentFault if it cannot be written.
    """
    folder = Path(folder)
    tensors = safetensors.numpy.save(_contiguous(snapshot.weights))
    digest = hashlib.sha256(tensors).hexdigest()
    files = {f"{MODEL}.safetensors": tensors, f"{MODEL}.json": _dump(_card(snapshot, digest))}
    if resume is not None:
        tensors = safetensors.numpy.save(_contiguous(resume.tensors))
        card = {"schema": SCHEMA, "model": digest, "sha256": hashlib.sha256(tensors).hexdigest()}
        files[f"{TRAINING}.safetensors"] = tensors
        files[f"{TRAINING}.json"] = _dump({**card, "values": dict(resume.values)})
    if codes is not None:
        files[CODES] = _pack_codes(codes, digest, str(snapshot.data.get("hash", "")))
    try:
        publish(folder, files, replaces=(f"{TRAINING}.safetensors", f"{TRAINING}.json", CODES))
    except OSError as error:
        raise EnvironmentFault(
            f"the model could not be saved: {error.strerror or error}",
            where=folder,
            remedy="choose a folder that can be written, on a disk with room",
        ) from error
    return replace(snapshot, path=str(folder))


def load(folder: str | Path) -> ModelSnapshot:
    """The model in ``folder``, its weights read-only. Raises CheckpointError with one sentence."""
    folder = Path(folder)
    card = _read_card(folder, MODEL)
    config, preparation = _read_settings(card, folder)
    weights, _ = _read_weights(folder, MODEL, card, shapes=_field(card, "shapes", dict, folder))
    return ModelSnapshot(
        id=str(card.get("id", "")),
        config=config,
        preparation=preparation,
        weights=weights,
        metrics=_field(card, "metrics", dict, folder),
        training=_field(card, "training", dict, folder),
        data=_field(card, "data", dict, folder),
        path=str(folder),
    )


def load_resume(folder: str | Path) -> ResumeState:
    """What the training that wrote ``folder`` needs to go on. Raises CheckpointError."""
    folder = Path(folder)
    if not committed(folder, f"{TRAINING}.json").is_file():
        raise CheckpointError(
            "the checkpoint cannot be resumed, it holds no training state",
            where=folder,
            remedy="train afresh, or use one that was saved while training",
        )
    card = _read_card(folder, TRAINING)
    if card.get("model") != _read_card(folder, MODEL).get("sha256"):
        raise _broken(folder, "its training state belongs to other weights")
    tensors, _ = _read_weights(folder, TRAINING, card)
    return ResumeState(tensors, _field(card, "values", dict, folder))


def load_codes(folder: str | Path, dataset: Dataset) -> Codes | None:
    """The codes saved with the model, if they are of these weights and this data; else None."""
    path = committed(Path(folder), CODES)
    try:
        card = _read_card(Path(folder), MODEL)
        with np.load(path, allow_pickle=False) as arrays:
            owner = (str(arrays["weights_hash"]), str(arrays["data_hash"]))
            if owner != (card.get("sha256"), dataset.content_hash):
                return None
            mean, std, index = (_frozen(arrays[name]) for name in ("mean", "std", "index"))
            kl, cov = (_optional(arrays, name) for name in ("kl_per_dim", "cov"))
            if not len(mean) == len(std) == len(index) == len(dataset):
                return None
    except (OSError, ValueError, KeyError, CheckpointError):  # a cache: whatever is wrong, encode
        return None
    return Codes(str(card.get("id", "")), mean, std, index, kl, cov)


def is_checkpoint(path: str | Path) -> bool:
    """Whether ``path`` is a folder that claims to hold a model."""
    folder = Path(path)
    return folder.is_dir() and committed(folder, f"{MODEL}.json").is_file()


def bundled() -> dict[str, Path]:
    """The models that come with the program: name of the data set -> folder."""
    folders = sorted(f for f in paths.checkpoints().glob("*") if is_checkpoint(f))
    return {folder.name.rsplit("-", 1)[0]: folder for folder in folders}


def _card(snapshot: ModelSnapshot, digest: str) -> dict[str, Any]:
    """What model.json holds."""
    return {
        "schema": SCHEMA,
        "id": snapshot.id,
        "sha256": digest,
        "config": to_json(snapshot.config),
        "preparation": to_json(snapshot.preparation),
        "shapes": {name: list(array.shape) for name, array in snapshot.weights.items()},
        "data": dict(snapshot.data),
        "training": dict(snapshot.training),
        "metrics": dict(snapshot.metrics),
        "versions": _versions(),
    }


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in ("latent-space-explorer", "torch", "numpy", "safetensors"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _read_card(folder: Path, name: str) -> dict[str, Any]:
    """The parsed JSON file, of a schema this program knows."""
    path = committed(folder, f"{name}.json")
    try:
        with path.open("rb") as file:
            text = file.read(MAX_JSON + 1)
        card = json.loads(text) if len(text) <= MAX_JSON else None
    except FileNotFoundError as error:
        raise CheckpointError(
            f"there is no {name}.json", where=folder, remedy="choose the folder of a saved model"
        ) from error
    except OSError as error:
        raise _broken(folder, f"{name}.json cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise _broken(folder, f"{name}.json is not JSON") from error
    if not isinstance(card, dict) or type(card.get("schema")) is not int or card["schema"] < 1:
        raise _broken(folder, f"{name}.json does not describe a model")
    if card["schema"] > SCHEMA:
        raise CheckpointError(
            f"the checkpoint has schema {card['schema']}, this program knows {SCHEMA}",
            where=folder,
            remedy="update latent-space-explorer",
        )
    return card


def _read_settings(card: dict[str, Any], folder: Path) -> tuple[ModelConfig, Preparation]:
    """What the model is and what its data is made into, if both are possible."""
    try:
        config = from_json(ModelConfig, card.get("config"))
        preparation = from_json(Preparation, card.get("preparation"))
        allowed(config, preparation)
    except (SettingsError, ModelError) as error:
        raise _broken(folder, f"{MODEL}.json: {error.what}") from error
    return config, preparation


def _read_weights(
    folder: Path, name: str, card: dict[str, Any], shapes: dict[str, Any] | None = None
) -> tuple[dict[str, NDArray[np.generic]], bytes]:
    """The tensors beside a card, checked against its hash and its table of shapes."""
    path = committed(folder, f"{name}.safetensors")
    tensors, content = read_tensors(path)
    if shapes is not None and {k: list(v.shape) for k, v in tensors.items()} != shapes:
        raise _broken(folder, f"the tensors of {path.name} have other shapes than {name}.json says")
    if hashlib.sha256(content).hexdigest() != card.get("sha256"):
        raise _broken(folder, f"{path.name} is not the file that {name}.json belongs to")
    return tensors, content


def _field(card: dict[str, Any], name: str, kind: type, folder: Path) -> Any:
    if not isinstance(card.get(name), kind):
        raise _broken(folder, f"its JSON has no proper field {name!r}")
    return card[name]


def _broken(folder: Path, why: str) -> CheckpointError:
    return CheckpointError(
        f"the checkpoint cannot be used, {why}", where=folder, remedy="take an intact copy of it"
    )


def _dump(card: Mapping[str, Any]) -> bytes:
    return json.dumps(_finite(card), indent=1, allow_nan=False).encode()


def _finite(value: Any) -> Any:
    """JSON has no NaN: such numbers become null."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {str(k): _finite(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(v) for v in value]
    return value


def _contiguous(weights: Weights) -> dict[str, NDArray[np.generic]]:
    return {name: np.ascontiguousarray(w).reshape(w.shape) for name, w in weights.items()}


def _pack_codes(codes: Codes, weights_hash: str, data_hash: str) -> bytes:
    arrays: dict[str, Any] = {"mean": codes.mean, "std": codes.std, "index": codes.index}
    for name in ("kl_per_dim", "cov"):
        if getattr(codes, name) is not None:
            arrays[name] = getattr(codes, name)
    buffer = io.BytesIO()
    np.savez(buffer, weights_hash=weights_hash, data_hash=data_hash, **arrays)
    return buffer.getvalue()


def _optional(arrays: Any, name: str) -> NDArray[Any] | None:
    return _frozen(arrays[name]) if name in arrays else None


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    array.flags.writeable = False
    return array
