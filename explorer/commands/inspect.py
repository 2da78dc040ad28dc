"""``latent-explorer inspect``: a look before anything is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from explorer.commands import commands
from explorer.compute.meaning import meaning
from explorer.data.choices import remembered
from explorer.data.kinds import BINARISATIONS, kind_of, kinds
from explorer.data.words.wording import few
from explorer.errors import SettingsError
from explorer.models.config import ModelSnapshot
from explorer.terminal.command import TerminalCommand, argument, option
from explorer.terminal.console import Console, Result, rows
from explorer.terminal.reading import ReadsData

CLASSES, COLUMNS = 20, 8  # that are listed; --json has all


@commands.register("inspect")
@dataclass(frozen=True)
class InspectCommand(ReadsData, TerminalCommand):
    """Say what would be loaded from a path, and what is odd about it."""

    topic = "what there is"
    examples = ("inspect digits",)

    path: str = argument(
        "Data (a file, a folder, a bundled name) or the folder of a trained model.",
        completes="data",
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

        meant = meaning(self.path)
        if meant.kind == "checkpoint":
            self._require_none()
            return _of_model(checkpoint.load(meant.source))
        seen = opening.describe(
            self.path, console.task, binarisation=self.binarisation, choices=self.choices
        )
        return {"what": "data", **asdict(seen)}

    def _require_none(self) -> None:
        """Raise SettingsError where flags say how to read a model."""
        if self.choices.given:
            flags = ", ".join(f"--{name}" for name in self.choices.given)
            raise SettingsError(
                f"a checkpoint is no data that {flags} could be said of",
                where=self.path,
                remedy="inspect the data it was made for",
            )

    def lines(self, values: Result) -> list[str]:
        """Shapes as H x W x C, ranges as from..to."""
        shown = {key: value for key, value in values.items() if key != "metrics"}
        metrics = values.get("metrics")
        shown |= metrics if isinstance(metrics, dict) else {}
        if isinstance(values["columns"], (list, tuple)) and values["columns"]:
            shown["columns"] = few(values["columns"], COLUMNS)
        shown["shape"] = _joined(values["shape"], " x ")
        if values["range"] is not None:
            ends = kinds[str(values["kind"])].range_note
            shown["range"] = _joined(values["range"], " .. ") + ends
        if isinstance(values["labels"], dict) and values["labels"]:
            shown["labels"] = few([f"{k}: {n:,}" for k, n in values["labels"].items()], CLASSES)
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
        "dtype": kind_of(made_for).dtype,
        "range": [made_for.low, made_for.high],
        "labels": None,
        "splits": {},
        "warnings": [],
        "binarisation": made_for.binarisation,
        "columns": list(made_for.names),
        "choices": remembered(model.data).given,
        "model": config.preset,
        "body": preset.body_for(config.body, made_for.kind),
        "likelihood": preset.likelihood_for(config.likelihood, made_for.kind),
        "latent_dim": config.latent_dim,
        "data": model.data.get("source"),
        "metrics": dict(model.metrics),
    }


def _joined(values: object, between: str) -> str:
    listed = values if isinstance(values, Sequence) else ()
    return between.join(f"{value:g}" for value in listed)
