"""``latent-explorer atlas``: the whole latent plane as one picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer.commands import (
    Command,
    checkpoint_argument,
    commands,
    limited,
    magnified,
    option,
)
from explorer.terminal.console import Console, Result
from explorer.terminal.files import check_out, write_picture
from explorer.terminal.sources import open_checkpoint


@commands.register("atlas")
@dataclass(frozen=True)
class AtlasCommand(Command):
    """Draw what a model's decoder makes of a grid of codes.

    z1 grows to the right and z2 upwards; further dimensions are 0.
    """

    topic = "pictures"
    examples = ("atlas digits --out atlas.png",)

    checkpoint: str = checkpoint_argument()
    out: Path = option("The .png to write.")
    size: int = limited("Pictures a side of the grid.", 20, low=1, high=200)
    extent: float = limited(
        "How far the grid reaches: from -extent to extent.", 3.0, low=0.0, high=1e6
    )
    scale: int = magnified()

    def run(self, console: Console) -> Result:
        """Decode the grid and write it; says how large the picture is."""
        out = check_out(self.out, ".png")
        model = open_checkpoint(self.checkpoint)
        from explorer.analysis import atlas
        from explorer.models import autoencoder

        module = autoencoder.from_snapshot(model)
        picture = atlas.draw(module, model.preparation, self.size, self.extent, console.task)
        scale = write_picture(out, picture, self.scale)
        height, width = picture.shape[:2]
        return {
            "out": out,
            "size": self.size,
            "extent": self.extent,
            "width": width * scale,
            "height": height * scale,
            "scale": scale,
        }
