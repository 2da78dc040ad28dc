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


def linear() -> LinearModel:
    return LinearModel(DATA.preparation)


@pytest.mark.parametrize("draws", [1, 3])
def test_each_sample_counts_once_whatever_its_part(
    draws: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The KL needs no draws where it is closed: its mean is that of the samples, to rounding."""
    model, kept = linear(), unit(KEPT, 255).double()
    with torch.no_grad():
        wanted = float(model.encode(kept).kl(model.prior).mean())  # type: ignore[union-attr]
    for chunk, part in ((512, 2**20), (7, 2**20), (512, 3 * 64), (512, 64)):
        monkeypatch.setattr(bound, "CHUNK", chunk)
        monkeypatch.setattr(bound, "PART", part)
        monkeypatch.setattr(bound, "LEAST_FEATURES", 1)
        found = measure(model, kept, 255, draws)
        assert found.kl == pytest.approx(wanted, rel=1e-9)
        assert (found.n, found.draws) == (40, draws)


def parts_of(
    samples: int, draws: int, part: int, monkeypatch: pytest.MonkeyPatch, *, least: int = 1
) -> list[tuple[int, ...]]:
    """(draws, samples) of each decode, with so many numbers at a time."""
    monkeypatch.setattr(bound, "PART", part)
    monkeypatch.setattr(bound, "LEAST_FEATURES", least)
    model = linear()
    raw, seen = model.raw, list[tuple[int, ...]]()

    def counted(z: Tensor) -> Tensor:
        seen.append(tuple(z.shape[:-1]))
        return raw(z)

    monkeypatch.setattr(model, "raw", counted)
    measure(model, unit(KEPT[:samples], 255).double(), 255, draws)
    return seen


@pytest.mark.parametrize(
    ("samples", "draws", "part", "seen"),
    [
        (4, 3, 64 * 12, [(3, 4)]),
        (4, 3, 64 * 11, [(2, 4), (1, 4)]),
        (4, 3, 64 * 4, [(1, 4)] * 3),
        (4, 2, 64 * 3, [(1, 3), (1, 3), (2, 1)]),
        (2, 2, 1, [(1, 1)] * 4),  # one sample is decoded even if it is larger
    ],
)
def test_as_much_is_decoded_at_a_time_as_fits(
    samples: int,
    draws: int,
    part: int,
    seen: list[tuple[int, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert parts_of(samples, draws, part, monkeypatch) == seen


def test_a_small_sample_counts_as_much_as_its_prior(monkeypatch: pytest.MonkeyPatch) -> None:
    assert parts_of(4, 6, 128 * 8, monkeypatch, least=128) == [(2, 4)] * 3


@pytest.mark.parametrize(("draws", "calls"), [(1, 4), (2, 8), (3, 12)])
def test_between_parts_it_asks_every_time(
    draws: int, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bound, "CHUNK", 10)
    monkeypatch.setattr(bound, "PART", 640)
    asked: list[int] = []
    measure(linear(), unit(KEPT, 255).double(), 255, draws, lambda: asked.append(1))
    assert len(asked) == calls


@pytest.mark.parametrize("training", [True, False])
def test_a_model_is_left_in_the_mode_it_was_in(training: bool) -> None:
    model = build(ModelConfig(hidden=16), DATA.preparation, seed=0).train(training)
    measure(model, KEPT[:3], 255)
    most_draws(model, torch.zeros(1, 1, 8, 8), 100)
    assert model.training is training
    assert all(weight.grad is None for weight in model.parameters())


def test_the_standard_way_is_one_draw_of_fixed_noise() -> None:
    model = build(ModelConfig(hidden=16), DATA.preparation, seed=0)
    assert measure(model, KEPT, 255) == measure(model, KEPT, 255, 1)
    torch.manual_seed(7)
    assert measure(model, KEPT, 255) == measure(model, KEPT, 255)


def test_a_model_without_layers_costs_something() -> None:
    """One multiply-add at least: work by none would be divided by zero."""
    assert bound._work_of(torch.nn.Identity(), lambda: None) == 1


def test_work_of_a_signal_is_counted_as_torch_counts_it() -> None:
    from torch.utils.flop_counter import FlopCounterMode

    made = Preparation(1, 64, 2, kind="signals", levels=1)
    model = build(ModelConfig(body="conv"), made, seed=0).eval()
    x = torch.zeros(1, 2, 1, 64)
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        model.raw(model.encode(x).mean)
    assert most_samples(model, x, 3 * counter.get_total_flops() / 2) == 3
