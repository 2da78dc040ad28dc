"""The settings of a codebook, which posterior and prior of a quantised model share."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.config import setting
from explorer.models.pieces import Piece


@dataclass(frozen=True)
class CodebookPiece(Piece):
    """K codes of some numbers each."""

    codes: int = setting(
        128,
        "Codebook size",
        "K, how many code vectors there are to choose from at each position.",
        low=2,
        high=8192,
    )
    code_dim: int = setting(
        2,
        "Numbers a code",
        "Numbers of one code; latent_dim / code_dim positions hold a code each.",
        low=1,
        high=64,
    )
