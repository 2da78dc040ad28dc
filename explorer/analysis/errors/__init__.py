"""How far a number that was measured on m samples may be from that of all there could be.

A standard error is the spread of a mean over data sets drawn alike; an interval (low, high) covers
the truth in 95 of 100 of them. The model stays as it is. What a number differs by between two
models is measured on the same samples, so that what is hard about a sample counts for both. One
file for each kind of number; theory, section 5.
"""

from __future__ import annotations

from dataclasses import dataclass

Interval = tuple[float, float]

LEVEL = 0.95  # of every interval
Z = 1.959963984540054  # quantile of the normal at 0.975


@dataclass(frozen=True)
class Paired:
    """A number in [0, 1] of a model and of a peer on the same n samples, each with its interval.

    All are None where there is none to be had. difference: ours - theirs.
    """

    n: int
    ours: float | None = None
    theirs: float | None = None
    interval: Interval | None = None
    their_interval: Interval | None = None
    difference: float | None = None
    difference_interval: Interval | None = None

    def values(self, name: str, peer: str = "pca") -> dict[str, object]:
        """As JSON has it, the model's under ``name``; peer: what the other is called there."""
        return {
            name: self.ours,
            f"{peer}_{name}": self.theirs,
            f"{name}_interval": self.interval,
            f"{peer}_{name}_interval": self.their_interval,
            f"difference_{name}": self.difference,
            f"difference_{name}_interval": self.difference_interval,
        }
