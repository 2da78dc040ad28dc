"""``latent-explorer encode``: codes of a data set as a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from explorer.commands import Command, argument, commands, option
from explorer.data.dataset import Dataset
from explorer.models.config import Codes
from explorer.terminal.console import Console, Result
from explorer.terminal.files import check_out, written
from explorer.terminal.reading import ReadsData
from explorer.terminal.sources import open_checkpoint, open_data


@commands.register("encode")
@dataclass(frozen=True)
class EncodeCommand(ReadsData, Command):
    """Write where a model puts every sample of a data set.

    The .npz holds mean (n, d) and std (n, d) float32, index (n,) int64, and where labels are known
    label (n,) int64 with their names in classes.
    """

    checkpoint: str = argument("A checkpoint folder, or the bundled model's name.")
    data: str = argument("A bundled name or a path.")
    out: Path = option("The .npz to write.")

    def run(self, console: Console) -> Result:
        """Encode and write; says how many codes of how many dimensions."""
        out = check_out(self.out, ".npz")
        model = open_checkpoint(self.checkpoint)
        dataset = open_data(self.data, console, model, choices=self.choices)
        from explorer.models import autoencoder
        from explorer.models.encoding import encode

        codes = encode(autoencoder.from_snapshot(model), dataset, None, console.task)
        write_codes(out, codes, dataset)
        return {"out": out, "n": len(dataset), "latent_dim": model.config.latent_dim}


def write_codes(out: Path, codes: Codes, dataset: Dataset) -> None:
    """codes.npz of contract section 1, whole or not at all."""
    known: dict[str, Any] = {}
    if dataset.labels is not None:
        known = {"label": dataset.labels, "classes": np.array(dataset.classes)}
    with written(out) as file:
        np.savez(file, mean=codes.mean, std=codes.std, index=codes.index, **known)
