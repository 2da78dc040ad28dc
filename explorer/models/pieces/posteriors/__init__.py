"""q(z|x), as far as one need know to choose: names and settings."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from explorer.models.pieces import Piece
from explorer.registry import Registry

if TYPE_CHECKING:
    from explorer.models.posteriors import PosteriorLayer


@dataclass(frozen=True)
class PosteriorPiece(Piece):
    """What an encoder says of a sample."""

    def network(self, width: int, latent_dim: int) -> PosteriorLayer:
        """The layer from features (B, width) to a distribution over z."""
        from explorer.models.posteriors import posteriors

        return posteriors[self.name](width, latent_dim, **asdict(self))


posterior_pieces: Registry[type[PosteriorPiece]] = Registry("posterior")
posterior_pieces.discover(__name__)
