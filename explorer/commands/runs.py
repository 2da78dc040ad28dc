"""``latent-explorer runs``: the models that the program keeps of itself."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from explorer import paths
from explorer.commands import commands
from explorer.terminal.command import TerminalCommand
from explorer.terminal.console import Console, Result

if TYPE_CHECKING:
    from explorer.compute.runs import RunRecord


@commands.register("runs")
@dataclass(frozen=True)
class RunsCommand(TerminalCommand):
    """List the trained models that were kept, the newest first.

    Those that the window trained, and those that could not be saved where they should have been.
    """

    topic = "what there is"
    examples = ("runs",)

    def run(self, console: Console) -> Result:
        """folder: where they are. runs: each as a mapping."""
        from explorer.compute.runs import kept

        folder = paths.runs()
        runs = [_told(run) for run in kept(folder)]
        without = any(run["test_elbo"] is None for run in runs)
        return {"folder": folder, "runs": runs, "warnings": [NO_ELBO] if without else []}

    def lines(self, values: Result) -> list[str]:
        """Date, what it is, how far it got, and where."""
        runs = values["runs"]
        assert isinstance(runs, list)
        return [_line(run) for run in runs] or [f"there are none yet in {values['folder']}"]


NO_ELBO = "test_elbo is null of plain autoencoders, which have none, and where it was not measured"


def _told(run: RunRecord) -> dict[str, object]:
    return {
        "name": run.name,
        "path": str(run.path),
        "data": run.data,
        "preset": run.preset,
        "latent_dim": run.latent_dim,
        "epochs": run.epochs,
        "test_elbo": run.test_elbo,
        "date": time.strftime("%Y-%m-%dT%H:%M:%S", time.localtime(run.date)),
        "bytes": run.bytes,
        "state": "cut off" if run.unfinished else run.state,
    }


def _line(run: dict[str, object]) -> str:
    what = f"{run['preset']} on {run['data']}, {run['latent_dim']} dimensions"
    return f"{run['date']}  {what}, {run['epochs']:g} epochs, {run['state']}  {run['path']}"
