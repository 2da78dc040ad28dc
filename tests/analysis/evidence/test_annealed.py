"""Annealed estimates against the closed form of linear models, and against quadrature."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from explorer.analysis.evidence import annealed as annealing
from explorer.analysis.evidence.annealed import annealed, of_hard
from explorer.analysis.evidence.exact import Asked
from explorer.analysis.evidence.modes import Bank, bank_of
from explorer.analysis.evidence.proposals import Proposal
from explorer.errors import Cancelled
from explorer.task import Task
from tests.analysis.evidence.folded import evidence_of, folded
from tests.fakes import LinearModel, toy_dataset

TOY = toy_dataset(20)
X = torch.from_numpy(TOY.unit(np.arange(8))).view(8, 1, 8, 8)


def away(monkeypatch: pytest.MonkeyPatch, by: float, wider: float) -> None:
    """Let the Gaussians of the proposals stand ``by`` widths aside, so that their weights fail."""
    real = annealing.modes_of

    def moved(*words: object) -> object:
        found = real(*words)  # type: ignore[arg-type]
        shift = by * found.root.diagonal(dim1=-2, dim2=-1)
        return type(found)(found.mean + shift, wider * found.root)

    monkeypatch.setattr(annealing, "modes_of", moved)


@pytest.mark.parametrize("d", [2, 5, 16])
def test_the_closed_form_is_met_from_proposals_that_are_off(
    d: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = LinearModel(TOY.preparation, d).float()
    model.posterior.get_buffer("logvar").add_(math.log(0.05))  # an encoder too sure of itself
    bank = bank_of(model, TOY)
    away(monkeypatch, 1.5, 0.7)
    found = annealed(model, X, bank, changes=200)
    rough = annealed(model, X, bank, changes=1)  # plain importance sampling
    model.basis = model.basis.double()
    truth = model.log_evidence_by_hand(X.double())
    assert float((found - truth).abs().mean()) < 0.4
    assert float((found - truth).mean()) < 0.2
    if d == 16:
        assert float((rough - truth).mean()) < -3.0


def test_the_mean_of_the_weights_has_no_bias(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of few changes and chains the log is too low, but the mean over many runs is p(x)."""
    model = LinearModel(TOY.preparation, 2).float()
    away(monkeypatch, 1.0, 0.7)
    many = X[:1].expand(400, -1, -1, -1)
    found = annealed(model, many, bank_of(model, TOY), chains=10, changes=4)
    model.basis = model.basis.double()
    ratio = (found - model.log_evidence_by_hand(X[:1].double())).exp()
    error = float(ratio.std()) / 20.0
    assert float(ratio.mean()) == pytest.approx(1.0, abs=4.0 * error)
    assert error < 0.05


def test_both_modes_count_where_the_encoder_knows_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """d = 2, against an integral; the prior alone leads to the other mode."""
    rows = np.array([[1.0, 0.1, 0.0, 0.0], [1.4, -0.4, 0.1, 0.0]], np.float32)
    x, model = torch.from_numpy(rows).view(2, 1, 2, 2), folded(2)
    one = model.encode(x).mean[:1]
    bank = Bank(one, model.raw(one))
    found = annealed(model, x, bank, chains=400)
    truth = evidence_of(rows.astype(float), 2)
    np.testing.assert_allclose(found.numpy(), truth, atol=0.15)


def test_only_hard_samples_are_annealed_and_the_hardest_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = LinearModel(TOY.preparation, 3).float()
    bank, asked = bank_of(model, TOY), Asked(model, TOY, np.arange(5, 11))
    effective = np.array([9.9, 10.0, 2.0, math.nan, 50.0, 5.0])
    hard, found = of_hard(asked, effective, bank)
    assert hard.tolist() == [0, 2, 5] and found.shape == (3,)
    model.basis = model.basis.double()
    x = torch.from_numpy(TOY.unit(np.array([5, 7, 10]))).view(3, 1, 8, 8)
    truth = model.log_evidence_by_hand(x.double())
    np.testing.assert_allclose(found, truth, atol=0.2)
    model.basis = model.basis.float()
    monkeypatch.setattr(annealing, "MOST", 2)
    assert of_hard(asked, effective, bank)[0].tolist() == [2, 5]
    none, nothing = of_hard(asked, np.full(6, 10.0), bank)
    assert len(none) == len(nothing) == 0


def test_the_seed_decides() -> None:
    model = LinearModel(TOY.preparation, 3).float()
    bank = bank_of(model, TOY)
    one, again, other = (annealed(model, X, bank, s, changes=3) for s in (0, 0, 1))
    assert torch.equal(one, again) and not torch.equal(one, other)
    assert one.dtype == torch.float64 and one.shape == (8,)


def test_cancels_between_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    model, task = LinearModel(TOY.preparation, 3).float(), Task()
    bank, real = bank_of(model, TOY), Proposal.draw

    def drawn(*words: object) -> torch.Tensor:
        task.cancel()
        return real(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(Proposal, "draw", drawn)
    with pytest.raises(Cancelled):
        annealed(model, X, bank, 0, task)
