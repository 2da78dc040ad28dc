"""``latent-explorer denoise``: noisy samples made whole again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

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
from explorer.terminal.console import MSE_UNITS, Console, Result
from explorer.terminal.files import check_out
from explorer.terminal.reading import ReadsData
from explorer.terminal.sources import open_checkpoint, open_data_for

if TYPE_CHECKING:
    from explorer.data.dataset import Floats, Preparation


@commands.register("denoise")
@dataclass(frozen=True)
class DenoiseCommand(ReadsData, Command):
    """Put noise on samples and let a model restore them.

    The .png has a line before, a line after, and a line of the clean samples. The errors are of all
    samples of the split, beside those of PCA with as many components and of the mean sample.
    """

    topic = "pictures"
    examples = ("denoise digits digits --out strip.png --amount 0.3",)

    checkpoint: str = checkpoint_argument()
    data: str = data_argument()
    out: Path = option("The .png to write.")
    corruption: str = choice("What noise is put on.", ("gaussian", "salt-and-pepper", "patch"))
    amount: float = limited(
        "How much: sigma, the share of pixels, or the side of the patch.", 0.5, low=0, high=10
    )
    count: int = limited("Samples in the picture.", 10, low=1, high=100)
    split: str = choice("Which part of the data.", ("test", "train", "all"))
    seed: int = limited("Same seed, same noise.", 0, low=0, high=2**31)
    scale: int = magnified()

    def run(self, console: Console) -> Result:
        """Restore, write and measure: MSE per feature."""
        out = check_out(self.out, ".png")
        model = open_checkpoint(self.checkpoint)
        from explorer.analysis import pca, restoring
        from explorer.analysis.passes import split_index
        from explorer.analysis.reconstructions import squared_errors
        from explorer.data.binarising import settled
        from explorer.models import autoencoder
        from explorer.terminal.sheets import write_strips

        dataset = settled(open_data_for(model, self.data, console, self.choices))
        made_for = model.preparation
        clean = dataset.unit(split_index(dataset, self.split))
        noisy = corrupted(clean, made_for, self.corruption, self.amount, self.seed)
        module = autoencoder.from_snapshot(model)
        restored = restoring.denoise(module, noisy, made_for, console.task)
        linear = pca.fit(dataset, model.config.latent_dim, console.task)
        shown = slice(0, self.count)
        strips = [noisy[shown], restored[shown], clean[shown]]
        scale = write_strips(out, strips, made_for, self.scale)
        guesses = {
            "mse": restored,
            "noisy_mse": noisy,
            "pca_mse": linear.reconstruct(linear.project(noisy)),
            "mean_mse": linear.mean[None],
        }
        errors = {key: float(squared_errors(clean, g).mean()) for key, g in guesses.items()}
        return {
            "n": len(clean), **errors, "k": len(linear), "corruption": self.corruption,
            "amount": self.amount, "split": self.split, "seed": self.seed, "out": out,
            "scale": scale, "mse_unit": MSE_UNITS[dataset.kind],
        }  # fmt: skip


def corrupted(
    rows: Floats, preparation: Preparation, corruption: str, amount: float, seed: int
) -> Floats:
    """Rows with the noise that trainings put on them: (m, D) -> (m, D)."""
    import torch

    from explorer.models.batches import to_numpy, to_tensor
    from explorer.training.corruption import STANDARD_ENDS, UNIT_ENDS, corruptions

    x = to_tensor(rows.reshape(-1, *preparation.shape), preparation.levels)
    ends = UNIT_ENDS if preparation.kind == "images" else STANDARD_ENDS
    noise = torch.Generator().manual_seed(seed)
    return to_numpy(corruptions[corruption](x, amount, noise, ends))
