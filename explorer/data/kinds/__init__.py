"""What samples can be: pictures, signals, rows of a table. One kind a file.

Whoever treats kinds differently asks the kind, `kind_of(preparation)`, for what differs: how a
sample is kept, drawn and called, and what can be done with it. No numpy before something is drawn,
so that a form or a help page can list the kinds at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from explorer.data.layout import Layout, Stored
from explorer.registry import Registry

if TYPE_CHECKING:
    from explorer.data.pictures.pixels import Bytes, Floats
    from explorer.data.preparation import Preparation

BINARISATIONS = ("none", "fixed", "dynamic")
FEATURES = 2**18  # most numbers of one sample that is no picture


class Kind:
    """What differs from kind to kind. Samples are (H, W, C), D = H W C numbers.

    As it stands: samples of standardised numbers, H = 1, which `drawn` makes a picture of.

    one, many: what a sample is called. dtype: of the samples as they are kept, "uint8" (pictures,
    ``levels`` steps from black to white) or "float32" (standardised). bounded: whether x lies in
    [0, 1], so that likelihoods of such values fit. ends: the lowest and highest value that noise
    may bring, in the units of x. blank: what stands where something is hidden. mse_unit: what a
    squared error is measured in. values: what the numbers of a sample are called. range_note: what
    is said behind a range. binarisations: those there are.
    array_names: what an array of a file is called that holds this kind and no other.

    in_plane: whether neighbours lie in two directions, as in a picture: it can be brushed.
    has_axis: whether values lie along an axis, as time, and samples can be cut to a length.
    has_columns: whether each number has a name of its own, by which files are matched. gaps:
    whether NaN is a missing value; elsewhere it is damage. named_axis: the axis of (H, W, C) that a
    file may name, or None. takes_pictures: whether a picture of the user's own is a sample.

    chart: what the window draws a sample as, "curves" or "bars"; "" is the picture itself.
    drawn_along: the axis of a drawing that the numbers run along, or None. convolutions: the body
    that is meant by "conv", or "" where neighbours mean nothing.
    """

    name = ""
    one, many = "sample", "samples"
    dtype = "float32"
    bounded = False
    ends = (-3.0, 3.0)
    blank = 0.0
    mse_unit = "per feature, in standard deviations"
    values = "values"
    range_note = ""
    binarisations: tuple[str, ...] = ("none",)
    array_names: tuple[str, ...] = ()
    in_plane = False
    has_axis = False
    has_columns = False
    gaps = False
    named_axis: int | None = None
    takes_pictures = False
    chart = "bars"
    drawn_along: int | None = 0
    convolutions = ""

    @property
    def standardised(self) -> bool:
        """Whether samples are kept as standardised numbers, not as bytes."""
        return self.dtype == "float32"

    def laid_out(self, source: Stored) -> Layout:
        """How an array that is said to hold this kind lies. Raises DataError where it cannot."""
        raise NotImplementedError

    def told_shape(self, shape: tuple[int, int, int]) -> tuple[int, ...]:
        """The shape (H, W, C) as people say it."""
        return shape

    def counted(self, preparation: Preparation) -> str:
        """How many numbers a sample has, in words."""
        return f"{preparation.features:,} {self.values}"

    def misfit(self, shape: tuple[int, int, int]) -> tuple[str, str] | None:
        """What is wrong with samples of such a shape (H, W, C), and what to do; None if nothing."""
        height, width, channels = shape
        features = height * width * channels
        if height == 1 and features <= FEATURES:
            return None
        return (
            f"samples of {features} numbers cannot be modelled",
            f"use samples with up to {FEATURES} numbers",
        )

    def steps(self, preparation: Preparation) -> int:
        """How many steps from 0 to 1 what a model learns comes in; 0 where it comes in none."""
        return 0

    def unit(self, kept: Bytes | Floats, levels: int) -> Floats:
        """Samples as they are kept, as the model has them: float32 of the same shape, a copy."""
        import numpy as np

        return np.array(kept, np.float32)

    def drawn(self, row: Floats, preparation: Preparation, scale: int) -> Bytes:
        """The picture (H', W', C') uint8 of a row (D,) in the model's units."""
        raise NotImplementedError

    def all_drawn(self, rows: Floats, preparation: Preparation) -> Bytes:
        """The pictures (n, H', W', C') uint8 of rows (n, D), each as `drawn` gives it."""
        import numpy as np

        made = np.empty((len(rows), *self.drawn_shape(preparation, 1)), np.uint8)
        for row, picture in zip(rows, made, strict=True):
            picture[...] = self.drawn(row, preparation, 1)
        return made

    def drawn_shape(self, preparation: Preparation, scale: int) -> tuple[int, int, int]:
        """(H', W', C') of what `drawn` gives."""
        from explorer.data.pictures.charts import HEIGHT, WIDTH

        return HEIGHT * scale, WIDTH * scale, 3

    def shown(self, kept: Bytes | Floats, preparation: Preparation, scale: int) -> Bytes:
        """The picture of a sample (H, W, C) as it is kept."""
        return self.drawn(self.unit(kept, preparation.levels).ravel(), preparation, scale)

    def seen(self, rows: Floats, preparation: Preparation) -> Bytes | Floats:
        """What a model is given of rows (m, D) that were shown: (m, H, W, C) in its own units."""
        return rows.reshape(-1, *preparation.shape)

    def told(self, row: Floats, preparation: Preparation) -> list[str]:
        """A row (D,) in words, a line each; nothing where its picture says it all."""
        return []

    def largest(self, weights: Floats, preparation: Preparation) -> str:
        """The largest of D weights by name, a line each, each after a line break; or ""."""
        return ""


kinds: Registry[Kind] = Registry("kind")
kinds.discover(__name__)

FIRST = "images"  # what is meant before there is any data


class Prepared(Protocol):
    """What has a kind: a preparation, a layout, a data set."""

    @property
    def kind(self) -> str:
        """A name in `kinds`."""


def kind_of(prepared: Prepared | None) -> Kind:
    """The kind of a preparation, layout or data set; pictures where there is none yet."""
    return kinds[FIRST if prepared is None else prepared.kind]
