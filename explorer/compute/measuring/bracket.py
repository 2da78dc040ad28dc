"""Question: how far is log p(x) known at all?"""

from __future__ import annotations

from dataclasses import dataclass

from explorer.compute.question import Question, questions
from explorer.data.dataset import Dataset
from explorer.errors import ModelError
from explorer.models.config import ModelSnapshot
from explorer.models.presets import presets
from explorer.task import NO_TASK, Task

UNDRAWN = "point", "quantised"  # posteriors


@dataclass(frozen=True)
class Bracketed:
    """Means over n samples that were drawn from the model, nats, from ``draws`` codes each.

    lower, upper: bounds of log p(x). gap: between them; gap_error: its standard error.
    """

    lower: float
    upper: float
    gap: float
    gap_error: float
    n: int
    draws: int

    @property
    def missed(self) -> float:
        """What an estimate may be too low by; a gap below 0 is noise."""
        return max(self.gap, 0.0)


@questions.register("bracket")
@dataclass(frozen=True, eq=False)
class BoundAbove(Question[Bracketed]):
    """What ``evaluate --bracket`` finds: `analysis.evidence.bracket` with ``draws`` codes."""

    does = "measure the upper bound on the evidence"
    about = ("model", "dataset")
    policy = "replace"
    cached = True

    model: ModelSnapshot
    dataset: Dataset
    draws: int = 500
    seed: int = 0

    def answer(self, task: Task = NO_TASK) -> Bracketed:
        """Raises ModelError where the model has no density, or no draws."""
        from explorer.analysis import basis
        from explorer.analysis.evidence import bracket
        from explorer.compute.live import live

        if presets[self.model.config.preset].posterior in UNDRAWN:
            raise ModelError(
                "z is a point or a code of a book: nothing is drawn, so that there is no gap",
                remedy="choose a variational model",
            )
        data = basis.measured_on(self.dataset)
        seen = bracket.bracketed(live(self.model), data, self.draws, task, seed=self.seed)
        lower, upper = float(seen.lower.mean()), float(seen.upper.mean())
        return Bracketed(lower, upper, seen.gap, seen.gap_error, len(seen.lower), self.draws)
