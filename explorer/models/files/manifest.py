"""The JSON files of a checkpoint: what they say, and whether that is possible. No torch."""

from __future__ import annotations

import json
import math
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from explorer.config import from_json, to_json
from explorer.data.dataset import Preparation
from explorer.errors import CheckpointError, ModelError, SettingsError
from explorer.models.allowed import allowed
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.files.staging import committed

SCHEMA = 1
MODEL, TRAINING = "model", "training"
MAX_JSON = 16 * 2**20  # bytes


def card_of(snapshot: ModelSnapshot, digest: str) -> dict[str, Any]:
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
    versions = {"python": platform.python_version()}
    for name in ("latent-space-explorer", "torch", "numpy", "safetensors"):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return versions


def read_card(folder: Path, name: str) -> dict[str, Any]:
    """The parsed JSON file, of a schema this program knows. Raises CheckpointError."""
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
        raise broken(folder, f"{name}.json cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise broken(folder, f"{name}.json is not JSON") from error
    if not isinstance(card, dict) or type(card.get("schema")) is not int or card["schema"] < 1:
        raise broken(folder, f"{name}.json does not describe a model")
    if card["schema"] > SCHEMA:
        raise CheckpointError(
            f"the checkpoint has schema {card['schema']}, this program knows {SCHEMA}",
            where=folder,
            remedy="update latent-space-explorer",
        )
    return card


def read_settings(card: dict[str, Any], folder: Path) -> tuple[ModelConfig, Preparation]:
    """What the model is and what its data is made into, if both are possible."""
    try:
        config = from_json(ModelConfig, card.get("config"))
        preparation = from_json(Preparation, card.get("preparation"))
        allowed(config, preparation)
    except (SettingsError, ModelError) as error:
        raise broken(folder, f"{MODEL}.json: {error.what}") from error
    return config, preparation


def part_of(card: dict[str, Any], name: str, kind: type, folder: Path) -> Any:
    """A field that must be there. Raises CheckpointError."""
    if not isinstance(card.get(name), kind):
        raise broken(folder, f"its JSON has no proper field {name!r}")
    return card[name]


def broken(folder: Path, why: str) -> CheckpointError:
    """The sentence for a checkpoint that cannot be used."""
    return CheckpointError(
        f"the checkpoint cannot be used, {why}", where=folder, remedy="take an intact copy of it"
    )


def dump(card: Mapping[str, Any]) -> bytes:
    """The JSON file's content."""
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
