"""Brackets hold what is known in closed form, and a missed mode opens them."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.analysis.evidence import bracket, modes
from explorer.analysis.evidence.bracket import Bracket, bracketed
from explorer.errors import Cancelled
from explorer.models.autoencoder import Autoencoder
from explorer.task import Task
from tests.analysis.evidence.folded import folded
from tests.fakes import LinearModel, toy_dataset

DATA = toy_dataset(30)


def with_truth(model: LinearModel, monkeypatch: pytest.MonkeyPatch, n: int, draws: int):
    """The bracket, and log p(x) in closed form of the samples that it drew."""
    seen, real = [], bracket._bounds

    def noted(model: Autoencoder, x: torch.Tensor, *more: object) -> torch.Tensor:
        seen.append(x)
        return real(model, x, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(bracket, "_bounds", noted)
    found = bracketed(model.float(), DATA, draws, n=n)
    model.basis = model.basis.double()
    return found, model.log_evidence_by_hand(torch.cat(seen).double()).numpy()


@pytest.mark.parametrize("d", [2, 5, 16])
def test_brackets_hold_the_closed_form(d: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the mean over samples, within three standard errors of each bound."""
    model = LinearModel(DATA.preparation, d)
    found, truth = with_truth(model, monkeypatch, n=64, draws=200)
    below, above = found.lower - truth, found.upper - truth
    assert below.mean() <= 3 * below.std() / 8 + 1e-3
    assert above.mean() >= -3 * above.std() / 8 - 1e-3
    assert found.gap < 0.1 and np.abs(below).mean() < 0.2
    assert found.gap == pytest.approx((found.upper - found.lower).mean())


def test_bounds_of_one_draw_are_those_of_the_literature(monkeypatch: pytest.MonkeyPatch) -> None:
    """K = 1, q twice as wide: the ELBO, and log p(x) + KL(p(z|x) || q), both in closed form."""
    model = LinearModel(DATA.preparation, 5)
    model.posterior.get_buffer("logvar").add_(np.log(4.0))
    found, truth = with_truth(model, monkeypatch, n=320, draws=1)
    below, above = found.lower - truth, found.upper - truth
    assert below.mean() == pytest.approx(-2.5 * (4.0 - 1.0 - np.log(4.0)), abs=0.6)
    assert above.mean() == pytest.approx(2.5 * (0.25 - 1.0 + np.log(4.0)), abs=0.2)


def test_a_missed_mode_opens_the_bracket(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the encoder's start alone the other mode is missed, and the gap tells."""
    data = toy_dataset(30, height=2, width=2)
    whole = bracketed(folded(3), data, 500, n=64)
    monkeypatch.setattr(modes, "APART", np.inf)
    monkeypatch.setattr(modes, "_nearest", lambda _m, x, _b: folded(3).encode(x).mean[None])
    without_prior = torch.tensor([0, 1, 3, 1]).repeat(125)
    monkeypatch.setattr(bracket, "pattern", lambda _: without_prior)
    blind = bracketed(folded(3), data, 500, n=64)
    assert whole.gap < 0.1 < 1.0 < blind.gap


def test_the_seed_decides() -> None:
    model = LinearModel(DATA.preparation, 3).float()
    one, again, other = (bracketed(model, DATA, 20, n=20, seed=seed) for seed in (0, 0, 1))
    assert np.array_equal(one.upper, again.upper) and not np.array_equal(one.upper, other.upper)
    assert one.lower.shape == one.upper.shape == (20,)


def test_the_error_is_over_samples() -> None:
    found = Bracket(np.zeros(4), np.array([0.0, 1.0, 0.0, 1.0]))
    assert found.gap == 0.5 and found.gap_error == pytest.approx(np.sqrt(1 / 3 / 4))


def test_cancels() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        bracketed(LinearModel(DATA.preparation, 3).float(), DATA, 20, task, n=20)
