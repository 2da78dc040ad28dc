"""``latent-explorer sample``: new samples, from the prior or from where the codes are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer.commands import commands
from explorer.errors import DataError
from explorer.terminal.command import (
    TerminalCommand,
    checkpoint_argument,
    choice,
    data_argument,
    limited,
    magnified,
    option,
)
from explorer.terminal.console import Console, Result
from explorer.terminal.files import check_out, write
from explorer.terminal.reading import ReadsData
from explorer.terminal.sources import open_checkpoint, open_data_for


@commands.register("sample")
@dataclass(frozen=True)
class SampleCommand(ReadsData, TerminalCommand):
    """Draw new samples: codes at random, decoded.

    Every model can, plain autoencoders included. mixture fits Gaussians to the codes of DATA; prior
    is the model's own; around stays near one sample; truncated leaves the tails of the prior (or
    the mixture) away.
    """

    topic = "pictures"
    examples = ("sample digits digits --out samples.png",)

    checkpoint: str = checkpoint_argument()
    data: str = data_argument()
    out: Path = option("The .png to write, or an .npz with z (n, d) and x (n, H, W, C).")
    sampler: str = choice("Where codes come from.", ("mixture", "prior", "around", "truncated"))
    n: int = limited("How many samples.", 64, low=1, high=10_000)
    about: int = limited("Number of the sample that around stays near.", 0, low=0, high=2**31)
    temperature: float = limited(
        "How far around goes, in the posterior's sigmas.", 1.0, low=0, high=100
    )
    cut: float = limited("How far truncated goes, in sigmas.", 1.0, low=0.01, high=100)
    seed: int = limited("Same seed, same samples.", 0, low=0, high=2**31)
    scale: int = magnified()

    def run(self, console: Console) -> Result:
        """Draw, decode, write."""
        out = check_out(self.out, ".png", ".npz")
        model = open_checkpoint(self.checkpoint)
        import numpy as np

        from explorer.data.binarising import fixed_draw

        dataset = fixed_draw(open_data_for(model, self.data, console, self.choices))
        if self.about >= len(dataset):
            raise DataError(
                f"there is no sample {self.about}",
                where=dataset.name,
                remedy=f"give --about 0 to {len(dataset) - 1}",
            )
        from explorer.analysis import passes
        from explorer.analysis.samplers import SamplerSource, SampleSettings, samplers
        from explorer.analysis.sheets import sheet
        from explorer.export.things import Thing
        from explorer.models import autoencoder
        from explorer.models.encoding import encode

        module = autoencoder.from_snapshot(model)
        index = np.append(self.about, dataset.train_index)
        codes = encode(module, dataset, index if self.sampler == "around" else index[1:])
        source = SamplerSource(module, codes, console.task, dataset)
        wish = SampleSettings(self.n, self.seed, 0, self.temperature, self.cut)
        z = samplers[self.sampler](source, wish)
        rows = passes.decoded(module, z, console.task)
        kept = model.preparation
        unscaled = kept.original(rows).reshape(-1, *kept.shape)
        thing = Thing(
            "samples", "the samples",
            picture=lambda _: sheet(rows, kept), table=lambda _: {"z": z, "x": unscaled},
        )  # fmt: skip
        found: dict[str, object] = {**write(thing, out, self.scale), "n": self.n}
        found |= {"sampler": self.sampler, "seed": self.seed}
        if "mixture" in vars(source):  # it is fitted where it is needed only
            found["components"] = len(source.mixture)
        return found
