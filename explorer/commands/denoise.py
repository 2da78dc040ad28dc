"""``latent-explorer denoise``: noisy samples made whole again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer.commands import Command, argument, choice, commands, limited, option
from explorer.data.binarising import settled
from explorer.data.dataset import Floats, Preparation
from explorer.terminal.console import Console, Result
from explorer.terminal.files import check_out
from explorer.terminal.reading import ReadsData
from explorer.terminal.sheets import write_strips
from explorer.terminal.sources import open_checkpoint, open_data_for


@commands.register("denoise")
@dataclass(frozen=True)
class DenoiseCommand(ReadsData, Command):
    """Put noise on samples and let a model restore them.

    The .png has a line before, a line after, and a line of the clean samples. The errors are of all
    samples of the split, beside those of PCA with as many components and of the mean sample.
    """

    checkpoint: str = argument("A checkpoint folder, or the bundled model's name.")
    data: str = argument("A bundled name or a path.")
    out: Path = option("The .png to write.")
    corruption: str = choice("What noise.", ("gaussian", "salt-and-pepper", "patch"))
    amount: float = limited("Sigma, share of pixels, or side of the patch.", 0.5, low=0, high=10)
    count: int = limited("Samples in the picture.", 10, low=1, high=100)
    split: str = choice("Which part of the data.", ("test", "train", "all"))
    seed: int = limited("Same seed, same noise.", 0, low=0, high=2**31)

    def run(self, console: Console) -> Result:
        """Restore, write and measure: MSE per feature."""
        out = check_out(self.out, ".png")
        model = open_checkpoint(self.checkpoint)
        dataset = settled(open_data_for(model, self.data, console, self.choices))
        from explorer.analysis import pca, restoring
        from explorer.analysis.passes import split_index
        from explorer.analysis.reconstructions import squared_errors
        from explorer.models import autoencoder

        made_for = model.preparation
        clean = dataset.unit(split_index(dataset, self.split))
        noisy = corrupted(clean, made_for, self.corruption, self.amount, self.seed)
        module = autoencoder.from_snapshot(model)
        restored = restoring.denoise(module, noisy, made_for, console.task)
        linear = pca.fit(dataset, model.config.latent_dim, console.task)
        shown = slice(0, self.count)
        write_strips(out, [noisy[shown], restored[shown], clean[shown]], made_for)
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
