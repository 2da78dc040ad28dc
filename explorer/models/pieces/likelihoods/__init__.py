"""p(x|z), as far as one need know to choose: names, formula, warning, settings."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, ClassVar

from explorer.data.kinds import Kind
from explorer.models.groups import OBJECTIVE
from explorer.models.pieces import Piece
from explorer.registry import Registry

if TYPE_CHECKING:
    from explorer.models.likelihoods import Likelihood, Link

GAUSSIAN = (
    r"-\log p = \frac{1}{2} \sum_i (\frac{(x_i - m_i)^2}{\sigma^2} + 2\log \sigma + \log 2\pi)"
)


@dataclass(frozen=True)
class LikelihoodPiece(Piece):
    """formula: -log p in small TeX, which ``help`` explains.

    of_bounded: whether it is of x in [0, 1] only. of_levels: whether of x in steps only. measure:
    what p is, a density or a probability; nats of the one are not nats of the other. grey_title,
    grey_formula, grey_help: what it is called where x lies between 0 and 1, "" where it is a
    likelihood there too. warning: what to know before it is chosen; grey_warning: what only where x
    lies between.
    """

    group: ClassVar[str] = OBJECTIVE
    formula: ClassVar[str]
    of_bounded: ClassVar[bool] = False
    of_levels: ClassVar[bool] = False
    measure: ClassVar[str] = "density"
    warning: ClassVar[str] = ""
    grey_warning: ClassVar[str] = ""
    grey_title: ClassVar[str] = ""
    grey_formula: ClassVar[str] = ""
    grey_help: ClassVar[str] = ""

    @classmethod
    def fits(cls, kind: Kind) -> bool:
        """Whether it is a likelihood of samples of that kind."""
        bounded, in_levels = kind.bounded, not kind.standardised
        return (bounded or not cls.of_bounded) and (in_levels or not cls.of_levels)

    @classmethod
    def title_for(cls, *, binary: bool) -> str:
        """The honest name: Bernoulli is no likelihood unless data is ``binary``."""
        return cls.title if binary else cls.grey_title or cls.title

    @classmethod
    def short_for(cls, *, binary: bool) -> str:
        """The same for a list: its name, unless that would be wrong."""
        return cls.name.replace("-", " ") if binary or not cls.grey_title else cls.grey_title

    @classmethod
    def warning_for(cls, *, binary: bool) -> str:
        """What to know before it is chosen, or ""."""
        return cls.warning or ("" if binary else cls.grey_warning)

    @classmethod
    def card(cls, *, binary: bool) -> tuple[str, str]:
        """(formula, sentence), by its honest name."""
        grey = bool(cls.grey_formula) and not binary
        return (cls.grey_formula, cls.grey_help) if grey else (cls.formula, cls.help)

    @classmethod
    def bound_title(cls, bound: str, *, binary: bool) -> str:
        """What a model's curve is called: ``bound``, unless this is no likelihood of the data."""
        if binary or not cls.grey_title:
            return bound
        return "-cross-entropy" if bound == "log p(x|z)" else "-(cross-entropy + KL)"

    def network(self, link: Link) -> Likelihood:
        """What scores and draws samples. link: raw decoder output -> mean, where that is open."""
        from explorer.models.likelihoods import likelihoods

        return likelihoods[self.name](link, **asdict(self))


likelihood_pieces: Registry[type[LikelihoodPiece]] = Registry("likelihood")
likelihood_pieces.discover(__name__)
