"""The networks around z, as far as one need know to choose among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from explorer.config import setting
from explorer.data.kinds import Kind
from explorer.models.pieces import Piece
from explorer.registry import Registry

if TYPE_CHECKING:
    from explorer.models.bodies import Body


@dataclass(frozen=True)
class BodyPiece(Piece):
    """everywhere: whether presets that name no bodies have it. stands_for: the body that is meant.

    A body that stands for another takes its place for the kinds of data that it fits.
    """

    everywhere: ClassVar[bool] = True
    stands_for: ClassVar[str] = ""

    @classmethod
    def fits(cls, kind: Kind) -> bool:
        """Whether it makes something of samples of that kind."""
        return True

    def network(self) -> Body:
        """What makes the two networks."""
        from explorer.models.bodies import bodies

        return bodies[self.name]


@dataclass(frozen=True)
class WithDropout(BodyPiece):
    """A body whose encoder may leave out some of what it sees."""

    dropout: float = setting(
        0.2,
        "Dropout",
        "Share of the encoder's inputs and hidden units that a step leaves out.",
        low=0.0,
        high=0.95,
    )


body_pieces: Registry[type[BodyPiece]] = Registry("body")
body_pieces.discover(__name__)
