"""``latent-explorer inpaint``: samples with a hole, filled in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer.commands import (
    Command,
    checkpoint_argument,
    choice,
    commands,
    data_argument,
    limited,
    magnified,
    option,
)
from explorer.errors import SettingsError
from explorer.terminal.console import MSE_UNITS, Console, Result
from explorer.terminal.files import check_out
from explorer.terminal.reading import ReadsData
from explorer.terminal.sources import open_checkpoint, open_data_for


@commands.register("inpaint")
@dataclass(frozen=True)
class InpaintCommand(ReadsData, Command):
    """Cut a hole into samples and let a model fill it in.

    It searches for the most probable z given the rest. The .png has a line before, a line after,
    and a line of the clean samples. The errors are of the hole, beside those of probabilistic PCA
    with as many components and of the mean sample.
    """

    topic = "pictures"
    examples = ("inpaint digits digits --out strip.png --most 50",)

    checkpoint: str = checkpoint_argument()
    data: str = data_argument()
    out: Path = option("The .png to write.")
    hole: str = choice("What is cut out.", ("quarter", "centre", "half"))
    count: int = limited("Samples in the picture.", 10, low=1, high=100)
    most: int = limited("Samples filled in, at most.", 500, low=1, high=10**6)
    starts: int = limited("Training codes that the search may start from.", 200, low=1, high=10**4)
    steps: int = limited("Steps of the search.", 100, low=0, high=10**4)
    split: str = choice("Which part of the data.", ("test", "train", "all"))
    seed: int = limited("Same seed, same starts.", 0, low=0, high=2**31)
    scale: int = magnified()

    def run(self, console: Console) -> Result:
        """Fill in, write and measure: MSE per feature of the hole."""
        out = check_out(self.out, ".png")
        model = open_checkpoint(self.checkpoint)
        import numpy as np

        from explorer.analysis import masks, pca, restoring
        from explorer.analysis.passes import split_index
        from explorer.analysis.quality import subsample
        from explorer.data.binarising import settled
        from explorer.models import autoencoder
        from explorer.models.encoding import encode
        from explorer.terminal.sheets import write_strips

        dataset = settled(open_data_for(model, self.data, console, self.choices))
        made_for, module = model.preparation, autoencoder.from_snapshot(model)
        index = split_index(dataset, self.split)
        clean = dataset.unit(index[subsample(len(index), self.most)])
        linear = pca.fit(dataset, model.config.latent_dim, console.task)
        train = dataset.train_index
        starts = train[subsample(len(train), self.starts, self.seed)]
        known = masks.holes(*made_for.shape[:2])[self.hole]
        if known.all():
            raise SettingsError(
                f"the {self.hole} of so small a sample is nothing",
                where=dataset.name,
                remedy="choose --hole half",
            )
        seen = np.repeat(known.ravel(), made_for.channels)
        cut = np.where(seen, clean, np.float32(0.0))
        with console.interrupt_cancels():
            codes = encode(module, dataset, starts, console.task).mean
            found = restoring.inpaint(
                module, cut, known, made_for, codes, console.task, steps=self.steps
            )
        guesses = {
            "mse": found.rows,
            "pca_mse": restoring.pca_inpaint(linear, cut, known, made_for.channels),
            "mean_mse": np.broadcast_to(linear.mean, clean.shape),
        }
        channels, shown = made_for.channels, slice(0, self.count)
        errors = {k: restoring.error_in(g, clean, known, channels) for k, g in guesses.items()}
        strips = [cut[shown], found.rows[shown], clean[shown]]
        scale = write_strips(out, strips, made_for, self.scale)
        return {
            "n": len(clean), **errors, "k": len(linear), "hole": self.hole, "split": self.split,
            "starts": len(codes), "steps": self.steps, "seed": self.seed, "out": out,
            "scale": scale, "mse_unit": MSE_UNITS[dataset.kind],
        }  # fmt: skip
