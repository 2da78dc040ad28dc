"""``latent-explorer decode``: pictures from codes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.commands import Command, checkpoint_argument, commands, magnified, option
from explorer.errors import DataError, SettingsError
from explorer.terminal.console import Console, Result
from explorer.terminal.files import MOST, check_out, write_picture, written
from explorer.terminal.sources import open_checkpoint

if TYPE_CHECKING:
    from explorer.data.dataset import Floats


@commands.register("decode")
@dataclass(frozen=True)
class DecodeCommand(Command):
    """Draw what a model's decoder makes of codes.

    A .png holds the pictures side by side; an .npy holds float32 (n, H, W, C), pictures in [0, 1],
    signals (n, 1, L, C) and tables (n, 1, D, 1) in the units of the data.
    """

    topic = "pictures"
    examples = ('decode digits --z "0.5,-1" "1,2" --out picture.png',)
    one_of = ("z", "codes")

    checkpoint: str = checkpoint_argument()
    out: Path = option("The .png or .npy to write.")
    z: tuple[str, ...] = option(
        'A code: a number for each latent dimension, as in "0.5,-1".', (), metavar="A,B"
    )
    codes: Path | None = option("Codes from a file: what encode writes, or an .npy (n, d).", None)
    scale: int = magnified()

    def run(self, console: Console) -> Result:
        """Decode and write; says how many pictures of which shape."""
        out = check_out(self.out, ".png", ".npy")
        given = [parsed_code(text) for text in self.z]
        model = open_checkpoint(self.checkpoint)
        d, made_for = model.config.latent_dim, model.preparation
        z = read_codes(self.codes, d) if self.codes else stacked(given, d)
        import numpy as np

        from explorer.analysis import atlas, passes
        from explorer.data.drawing import picture_shape
        from explorer.models import autoencoder

        if out.suffix.lower() == ".png" and len(z) * picture_shape(made_for)[1] > MOST:
            raise SettingsError(f"{len(z)} pictures are too many for a PNG", remedy="name an .npy")
        unit = passes.decoded(autoencoder.from_snapshot(model), z, console.task)
        found: dict[str, object] = {"out": out, "n": len(z), "shape": list(made_for.shape)}
        if out.suffix.lower() == ".png":
            found["scale"] = write_picture(out, atlas.strip(unit, made_for), self.scale)
        else:
            with written(out) as file:
                np.save(file, made_for.original(unit).reshape(-1, *made_for.shape))
        return found


def parsed_code(text: str) -> list[float]:
    """``"0.5,-1"`` as numbers; raises SettingsError."""
    try:
        code = [float(part) for part in text.replace(",", " ").split()]
    except ValueError:
        code = []
    if not code or not all(map(math.isfinite, code)):
        raise SettingsError(f"--z {text!r} is no code", remedy='write numbers, as in --z "0.5,-1"')
    return code


def stacked(codes: list[list[float]], d: int) -> Floats:
    """(n, d) float32; raises SettingsError where a code has another length."""
    import numpy as np

    for code in codes:
        if len(code) != d:
            raise SettingsError(
                f"this model has codes of length {d}, --z gives one of length {len(code)}",
                remedy=f"give {d} numbers parted by commas" if d > 1 else "give one number",
            )
    return np.array(codes, np.float32)


def read_codes(path: Path, d: int) -> Floats:
    """``mean`` of an .npz, or an .npy: (n, d) float32. Raises DataError."""
    import numpy as np

    try:
        with path.open("rb") as file:
            loaded = np.load(file, allow_pickle=False)
            array = loaded if isinstance(loaded, np.ndarray) else loaded["mean"]
        codes: Floats = array.astype(np.float32)
    except (ValueError, KeyError, EOFError) as error:
        raise DataError(
            "this file holds no codes", where=path, remedy="give one that encode has written"
        ) from error
    if codes.ndim != 2 or codes.shape[1] != d or len(codes) == 0 or not np.isfinite(codes).all():
        raise DataError(
            f"codes of shape {codes.shape} do not fit a model with codes of length {d}",
            where=path,
            remedy=f"give finite numbers of shape (n, {d})",
        )
    return codes
