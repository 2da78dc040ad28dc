"""A training under way: model, optimiser, random streams, and its place in the data."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from explorer.data.dataset import Dataset
from explorer.data.kinds import kind_of
from explorer.models.autoencoder import build
from explorer.models.batches import to_bytes, unit
from explorer.models.bodies import Dropout
from explorer.models.config import ModelConfig
from explorer.models.noises import noises
from explorer.models.presets import presets
from explorer.training.config import TrainingConfig
from explorer.training.objectives import ObjectiveSettings, divergence, objectives
from explorer.training.optimisers import optimisers
from explorer.training.record.curve import Curve, empty
from explorer.training.record.curve_writer import CurveWriter
from explorer.training.schedules import kl_weight, learning_rate
from explorer.training.validation.objective import judge
from explorer.training.validation.part import cut
from explorer.training.validation.rule import Convergence

PART_STEPS = 8  # at least so many steps lie between two looks at the held-out samples
PARTS, POINTS = 10, 2000  # most looks in an epoch, and in a whole training of fewer epochs
BLOCK = 64  # steps whose terms wait on the device
STREAMS = ("shuffle", "noise", "dropout", "corruption", "binarise")


class Run:
    """One step at a time; knows no task, no clock and nobody who looks on.

    The data lies on the device as it is kept and is converted batch by batch. An epoch is ``steps``
    full batches, the last two of which share what is left: no sample is left out, no batch is tiny.
    """

    def __init__(
        self, model: ModelConfig, config: TrainingConfig, dataset: Dataset, device: str
    ) -> None:
        self.config = config
        self.levels = dataset.preparation.levels
        self.learned, out = cut(dataset, config)
        self.data = to_bytes(dataset.x[self.learned], device)  # (n, C, H, W) uint8 or float32
        self.judge = judge(model, config, dataset, out, device) if len(out) else None
        self.convergence = Convergence(config.patience)
        self.objective = objectives[presets[model.preset].objective]
        self.settings = ObjectiveSettings(config.kl == "closed", config.free_bits)
        self.model = build(model, dataset.preparation, seed=config.seed).to(device).train()
        self.parameters = list(self.model.parameters())
        self.optimiser = optimisers[config.optimiser](self.parameters, config)
        self.random = streams(config.seed, device)
        self.dynamic = dataset.preparation.binarisation == "dynamic"
        self.noisy = config.corruption != "none"
        self.ends = kind_of(dataset).ends
        for module in self.model.modules():
            if isinstance(module, Dropout):
                module.generator = self.random["dropout"]
        self.steps = -(-len(self.data) // config.batch_size)  # per epoch
        self.parts = max(1, min(PARTS, self.steps // PART_STEPS, POINTS // config.epochs))
        self.name = new_name()  # the same where it is resumed
        self.done = 0  # steps since the start
        self.samples = 0  # seen since the start
        self.has_kl = True
        self.begin_epoch()
        self.take_curve(empty(self.steps, config.epochs))

    @property
    def epoch(self) -> float:
        """Passes over the data so far."""
        return self.done / self.steps

    @property
    def finished(self) -> bool:
        """Whether all epochs are done, or as many as it was to have if it has converged."""
        if self.config.stop_when_converged and self.converged_epoch is not None:
            return True
        return self.done >= self.steps * self.config.epochs

    @property
    def converged_epoch(self) -> int | None:
        """The epoch after which samples that are kept out gained no more; None where not known."""
        verdict = self.convergence.verdict
        return None if verdict is None else verdict.converged_epoch

    @property
    def at_epoch_end(self) -> bool:
        """Whether the last step was an epoch's last."""
        return self.done % self.steps == 0

    @property
    def at_point(self) -> bool:
        """Whether held-out samples are looked at: some times an epoch, and closer at the start."""
        if self.done < self.steps // self.parts:
            return self.done & (self.done - 1) == 0  # after 1, 2, 4, 8 steps and so on
        step = (self.done - 1) % self.steps
        return (step + 1) * self.parts // self.steps > step * self.parts // self.steps

    def _start(self, batch: int) -> int:
        """Where in the order of an epoch a batch starts."""
        if batch < self.steps - 1 or batch == 0:
            return batch * self.config.batch_size
        if batch == self.steps:
            return len(self.data)
        return ((self.steps - 2) * self.config.batch_size + len(self.data)) // 2

    def begin_epoch(self) -> None:
        """Shuffle anew."""
        shuffle = self.random["shuffle"]
        self.shuffle_state = shuffle.get_state()  # before the draw, for a resume in mid-epoch
        self.order = torch.randperm(len(self.data), generator=shuffle).to(self.data.device)

    def end_epoch(self) -> None:
        """Judge by the samples that are kept out, if any are; what is judged changes nothing.

        While the KL's weight is on its way another objective is maximised in each epoch.
        """
        if self.judge is not None and self.epoch >= self.config.warm_up:
            self.convergence.add(self.done // self.steps, *self.judge.values(self.model))
        self.begin_epoch()

    def take_curve(self, curve: Curve) -> None:
        """Go on from a curve; what was written since the last one is forgotten."""
        self.writer = CurveWriter(curve)
        self._terms = torch.empty((BLOCK, 3), device=self.data.device)  # log p(x|z), KL, objective
        self._sizes: list[int] = []  # samples of the steps whose terms wait there

    @property
    def curve(self) -> Curve:
        """The curve up to the last step."""
        if self._sizes:
            waiting = self._terms[: len(self._sizes)].cpu().numpy()
            self.writer.add(self.done, self._sizes, waiting)
            self._sizes = []
        return self.writer.curve

    def step(self) -> None:
        """One batch forward and back, one move of the optimiser."""
        place = self.done % self.steps
        start, end = self._start(place), self._start(place + 1)
        rows = self.data.index_select(0, self.order[start:end])
        x = unit(rows, self.levels)  # (B, C, H, W)
        if self.dynamic:
            x = torch.bernoulli(x, generator=self.random["binarise"])
        seen = self.corrupted(x) if self.noisy else None
        terms = self.model.terms(x, self.random["noise"], self.config.draws, seen)
        value = self.objective(terms, kl_weight(self.config, self.epoch), self.settings)  # (B,)
        self.optimiser.param_groups[0]["lr"] = learning_rate(self.config, self.epoch)
        for parameter in self.parameters:  # what zero_grad does, without its bookkeeping
            parameter.grad = None
        (-value.mean()).backward()  # type: ignore[no-untyped-call]
        if self.config.clip:
            clip(self.parameters, self.config.clip * x[0].numel())
        self.optimiser.step()
        with torch.no_grad():
            kl = divergence(terms)
            self.has_kl = kl is not None
            log_px = terms.log_px.sum() / terms.log_px.numel()
            mean_kl = log_px.new_full((), torch.nan) if kl is None else kl.sum() / (end - start)
            self._terms[len(self._sizes)] = torch.stack([log_px, mean_kl, value.mean()])
        self.done += 1
        self.samples += end - start
        self._sizes.append(end - start)
        if len(self._sizes) == BLOCK:
            _ = self.curve

    def corrupted(self, x: Tensor) -> Tensor:
        """What the encoder sees of a batch; same shape."""
        config = self.config
        noise = noises[config.corruption]
        return noise.apply(x, config.corruption_amount, self.random["corruption"], self.ends)


def new_name() -> str:
    """Twelve letters and digits that no other run or model has."""
    return uuid.uuid4().hex[:12]


def clip(parameters: Sequence[nn.Parameter], longest: float) -> None:
    """Shorten the gradient to ``longest`` (Pascanu et al. 2013).

    Once in some thousand steps a sample gets a huge sigma and e^logvar a gradient to match. Let
    through, it stays in Adam's second moment for a thousand steps, and training seems to hang.
    """
    grads = [p.grad for p in parameters if p.grad is not None]
    length = nn.utils.get_total_norm(grads)
    if length.is_cpu and length <= longest:
        return  # elsewhere asking would wait for the device
    nn.utils.clip_grads_with_norm_(parameters, longest, length)


def streams(seed: int, device: str) -> dict[str, torch.Generator]:
    """A generator for each purpose, independent of each other and of the rest of the program."""
    seeds = np.random.SeedSequence(seed).generate_state(len(STREAMS), np.uint32).tolist()
    places = ("cpu", *[device] * (len(STREAMS) - 1))
    return {
        name: torch.Generator(place).manual_seed(number)
        for name, place, number in zip(STREAMS, places, seeds, strict=True)
    }
