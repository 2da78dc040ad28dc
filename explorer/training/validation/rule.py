"""When a training has converged: no gain beyond its error for some epochs. No torch.

The last epochs in a row on which the objective of samples kept out did not improve are counted, as
Prechelt 1998 ("Early Stopping - But When?") does with strips of epochs; what an improvement is
follows from the samples instead of a threshold (theory, section 4.1).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.config import from_json, to_json

Doubles = NDArray[np.float64]
FALLING = 2.0  # errors below the best that are no accident
PACKED = ("rows", "best")
SAID = "said"
NO_PART = "not judged: no validation part is kept (validation is 0)"
TOO_EARLY = "not judged: there are too few epochs to compare"


@dataclass(frozen=True)
class Verdict:
    """What the rule says after an epoch.

    since: the epoch of the last improvement. change, error: nats per sample that the smoothed
    objective ``name`` of the ``samples`` kept out changed in the last ``over`` epochs, and its
    paired standard error.
    """

    epoch: int
    since: int
    patience: int
    change: float
    error: float
    over: int
    samples: int
    name: str

    @property
    def converged_epoch(self) -> int | None:
        """The epoch after which it has converged; None while it has not."""
        return self.since + self.patience if self.waited >= self.patience else None

    @property
    def waited(self) -> int:
        """Epochs without an improvement."""
        return self.epoch - self.since

    @property
    def text(self) -> str:
        """In a sentence without its end."""
        what = f"validation {self.name}"
        if self.converged_epoch is not None:
            falls = self.change < -FALLING * self.error
            return (
                f"converged at epoch {self.converged_epoch}: the last {_epochs(self.over)} changed"
                f" the {what} by {self.amount} nats{', it overfits' if falls else ''}"
            )
        if self.waited:
            waited = f"{self.waited} of {_epochs(self.patience)}"
            return f"not converged: the {what} has not risen for {waited}"
        return (
            f"not converged: the last {_epochs(self.over)} changed the {what} by {self.amount} nats"
        )

    @property
    def brief(self) -> str:
        """The same with less room."""
        if self.waited and self.converged_epoch is None:
            return f"{self.short}: no gain for {self.waited} of {_epochs(self.patience)}"
        within = "an epoch" if self.over == 1 else _epochs(self.over)
        return f"{self.short}: {self.amount} nats in {within}"

    @property
    def short(self) -> str:
        """The same where there is no room for numbers."""
        return self.text.partition(":")[0]

    @property
    def amount(self) -> str:
        """0.02 ± 0.05: as many digits as the error has two of."""
        size = math.floor(math.log10(self.error)) if self.error > 0.0 else 0
        digits = min(max(1 - size, 0), 6)
        return f"{self.change:.{digits}f} ± {self.error:.{digits}f}".replace("-", "\u2212")


class Convergence:
    """The rule under way, fed once an epoch; its state is a few rows of numbers."""

    def __init__(self, patience: int) -> None:
        self._patience = patience
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self._rows: Doubles = np.zeros((0, 0))  # (k, n) of the last epochs, k at most the patience
        self._best: Doubles = np.zeros(0)  # (n,) smoothed, at the last improvement
        self._since = 0
        self.verdict: Verdict | None = None

    def add(self, epoch: int, values: Doubles, name: str) -> None:
        """The objective of each sample kept out (n,) after an epoch, called ``name``.

        Smoothed is the mean of the last ``patience`` epochs. Where a number has left all bounds
        there is nothing to compare, and the rule begins anew.
        """
        if not np.isfinite(values).all():
            self.clear()
            return
        before = self._rows.reshape(-1, len(values))
        self._rows = np.vstack([before, values])[-self._patience :]
        smoothed = self._rows.mean(axis=0)
        if not len(self._best):
            self._best, self._since = smoothed, epoch
            return
        gain = smoothed - self._best
        change = float(gain.mean())
        error = float(gain.std(ddof=1) / math.sqrt(len(gain)))
        over = epoch - self._since
        if change > error:
            self._best, self._since = smoothed, epoch
        told = (epoch, self._since, self._patience, change, error, over)
        self.verdict = Verdict(*told, samples=len(values), name=name)

    def pack(self) -> tuple[dict[str, Doubles], dict[str, Any]]:
        """Its state: arrays by name, and JSON values."""
        said = None if self.verdict is None else to_json(self.verdict)
        return dict(zip(PACKED, (self._rows, self._best), strict=True)), {
            "since": self._since,
            SAID: said,
        }

    def unpack(self, tensors: Mapping[str, Doubles], values: Mapping[str, Any]) -> None:
        """Go on where a packed one stood, with this one's patience. Raises KeyError, ValueError."""
        rows, best = (tensors[name] for name in PACKED)
        if rows.shape[1:] != best.shape:
            raise ValueError(f"rows of {rows.shape[1:]} validation samples with {best.shape}")
        self._rows, self._best, self._since = rows, best, int(values["since"])
        self.verdict = said_in(values, self._patience)


def said_in(values: Mapping[str, Any], patience: int) -> Verdict | None:
    """The verdict in packed values, as it is with so much patience. Raises SettingsError."""
    said = values.get(SAID)
    return None if said is None else replace(from_json(Verdict, said), patience=patience)


def _epochs(n: int) -> str:
    return "epoch" if n == 1 else f"{n} epochs"
