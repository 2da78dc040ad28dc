"""The curve of a training: a row a step, and what held-out samples came to. No torch."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from explorer.training.validation.rule import Verdict

Steps = NDArray[np.int64]
Values = NDArray[np.float32]
Means = NDArray[np.float64]
Float = TypeVar("Float", bound=np.floating)

WINDOW_STEPS = 8  # that the value at an epoch is the mean of, at least; an epoch at most
WINDOW_EPOCHS = 0.1


@dataclass(frozen=True)
class CurvePoint:
    """The curve at one epoch, in nats per sample.

    train_elbo, reconstruction, kl: means over the last steps as they were trained (dropout on),
    where elbo = -reconstruction - kl. kl is None for a point posterior, whose "elbo" is log p(x|z).
    test_elbo: of held-out samples, as it was last measured. objective: what was maximised: L_K,
    beta, free bits and penalties included.
    """

    epoch: float
    train_elbo: float
    reconstruction: float
    kl: float | None
    test_elbo: float | None = None
    objective: float | None = None


@dataclass(frozen=True, eq=False)
class CurveRows:
    """Columns of one length, a row a step. Nats per sample; read-only.

    step: (n,) the last step of the row, rising; samples: (n,) that it is the mean of, of several
    steps once a curve is long; kl: NaN for a point posterior.
    """

    step: Steps
    samples: Steps
    log_px: Values
    kl: Values
    objective: Values

    def __len__(self) -> int:
        return len(self.step)

    def part(self, start: int, end: int) -> CurveRows:
        """Some of the rows, nothing copied."""
        return CurveRows(*(getattr(self, f.name)[start:end] for f in fields(self)))


@dataclass(frozen=True, eq=False)
class Curve:
    """All that is known of a training's course; it grows by a `CurveWriter`.

    steps: per epoch. epochs: of the whole training. test_step, test_elbo: (m,) where the bound of
    held-out samples was measured. bound: what log p(x|z) less the KL is called for this model.
    tested: held-out samples that a test value is the mean of. verdict: of the validation part, if
    there is one.
    """

    steps: int
    epochs: int
    rows: CurveRows
    test_step: Steps = field(default_factory=lambda: np.zeros(0, np.int64))
    test_elbo: Values = field(default_factory=lambda: np.zeros(0, np.float32))
    bound: str = "ELBO"
    tested: int = 0
    verdict: Verdict | None = None

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def epoch(self) -> NDArray[np.float64]:
        """(n,) Passes over the data that are done with each row."""
        return self.rows.step / self.steps

    @property
    def train_elbo(self) -> Values:
        """(n,) log p(x|z) less the KL, where there is one."""
        return less(self.rows.log_px, self.rows.kl)

    @property
    def test_epoch(self) -> NDArray[np.float64]:
        """(m,) Passes that were done at each test value."""
        return self.test_step / self.steps

    @property
    def converged_epoch(self) -> int | None:
        """Where it has come to rest; None where it has not, or where nothing judges it."""
        return None if self.verdict is None else self.verdict.converged_epoch

    @property
    def has_kl(self) -> bool:
        """Whether it is of a model whose posterior is no point."""
        return bool(len(self)) and not np.isnan(self.rows.kl[-1])

    @property
    def last(self) -> CurvePoint | None:
        """Where it has come to."""
        return self.at(np.inf)

    def at(self, epoch: float) -> CurvePoint | None:
        """The values at an epoch, of the tenth of an epoch up to it; None before the first step."""
        end, tests = self._ends(epoch)
        if not end:
            return None
        log_px, kl, objective = (float(column[0]) for column in self.means(np.array([end - 1])))
        return CurvePoint(
            float(self.rows.step[end - 1] / self.steps),
            float(less(np.array(log_px), np.array(kl))),
            -log_px,
            None if np.isnan(kl) else kl,
            float(self.test_elbo[tests - 1]) if tests else None,
            objective,
        )

    def _ends(self, epoch: float) -> tuple[int, int]:
        """How many rows and test values there are by an epoch."""
        step = epoch * self.steps * (1 + 1e-9)  # a step is in it, whatever floats make of it
        rows, tests = (np.searchsorted(s, step, "right") for s in (self.rows.step, self.test_step))
        return int(rows), int(tests)

    def means(self, at: NDArray[np.int64]) -> tuple[Means, Means, Means]:
        """log p(x|z), KL and objective, (k,) each, at some rows: means up to there.

        Of a tenth of an epoch, but of `WINDOW_STEPS` steps at least and an epoch at most.
        """
        rows = self.rows
        window = min(max(WINDOW_STEPS, round(WINDOW_EPOCHS * self.steps)), self.steps)
        first = np.searchsorted(rows.step, rows.step[at] - window, side="right")
        parts = np.stack([np.minimum(first, at), at + 1], axis=1).ravel()  # pairs of start and end

        def summed(column: NDArray[np.generic]) -> Means:
            sums: Means = np.add.reduceat(np.append(column, 0.0), parts)[::2]
            return sums

        samples = summed(rows.samples)
        columns = (rows.log_px, rows.kl, rows.objective)
        log_px, kl, objective = (summed(column * rows.samples) / samples for column in columns)
        return log_px, kl, objective

    def of(self, epochs: int) -> Curve:
        """The same of a training that has so many epochs by now."""
        return replace(self, epochs=epochs)

    def until(self, epoch: float) -> Curve:
        """The part of it up to an epoch."""
        end, tests = self._ends(epoch)
        verdict = self.verdict
        return replace(
            self,
            rows=self.rows.part(0, end),
            test_step=self.test_step[:tests],
            test_elbo=self.test_elbo[:tests],
            verdict=None if verdict is None or verdict.epoch > epoch else verdict,
        )


def empty(steps: int, epochs: int, bound: str = "ELBO", tested: int = 0) -> Curve:
    """The curve of a training before its first step."""
    whole, values = np.zeros(0, np.int64), np.zeros(0, np.float32)
    rows = CurveRows(whole, whole, values, values, values)
    return Curve(steps, epochs, rows, bound=bound, tested=tested)


def less(log_px: NDArray[Float], kl: NDArray[Float]) -> NDArray[Float]:
    """log p(x|z) less the KL, where there is one."""
    with np.errstate(invalid="ignore"):  # a training that went astray is drawn, too
        bound: NDArray[Float] = np.where(np.isnan(kl), log_px, log_px - kl)
    return bound


def curve_rows(curve: Curve) -> list[list[object]]:
    """The curve as a table, the names of its columns first; None where nothing was measured."""
    names = ["step", "epoch", "samples", "train_elbo", "reconstruction", "kl", "objective",
             "test_elbo"]  # fmt: skip
    rows, tests = curve.rows, dict(zip(curve.test_step.tolist(), curve.test_elbo, strict=True))
    kl = [None if np.isnan(v) else v for v in rows.kl.tolist()]
    columns = (rows.step.tolist(), curve.epoch.tolist(), rows.samples.tolist(),
               curve.train_elbo.tolist(), (-rows.log_px).tolist(), kl,
               rows.objective.tolist())  # fmt: skip
    table = zip(*columns, strict=True)
    return [list(names), *([*row, _value(tests.get(row[0]))] for row in table)]


def _value(value: np.float32 | None) -> float | None:
    return None if value is None else float(value)
