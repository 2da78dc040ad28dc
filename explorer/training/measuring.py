"""What a model is worth once its training has ended: bounds of both parts of the data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import Tensor

from explorer.data.binarising import fixed_draw
from explorer.data.dataset import Dataset
from explorer.models.batches import to_bytes, unit
from explorer.models.config import ModelConfig
from explorer.models.presets import presets
from explorer.training.bound import Bound, bound_of, measure, most_draws, most_samples
from explorer.training.parts import Index, sampled
from explorer.training.run import Run

BRIEF = 500  # samples measured after a stop
TRAIN_PART = 2000  # samples of the training part that are measured
FINAL_DRAWS = 10_000  # codes drawn for the last test ELBO, over all samples
FINAL_WORK = 5e10  # multiply-adds for it, one draw a sample is had at any cost: 2 s on one core
BRIEF_WORK = FINAL_WORK / 4


def final_metrics(
    run: Run,
    model: ModelConfig,
    dataset: Dataset,
    between: Callable[[], None] = lambda: None,
    *,
    brief: bool = False,
) -> dict[str, Any]:
    """Bounds of the training and the held-out part, dropout off, of fewer samples if ``brief``.

    "n_train" and "n_test" say of how many samples, drawn from the whole part; "draws" how many
    codes a test sample has: fewer where decoding is dear. "bound" names what log p(x|z) less the KL
    is: no ELBO without a density over z, and those are None. ``between`` is called now and then.
    """
    judged = fixed_draw(dataset)
    first, test = unit(run.data[:1], judged.preparation.levels), judged.test_index
    affordable = most_samples(run.model, first, BRIEF_WORK if brief else FINAL_WORK)
    most = min(BRIEF if brief else TRAIN_PART, affordable)
    learned = _bound(run, judged, sampled(run.learned, most), 1, between)
    n = min(most, len(test)) if brief else len(test)
    draws = 1 if brief else _draws(run, first, n)
    bound = _bound(run, judged, sampled(test, n), draws, between) if n else None
    return {
        "bound": bound_of(model, dataset),
        **_of_train(learned),
        **_of_test(bound, n, draws),
        "likelihood": presets[model.preset].likelihood_for(model.likelihood, dataset.kind),
        "binarisation": dataset.preparation.binarisation,
        "split": "test",
    }


def _bound(
    run: Run, judged: Dataset, index: Index, draws: int, between: Callable[[], None]
) -> Bound:
    """Of the samples at ``index``, with so many draws each."""
    part = to_bytes(judged.x[index], run.data.device)
    return measure(run.model, part, judged.preparation.levels, draws, between)


def _of_train(learned: Bound) -> dict[str, Any]:
    return {
        "train_elbo": None if learned.kl is None else learned.elbo,
        "train_reconstruction": learned.reconstruction,
        "n_train": learned.n,
    }


def _of_test(bound: Bound | None, n: int, draws: int) -> dict[str, Any]:
    return {
        "test_elbo": None if bound is None or bound.kl is None else bound.elbo,
        "test_reconstruction": bound and bound.reconstruction,
        "test_kl": bound and bound.kl,
        "n_test": n,
        "draws": draws,
    }


def _draws(run: Run, first: Tensor, n: int) -> int:
    """Codes for each of n test samples, of which ``first`` (1, C, H, W) is one by its shape."""
    codes = min(FINAL_DRAWS, most_draws(run.model, first, FINAL_WORK))
    return max(1, codes // max(1, n))
