"""The bound of held-out samples: exact where it can be, in parts that fit into memory."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from explorer.data.dataset import Preparation
from explorer.models.autoencoder import build
from explorer.models.batches import to_bytes, unit
from explorer.models.config import ModelConfig
from explorer.training import bound
from explorer.training.bound import measure, most_draws, most_samples
from tests.fakes import LinearModel, toy_dataset

DATA = toy_dataset(40)
KEPT = to_bytes(DATA.x)


def test_the_bound_of_an_exact_model_is_its_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the true posterior the ELBO is log p(x), however it is cut into parts."""
    model = LinearModel(DATA.preparation)
    kept = unit(KEPT, 255).double()
    truth = float(model.log_evidence(kept).mean())
    for part in (2**20, 5 * 64 * 100, 1):
        monkeypatch.setattr(bound, "PART", part)
        monkeypatch.setattr(bound, "LEAST_FEATURES", 1)
        found = measure(model, kept, 255, 500)
        assert found.elbo == pytest.approx(truth, abs=0.05)
        assert found.kl is not None
        assert found.elbo == pytest.approx(-found.reconstruction - found.kl)
        assert (found.n, found.draws) == (40, 500)


def test_the_same_call_gives_the_same_bound() -> None:
    model = build(ModelConfig(hidden=16), DATA.preparation, seed=0)
    assert measure(model, KEPT, 255, 30) == measure(model, KEPT, 255, 30)
    assert model.training


@pytest.mark.parametrize("samples", [1, 40])
def test_no_part_is_larger_than_the_budget(monkeypatch: pytest.MonkeyPatch, samples: int) -> None:
    """12 pictures of 128 x 128 took 10,000 decodes in one batch, and all memory."""
    monkeypatch.setattr(bound, "PART", 640)
    monkeypatch.setattr(bound, "LEAST_FEATURES", 1)
    model = build(ModelConfig(hidden=16), DATA.preparation, seed=0)
    raw, sizes = model.raw, []

    def counted(z: Tensor) -> Tensor:
        sizes.append(z[..., 0].numel() * 64)
        return raw(z)

    monkeypatch.setattr(model, "raw", counted)
    measure(model, KEPT[:samples], 255, 50)
    assert max(sizes) <= 640
    assert sum(sizes) == samples * 50 * 64


def test_it_can_be_left_between_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bound, "PART", 640)
    model = build(ModelConfig(hidden=16), DATA.preparation, seed=0)
    calls = [0]

    def third() -> None:
        calls[0] += 1
        if calls[0] == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure(model, KEPT, 255, 50, third)
    assert calls == [3]
    assert model.training


def test_a_point_has_no_kl() -> None:
    model = build(ModelConfig(preset="ae", hidden=16), DATA.preparation, seed=0)
    found = measure(model, KEPT, 255, 3)
    assert found.kl is None
    assert found.elbo == -found.reconstruction


def test_work_is_that_of_the_layers() -> None:
    """Dense layers of the linear model: D d multiply-adds up and as many down."""
    model, x = LinearModel(Preparation(8, 8), 2), torch.zeros(1, 1, 8, 8).double()
    assert most_draws(model, x, 64 * 2 * 7) == 7
    assert most_samples(model, x, 64 * 2 * 7) == 3
    assert most_draws(model, x, 1) == 1


def test_work_of_convolutions_is_counted_as_torch_counts_it() -> None:
    from torch.utils.flop_counter import FlopCounterMode

    model = build(ModelConfig(body="conv"), Preparation(32, 32, 3), seed=0).eval()
    x = torch.zeros(1, 3, 32, 32)
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        model.raw(model.encode(x).mean)
    work = counter.get_total_flops() / 2
    assert most_samples(model, x, 5 * work) == 5
    assert most_samples(model, x, 5 * work - 1) == 4


def test_counting_draws_no_dropout() -> None:
    """A resumed training goes on to the bit, whatever was measured before."""
    model = build(ModelConfig(hidden=16), DATA.preparation, seed=0)
    before = torch.get_rng_state()
    most_draws(model, torch.zeros(1, 1, 8, 8), 100)
    most_samples(model, torch.zeros(1, 1, 8, 8), 100)
    assert torch.equal(before, torch.get_rng_state())
    assert model.training
