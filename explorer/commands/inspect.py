"""``latent-explorer inspect``: a look before anything is loaded."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from explorer.commands import Command, argument, commands, option
from explorer.data.kinds import BINARISATIONS, KINDS
from explorer.models.config import ModelSnapshot
from explorer.terminal.console import Console, Result, rows
from explorer.terminal.sources import trained_models

CLASSES = 20  # that are listed; --json has all


@commands.register("inspect")
@dataclass(frozen=True)
class InspectCommand(Command):
    """Say what would be loaded from a path, and what is odd about it."""

    topic = "what there is"
    examples = ("inspect digits",)

    path: str = argument(
        "Data (a file, a folder, a bundled name) or the folder of a trained model.",
        completes="data",
    )
    kind: str | None = option(
        "What samples are read as.", None, choices=KINDS, unset="what their shape suggests"
    )
    binarisation: str = option(
        "Pictures in black and white: drawn once (fixed) or anew each time (dynamic).",
        "none",
        choices=BINARISATIONS,
    )

    def run(self, console: Console) -> Result:
        """The description of a data set, or of a model and the data it was made for."""
        from explorer.data import opening
        from explorer.models import checkpoint

        here = os.path.lexists(self.path)
        folder = self.path if here else trained_models().get(self.path, self.path)
        if folder and checkpoint.is_checkpoint(folder):
            return _of_model(checkpoint.load(folder))
        seen = opening.describe(
            self.path, console.task, kind=self.kind, binarisation=self.binarisation
        )
        return {"what": "data", **asdict(seen)}

    def lines(self, values: Result) -> list[str]:
        """Shapes as H x W x C, ranges as from..to."""
        shown = {key: value for key, value in values.items() if key != "metrics"}
        metrics = values.get("metrics")
        shown |= metrics if isinstance(metrics, dict) else {}
        shown["shape"] = _joined(values["shape"], " x ")
        if values["range"] is not None:
            ends = " (black .. white)" if values["kind"] == "images" else ""
            shown["range"] = _joined(values["range"], " .. ") + ends
        if isinstance(values["labels"], dict):
            shown["labels"] = _shortened(values["labels"])
        return rows(shown)


def _of_model(model: ModelSnapshot) -> Result:
    """A checkpoint, with the keys that a data set has."""
    from explorer.models.presets import presets

    made_for, config = model.preparation, model.config
    preset = presets[config.preset]
    return {
        "what": "model",
        "kind": made_for.kind,
        "n": model.data.get("n"),
        "shape": list(made_for.shape),
        "dtype": "float32" if made_for.is_float else "uint8",
        "range": [made_for.low, made_for.high],
        "labels": None,
        "splits": {},
        "warnings": [],
        "binarisation": made_for.binarisation,
        "model": config.preset,
        "body": preset.body_for(config.body, made_for.kind),
        "likelihood": preset.likelihood_for(config.likelihood, made_for.kind),
        "latent_dim": config.latent_dim,
        "data": model.data.get("source"),
        "metrics": dict(model.metrics),
    }


def _shortened(labels: Mapping[str, int]) -> str:
    """How many samples the first classes have, and how many classes follow."""
    listed = ", ".join(f"{name}: {n}" for name, n in list(labels.items())[:CLASSES])
    return listed if len(labels) <= CLASSES else f"{listed} and {len(labels) - CLASSES} more"


def _joined(values: object, between: str) -> str:
    listed = values if isinstance(values, Sequence) else ()
    return between.join(f"{value:g}" for value in listed)
