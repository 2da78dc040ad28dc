"""``latent-explorer models``: the members of the family, and those that come trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorer.commands import commands
from explorer.compute.meaning import trained_models
from explorer.config import Setting
from explorer.data.words.wording import many
from explorer.models.config import ModelConfig
from explorer.terminal.command import TerminalCommand
from explorer.terminal.console import Console, Result


@commands.register("models")
@dataclass(frozen=True)
class ModelsCommand(TerminalCommand):
    """List the models to train, and the trained ones that come along.

    The first kind are names for train --model; the second stand for the folder of a trained model
    wherever a command takes CHECKPOINT.
    """

    topic = "what there is"
    examples = ("models",)

    def run(self, console: Console) -> Result:
        """Name -> summary, likelihoods and bodies (the default first), and what else it has.

        options: the settings of its pieces with their defaults. settings: those of the default
        pieces, each with label, help and range. training: the settings it comes with.
        checkpoints: the bundled ones, each with name, data, preset, latent_dim, epochs and
        test_elbo in nats per sample.
        """
        from explorer.models.presets import presets

        trained = [_described(name, folder) for name, folder in trained_models().items()]
        return {
            preset.name: {
                "summary": preset.summary,
                "likelihoods": list(preset.likelihoods),
                "bodies": list(preset.bodies),
                "kinds": list(preset.kinds),
                "options": preset.options,
                "settings": [_told(one) for one in preset.settings(ModelConfig(preset.name))],
                "training": dict(preset.training),
                "checkpoints": [one for one in trained if one["preset"] == preset.name],
            }
            for preset in presets.values()
        }

    def lines(self, values: Result) -> list[str]:
        """Name and summary; below them the bundled ones."""
        members: Mapping[str, Any] = values
        shown = {name: member["summary"] for name, member in members.items()}
        trained = [one for member in members.values() for one in member["checkpoints"]]
        shown |= {one["name"]: _sentence(one) for one in trained}
        width = max(map(len, shown), default=0)
        return [f"{name:<{width}}  {text}" for name, text in shown.items()]


def _told(one: Setting) -> dict[str, Any]:
    """A setting of a model's pieces: its name for --set, and what it may be."""
    return {
        "name": one.name, "label": one.label, "help": one.help,
        "default": one.default, "low": one.low, "high": one.high,
    }  # fmt: skip


def _described(name: str, folder: Path) -> dict[str, Any]:
    """A bundled checkpoint, as ``runs`` lists those of the user."""
    from explorer.models import checkpoint

    model = checkpoint.load(folder)
    return {
        "name": name,
        "path": model.path,
        "data": model.data.get("source"),
        "preset": model.config.preset,
        "latent_dim": model.config.latent_dim,
        "epochs": model.training.get("epochs"),
        "test_elbo": model.metrics.get("test_elbo"),
    }


def _worth(elbo: object) -> str:
    return f", test ELBO {elbo:.1f} nats per sample" if isinstance(elbo, float) else ""


def _sentence(trained: Mapping[str, Any]) -> str:
    return (
        f"trained: {trained['preset']} of {trained['data']}, "
        f"{many(trained['latent_dim'], 'latent dimension', 'latent dimensions')}, "
        f"{many(trained['epochs'], 'epoch', 'epochs')}" + _worth(trained["test_elbo"])
    )
