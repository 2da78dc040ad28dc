"""What is held, pointed at and selected, and the pictures of it."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.app.parts import fitting
from explorer.app.parts.rules import answer, chosen, passing
from explorer.app.parts.values import NOTHING, Index, Mask, Vector
from explorer.compute.comparing.sample import Comparison
from explorer.compute.decoding.latent import Decoded


@dataclass(frozen=True, eq=False)
class SelectionPart:
    """z: (d,) the held latent vector; preview: (d,) what the pointer shows in passing, or None.

    decoded: the newest answer for the shown z. hover: a sample, or None.
    selection: (m,) sample positions; the first one is the sample that is compared.
    muted: classes shown faintly. brushed: (H, W) False where the brush has been, None where it has
    been nowhere.
    """

    z: Vector | None = chosen(in_space=True, fits=fitting.is_code)
    preview: Vector | None = passing(reason="what the pointer shows in passing")
    decoded: Decoded | None = answer("dataset space", to="the picture at z")
    hover: int | None = passing(reason="what the pointer is over", goes_with="dataset")
    selection: Index = chosen(factory=lambda: NOTHING, fits=fitting.are_samples)
    comparison: Comparison | None = answer("dataset space", to="the sample and what is made of it")
    muted: frozenset[int] = chosen(frozenset(), fits=fitting.are_classes)
    brushed: Mask | None = chosen(goes_with="dataset", fits=fitting.is_mask)

    @property
    def sample(self) -> int | None:
        """The sample that is compared: the first one selected."""
        return int(self.selection[0]) if len(self.selection) else None

    @property
    def shown_z(self) -> Vector | None:
        """What the image shows: the preview while there is one, else the held z."""
        return self.z if self.preview is None else self.preview
