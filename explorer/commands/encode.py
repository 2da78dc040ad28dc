"""``latent-explorer encode``: codes of a data set as a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.commands import commands
from explorer.models.config import Codes
from explorer.terminal.command import Command, checkpoint_argument, data_argument, option
from explorer.terminal.console import Console, Result
from explorer.terminal.files import check_out
from explorer.terminal.reading import ReadsData
from explorer.terminal.sources import open_checkpoint, open_data
from explorer.writing import written

if TYPE_CHECKING:
    from explorer.data.dataset import Dataset


@commands.register("encode")
@dataclass(frozen=True)
class EncodeCommand(ReadsData, Command):
    """Write where a model puts every sample of a data set.

    The .npz holds mean (n, d) and std (n, d) float32, index (n,) int64, and where labels are known
    label (n,) int64 with their names in classes.
    """

    topic = "models"
    examples = ("encode digits digits --out codes.npz",)

    checkpoint: str = checkpoint_argument()
    data: str = data_argument()
    out: Path = option("The .npz to write.")

    def run(self, console: Console) -> Result:
        """Encode and write; says how many codes of how many dimensions."""
        out = check_out(self.out, ".npz")
        model = open_checkpoint(self.checkpoint)
        dataset = open_data(self.data, console, model, choices=self.choices)
        from explorer.data.binarising import settled
        from explorer.models import autoencoder
        from explorer.models.encoding import encode

        codes = encode(autoencoder.from_snapshot(model), settled(dataset), None, console.task)
        write_codes(out, codes, dataset)
        return {"out": out, "n": len(dataset), "latent_dim": model.config.latent_dim}


def write_codes(out: Path, codes: Codes, dataset: Dataset) -> None:
    """codes.npz of contract section 1, whole or not at all."""
    import numpy as np

    known: dict[str, Any] = {}
    if dataset.labels is not None:
        known = {"label": dataset.labels, "classes": np.array(dataset.classes)}
    with written(out) as file:
        np.savez(file, mean=codes.mean, std=codes.std, index=codes.index, **known)
