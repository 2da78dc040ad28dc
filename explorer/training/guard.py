"""Notices a training that runs away, and keeps the last weights that were good."""

from __future__ import annotations

import math

import numpy as np
from torch import Tensor, nn

from explorer.training.run import Run

KEEP_EVERY = 1.0  # seconds
RUNAWAY = 1e4  # times the first loss (and at least as many nats per feature)


class Diverged(Exception):
    """The loss is no longer a number, or has left every reasonable scale."""


class Guard:
    """Weights become *good* once the steps that followed them went well too."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._limit: float | None = None
        self._next = 0.0
        self._checked = run.done
        self._fresh = self.good = copies(run.model)
        self.good_epoch = self._fresh_epoch = run.epoch

    def look(self, now: float) -> None:
        """Check the steps since the last look and, once a second, the weights. Raises Diverged."""
        self.check()
        if now >= self._next:
            self._keep()
            self._next = now + KEEP_EVERY

    def check(self) -> None:
        """Look at the steps since the last look. Raises Diverged."""
        rows = self._run.curve.rows
        new = rows.part(int(np.searchsorted(rows.step, self._checked, side="right")), len(rows))
        self._checked = self._run.done
        if len(new):
            elbo = new.log_px - new.kl if self._run.has_kl else new.log_px
            if not self._reasonable(float(elbo @ (new.samples / new.samples.sum()))):
                raise Diverged

    def _keep(self) -> None:
        weights = copies(self._run.model)
        if not all(bool(w.isfinite().all()) for w in weights.values()):
            raise Diverged
        self.good, self._fresh = self._fresh, weights
        self.good_epoch, self._fresh_epoch = self._fresh_epoch, self._run.epoch

    def restore(self) -> None:
        """Give the model its last good weights back."""
        self._run.model.load_state_dict(self.good)

    def _reasonable(self, elbo: float) -> bool:
        if not math.isfinite(elbo):
            return False
        if self._limit is None:
            features = self._run.data[0].numel()
            self._limit = RUNAWAY * max(abs(elbo), float(features))
        return abs(elbo) <= self._limit


def copies(model: nn.Module) -> dict[str, Tensor]:
    """Copies of all weights, where they lie."""
    return {name: w.detach().clone() for name, w in model.state_dict().items()}
