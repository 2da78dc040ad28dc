"""``latent-explorer probe``: what codes are worth where labels are few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from explorer.commands import commands
from explorer.terminal.command import Command, checkpoint_argument, data_argument, limited
from explorer.terminal.console import Console, Result
from explorer.terminal.reading import ReadsData
from explorer.terminal.sources import open_checkpoint, open_data_for


@commands.register("probe")
@dataclass(frozen=True)
class ProbeCommand(ReadsData, Command):
    """Say how far a few labels carry, on codes and on raw data.

    Held-out samples are classified with 1 to 100 labels per class, by a linear probe, by nearest
    neighbours and by a small network, on codes, PCA scores and raw features; means over several
    choices of the labelled samples.
    """

    topic = "measurements"
    examples = ("probe digits digits",)

    checkpoint: str = checkpoint_argument()
    data: str = data_argument()
    repeats: int = limited("Choices of the labelled samples.", 5, low=1, high=1000)
    seed: int = limited("Same seed, same choices.", 0, low=0, high=2**31)

    def run(self, console: Console) -> Result:
        """The curve, a point for each input, method and number of labels."""
        model = open_checkpoint(self.checkpoint)
        dataset = open_data_for(model, self.data, console, self.choices)
        from explorer.analysis.basis import measured_on
        from explorer.analysis.semisupervised import probe
        from explorer.models import autoencoder

        module = autoencoder.from_snapshot(model)
        with console.interrupt_cancels():
            curve = probe(
                module, measured_on(dataset), console.task, repeats=self.repeats, seed=self.seed
            )
        return {
            "n": curve.n,
            "k": model.config.latent_dim,
            "repeats": self.repeats,
            "seed": self.seed,
            "curve": [asdict(point) for point in curve.points],
        }

    def lines(self, values: Result) -> list[str]:
        """A line for each input and method, a column for each number of labels per class."""
        points: Any = values["curve"]
        counts = sorted({p["labels_per_class"] for p in points})
        shares = {(p["features"], p["method"], p["labels_per_class"]): p for p in points}
        keys = list(dict.fromkeys(key[:2] for key in shares))
        table = [_columns("labels a class", counts)]
        for key in keys:
            cells = (shares[(*key, m)] for m in counts)
            texts = [f"{p['accuracy']:.3f} +- {p['deviation']:.3f}" for p in cells]
            table.append(_columns(" ".join(key), texts))
        return [f"accuracy on {values['n']} held-out samples", *table]


def _columns(name: str, cells: Sequence[object]) -> str:
    return f"{name:<16}" + "".join(f"{cell!s:>17}" for cell in cells)
