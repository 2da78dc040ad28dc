"""``latent-explorer decode``: pictures from codes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from explorer.commands import Command, argument, commands, option
from explorer.data.dataset import Floats
from explorer.data.drawing import picture_shape
from explorer.errors import DataError, SettingsError
from explorer.terminal.console import Console, Result
from explorer.terminal.files import check_out, write_picture, written
from explorer.terminal.sources import open_checkpoint

MOST_IN_A_STRIP = 2**16  # pixels; a PNG reader gives up on wider pictures


@commands.register("decode")
@dataclass(frozen=True)
class DecodeCommand(Command):
    """Draw what a model's decoder makes of codes.

    A .png holds the pictures side by side; an .npy holds float32 (n, H, W, C), pictures in [0, 1],
    signals (n, 1, L, C) and tables (n, 1, D, 1) in the units of the data.
    """

    checkpoint: str = argument("A checkpoint folder, or the bundled model's name.")
    out: Path = option("The .png or .npy to write.")
    z: tuple[str, ...] = option(
        'A code, its numbers parted by commas: --z "0.5,-1" "1,2".', (), metavar="A,B,.."
    )
    codes: Path | None = option("Codes instead: an .npz with mean, or an .npy (n, d).", None)

    def run(self, console: Console) -> Result:
        """Decode and write; says how many pictures of which shape."""
        if bool(self.z) == bool(self.codes):
            raise SettingsError("decode takes either --z or --codes", remedy="give one of them")
        out = check_out(self.out, ".png", ".npy")
        given = [parsed_code(text) for text in self.z]
        model = open_checkpoint(self.checkpoint)
        d, made_for = model.config.latent_dim, model.preparation
        z = read_codes(self.codes, d) if self.codes else stacked(given, d)
        if out.suffix.lower() == ".png" and len(z) * picture_shape(made_for)[1] > MOST_IN_A_STRIP:
            raise SettingsError(f"{len(z)} pictures are too many for a PNG", remedy="name an .npy")
        from explorer.analysis import atlas, passes
        from explorer.models import autoencoder

        unit = passes.decoded(autoencoder.from_snapshot(model), z, console.task)
        if out.suffix.lower() == ".png":
            write_picture(out, atlas.strip(unit, made_for))
        else:
            with written(out) as file:
                np.save(file, made_for.original(unit).reshape(-1, *made_for.shape))
        return {"out": out, "n": len(z), "shape": list(made_for.shape)}


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
    for code in codes:
        if len(code) != d:
            raise SettingsError(
                f"a code of {len(code)} numbers does not fit a model of {d} latent dimensions",
                remedy=f"give {d}",
            )
    return np.array(codes, np.float32)


def read_codes(path: Path, d: int) -> Floats:
    """``mean`` of an .npz, or an .npy: (n, d) float32. Raises DataError."""
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
            f"codes of shape {codes.shape} do not fit a model of {d} latent dimensions",
            where=path,
            remedy=f"give finite numbers of shape (n, {d})",
        )
    return codes
