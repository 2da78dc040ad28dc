"""p(z), as far as one need know to choose: names and settings."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from explorer.models.pieces import Piece
from explorer.registry import Registry

if TYPE_CHECKING:
    from explorer.models.priors import Prior


@dataclass(frozen=True)
class PriorPiece(Piece):
    """Where codes are expected before any sample is seen."""

    def network(self, latent_dim: int) -> Prior:
        """The distribution over z."""
        from explorer.models.priors import priors

        return priors[self.name](latent_dim, **asdict(self))


prior_pieces: Registry[type[PriorPiece]] = Registry("prior")
prior_pieces.discover(__name__)
