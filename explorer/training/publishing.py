"""What onlookers see while a training runs: progress, curves, codes of a subset, weights."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from explorer.data.binarising import fixed_draw
from explorer.data.choices import memorable
from explorer.data.dataset import Dataset
from explorer.errors import Cancelled
from explorer.models.autoencoder import weights_of
from explorer.models.batches import to_bytes, unit
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.models.encoding import encode
from explorer.task import Task
from explorer.training.bound import bound_of, measure, most_samples
from explorer.training.clock import Budget, Clock, Standing
from explorer.training.parts import sampled, stratified
from explorer.training.record.curve import Curve
from explorer.training.record.moment import Moment, without_weights
from explorer.training.record.moment_file import MOMENTS, kept
from explorer.training.record.time_line import TimeLineWriter
from explorer.training.run import Run, new_name

NEARLY = 0.99  # done, as far as the bar goes before all is: it must not read 100 %
SUBSET = 500  # samples whose codes are shown, and held-out samples of the curve
LEAST, SUBSET_WORK = 100, 5e9  # fewer where they are dear: multiply-adds, 0.2 s on one core
CODES_SHARE, TEST_SHARE = 0.015, 0.005  # of the time: together 2 %
CURVE_SHARE, CURVE_EVERY = 0.005, 0.2  # seconds between two looks at the curve, at least
CODES_CREDIT, TEST_CREDIT = 0.5, 0.2  # seconds of it ahead of the training, to see it begin


class Publisher:
    """Side work under a budget; `look` costs next to nothing unless something is due."""

    def __init__(
        self,
        run: Run,
        model: ModelConfig,
        dataset: Dataset,
        task: Task,
        clock: Clock,
        on: bool,
        folder: Path | None = None,
    ) -> None:
        self._run, self._model, self._dataset = run, model, dataset
        self._task, self._clock, self._on = task, clock, on
        self._name = new_name()
        self.aside = ""  # what is said beside the progress
        self._first = run.samples  # a resumed run has seen some before
        self._judged = fixed_draw(dataset)  # what bounds and codes are measured on
        first = unit(run.data[:1], self._judged.preparation.levels)
        most = max(LEAST, min(SUBSET, most_samples(run.model, first, SUBSET_WORK)))
        self._subset = stratified(dataset, most)
        held_out = sampled(dataset.test_index, most)
        self._held_out = to_bytes(self._judged.x[held_out], run.data.device)
        self._codes_budget = Budget(clock, CODES_SHARE, interval=0.2, credit=CODES_CREDIT)
        self._test_budget = Budget(clock, TEST_SHARE, interval=0.2, credit=TEST_CREDIT)
        self._curve_budget = Budget(clock, CURVE_SHARE, interval=CURVE_EVERY)
        self.bound = bound_of(model, dataset)
        self._moments = self._time_line(folder if on else None)
        self.standing = self._standing()

    def _time_line(self, folder: Path | None) -> TimeLineWriter:
        """With the moments that a resumed run had by now."""
        place, there = folder and folder / MOMENTS, tuple[Moment, ...]()
        if place is not None and self._first:
            like = without_weights(self.model_snapshot())
            there = kept(place, self._run.name, like, self._run.epoch)
        return TimeLineWriter(place, self._run.name, there)

    @property
    def fault(self) -> str:
        """Why moments are not kept any more; "" where they are."""
        return self._moments.fault

    @property
    def samples_per_second(self) -> float:
        """Since this session began."""
        return (self._run.samples - self._first) / max(self._clock.seconds(), 1e-9)

    @property
    def seconds_left(self) -> float:
        """At the pace so far; 0 before it is known."""
        left = self._run.config.epochs * len(self._run.data) - self._run.samples
        return left / self.samples_per_second if self._run.samples > self._first else 0.0

    def _standing(self, phase: str = "") -> Standing:
        epochs, speed = self._run.config.epochs, self.samples_per_second
        aside = self.aside or (f" ({self.fault})" if self.fault else "")
        return Standing(self._run.epoch, epochs, self.seconds_left, speed, phase, aside)

    def progress(self, phase: str = "") -> None:
        """Say how far it is and how long it will take, or what is done after the last step."""
        self.standing = self._standing(phase)
        share = min(self.standing.epoch / self.standing.epochs, NEARLY)
        if self._on:
            self._task.partial(self.standing)
        self._task.progress(NEARLY if phase else share, self.standing.text)

    def test_elbo(self) -> float | None:
        """The bound of some held-out samples, if it is due and nobody wants a stop."""
        if not len(self._held_out) or not self._test_budget.due():
            return None
        with self._test_budget.spend(), suppress(Cancelled):  # the loop hears of it after this
            levels = self._judged.preparation.levels
            return measure(self._run.model, self._held_out, levels, between=self._go_on).elbo
        return None

    def _go_on(self) -> None:
        """Raise Cancelled where somebody wants a stop."""
        if self._task.cancelled:
            raise Cancelled

    def look(self, *, always: bool = False) -> None:
        """Publish the curve and a moment, each if it is due."""
        if self._on and (always or self._curve_budget.due()):
            with self._curve_budget.spend():
                self._task.partial(self.curve)
        if self._on and (always or self._codes_budget.due()):
            with self._codes_budget.spend():
                self._publish()

    def _publish(self) -> None:
        model = replace(self.model_snapshot(), metrics={"epoch": self._run.epoch})
        codes = self._codes(model)
        if np.isfinite(codes.mean).all():  # else the guard is about to notice
            self._task.partial(self._moments.add(self._run.epoch, model, codes))

    def ended(self, epoch: float, model: ModelSnapshot, codes: Codes | None) -> tuple[Moment, ...]:
        """All moments, the result the last of them; none where nobody looks on."""
        return () if codes is None else self._moments.end(epoch, model, codes)

    def rename(self) -> None:
        """The weights are no longer those that this step brought: they get another id."""
        self._name = new_name()

    def model_snapshot(self) -> ModelSnapshot:
        """The weights as they are now."""
        return ModelSnapshot(
            id=f"{self._name}-{self._run.done}",
            config=self._model,
            preparation=self._dataset.preparation,
            weights=weights_of(self._run.model),
            data=data_summary(self._dataset),
        )

    def codes(self, model: ModelSnapshot) -> Codes | None:
        """Where ``model``, of the present weights, puts the subset; None if none is published."""
        return self._codes(model) if self._on else None

    def _codes(self, model: ModelSnapshot) -> Codes:
        live = self._run.model
        live.eval()
        codes = encode(live, self._judged, self._subset, model_id=model.id)
        live.train()
        return codes

    @property
    def curve(self) -> Curve:
        """The curve up to the last step, with what its values are called."""
        verdict, tested = self._run.convergence.verdict, len(self._held_out)
        return replace(self._run.curve, bound=self.bound, tested=tested, verdict=verdict)


def data_summary(dataset: Dataset) -> dict[str, object]:
    """What model.json says of the data."""
    return {
        "name": dataset.name,
        "source": dataset.source,
        "kind": dataset.kind,
        "n": len(dataset),
        "n_train": int((~dataset.test).sum()),
        "n_test": int(dataset.test.sum()),
        "classes": list(dataset.classes),
        "hash": dataset.content_hash,
        **memorable(dataset.choices),
    }
