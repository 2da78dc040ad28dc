"""``latent-explorer models``: the members of the family."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.commands import Command, commands
from explorer.terminal.console import Console, Result


@commands.register("models")
@dataclass(frozen=True)
class ModelsCommand(Command):
    """List the models that can be trained, a line each."""

    def run(self, console: Console) -> Result:
        """Name -> summary, likelihoods and bodies (the default first), and what else it has.

        options: its own numbers with their defaults. training: the settings it comes with.
        """
        from explorer.models.presets import presets

        return {
            preset.name: {
                "summary": preset.summary,
                "likelihoods": list(preset.likelihoods),
                "bodies": list(preset.bodies),
                "kinds": list(preset.kinds),
                "options": dict(preset.options),
                "training": dict(preset.training),
            }
            for preset in presets.values()
        }

    def lines(self, values: Result) -> list[str]:
        """Name and summary."""
        width = max(map(len, values), default=0)
        return [f"{name:<{width}}  {_summary(of)}" for name, of in values.items()]


def _summary(of: object) -> str:
    return str(of["summary"]) if isinstance(of, dict) else ""
