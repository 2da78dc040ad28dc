"""Question: what does a model's decoder make of some codes?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from explorer import config
from explorer.compute.analysis import Analysis, Report
from explorer.compute.question import questions
from explorer.errors import DataError, SettingsError
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task

if TYPE_CHECKING:
    from explorer.data.dataset import Floats

WIDEST = 2**16  # pixels that a row of pictures may be wide


@questions.register("decode codes")
@dataclass(frozen=True, eq=False)
class DecodeCodes(Analysis["Floats"]):
    """Draw what a model's decoder makes of codes.

    A picture file holds the pictures side by side; an .npy holds float32 (n, H, W, C), pictures in
    [0, 1], signals (n, 1, L, C) and tables (n, 1, D, 1) in the units of the data.
    """

    does = "decode codes"
    about = ("model",)
    topic = "pictures"
    examples = ('decode digits --z "0.5,-1" "1,2" --out picture.png',)
    one_of = ("z", "codes")
    writes = ("picture", "array")

    model: ModelSnapshot
    z: tuple[str, ...] = config.setting(
        (), "Codes", 'A code: a number for each latent dimension, as in "0.5,-1".', metavar="A,B"
    )
    codes: Path | None = config.setting(
        None, "File", "Codes from a file: what encode writes, or an .npy (n, d)."
    )

    def answer(self, task: Task = NO_TASK) -> Floats:
        """Rows (n, D) in the model's units. Raises SettingsError, DataError for what is no code."""
        from explorer.analysis import passes
        from explorer.compute.live import live

        d = self.model.config.latent_dim
        given = [parsed_code(text) for text in self.z]
        z = stacked(given, d) if self.codes is None else read_codes(self.codes, d)
        return passes.decoded(live(self.model), z, task)

    def report(self, answer: Floats) -> Report:
        """How many of which shape, and the pictures."""
        from explorer.analysis.sheets import strip
        from explorer.data.pictures.drawing import picture_shape
        from explorer.export.things import Thing

        preparation = self.model.preparation
        fits = len(answer) * picture_shape(preparation)[1] <= WIDEST
        thing = Thing(
            "decoded", f"a row of {len(answer)} pictures",
            picture=(lambda _: strip(answer, preparation)) if fits else None,
            array=lambda _: preparation.original(answer).reshape(-1, *preparation.shape),
        )  # fmt: skip
        return Report({"n": len(answer), "shape": list(preparation.shape)}, thing=thing)


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
    import zipfile
    import zlib

    import numpy as np

    try:
        with path.open("rb") as file:
            loaded = np.load(file, allow_pickle=False)
            array = loaded if isinstance(loaded, np.ndarray) else loaded["mean"]
        codes: Floats = array.astype(np.float32)
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
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
