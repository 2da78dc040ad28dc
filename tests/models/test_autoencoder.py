"""The whole model: exact where it can be, reproducible, quick to rebuild."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from explorer.data.dataset import Preparation
from explorer.errors import CheckpointError, ModelError
from explorer.models.autoencoder import Autoencoder, assemble, build, from_snapshot, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from tests.fakes import LinearModel

SMALL = Preparation(8, 8)


def snapshot_of(
    model: Autoencoder, config: ModelConfig, preparation: Preparation = SMALL
) -> ModelSnapshot:
    return ModelSnapshot("test", config, preparation, weights_of(model))


def test_linear_model_decodes_exactly() -> None:
    model = LinearModel(SMALL)
    z = torch.randn(5, 2, dtype=torch.float64)
    torch.testing.assert_close(model.decode(z).flatten(1), model.exact_decode(z))


def test_elbo_of_the_true_posterior_is_the_evidence() -> None:
    model = LinearModel(SMALL, latent_dim=3)
    x = torch.rand(6, 1, 8, 8, dtype=torch.float64)
    terms = model.terms(x, torch.Generator().manual_seed(0), draws=4)
    log_weight = terms.log_px + terms.log_pz - terms.log_qz  # (L, B): no variance at all
    evidence = model.log_evidence(x)
    torch.testing.assert_close(log_weight, evidence.expand(4, -1))
    torch.testing.assert_close(model.log_evidence_by_hand(x), evidence)


def test_same_seed_same_weights() -> None:
    first, second, other = (weights_of(build(ModelConfig(), SMALL, seed=s)) for s in (1, 1, 2))
    assert all(np.array_equal(first[name], second[name]) for name in first)
    assert not all(np.array_equal(first[name], other[name]) for name in first)


@pytest.mark.parametrize("preset", ["full-cov-vae", "flow-vae", "gmm-vae", "iwae", "beta-vae"])
def test_relatives_start_alike(preset: str) -> None:
    """From one seed: what they have in common with the VAE is the same to the bit."""
    plain, other = (weights_of(build(ModelConfig(p), SMALL, seed=1)) for p in ("vae", preset))
    assert all(np.array_equal(plain[name], other[name]) for name in plain)


def test_decode_takes_any_leading_shape() -> None:
    model = build(ModelConfig(), SMALL, seed=0).eval()
    z = torch.randn(3, 4, 2)
    together = model.decode(z)
    assert together.shape == (3, 4, 1, 8, 8)
    torch.testing.assert_close(together[1], model.decode(z[1]))


def test_weights_are_copies_that_nobody_edits() -> None:
    model = build(ModelConfig(), SMALL, seed=0)
    weights = weights_of(model)
    name = next(iter(weights))
    before = weights[name].copy()
    with torch.no_grad():
        next(model.parameters()).zero_()
    np.testing.assert_array_equal(weights[name], before)
    with pytest.raises(ValueError, match="read-only"):
        weights[name][...] = 0  # type: ignore[index]


def test_rebuilding_spends_nothing_on_weights_that_are_replaced() -> None:
    snapshot = snapshot_of(build(ModelConfig(), SMALL, seed=0), ModelConfig())
    before = torch.get_rng_state()
    from_snapshot(snapshot)
    assert torch.equal(torch.get_rng_state(), before)
    assemble(snapshot.config, snapshot.preparation)  # on the CPU they are drawn
    assert not torch.equal(torch.get_rng_state(), before)


def test_rebuilt_model_is_a_copy_at_rest() -> None:
    config = ModelConfig(hidden=16)
    snapshot = snapshot_of(build(config, SMALL, seed=0), config)
    model = from_snapshot(snapshot)
    assert not model.training
    assert not any(p.requires_grad for p in model.parameters())
    with torch.no_grad():
        next(model.parameters()).zero_()
    assert snapshot.weights["encoder.layers.1.weight"].any()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"preset": "nonsense"}, "no model called 'nonsense'"),
        ({"likelihood": "poisson"}, "no likelihood 'poisson'"),
        ({"body": "transformer"}, "vae has no body 'transformer'"),
        ({"latent_dim": 0}, "latent_dim = 0"),
        ({"latent_dim": 10**6}, "latent_dim = 1000000"),
        ({"options": {"magic": 1.0}}, "no option 'magic'"),
    ],
)
def test_what_cannot_be_built_is_said(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ModelError, match=words):
        build(replace(ModelConfig(), **changes), SMALL)  # type: ignore[arg-type]


@pytest.mark.parametrize("side", [1, 100_000])
def test_sizes_beyond_reason_are_refused(side: int) -> None:
    with pytest.raises(ModelError, match="cannot be modelled"):
        build(ModelConfig(), Preparation(side, side))


def test_weights_of_another_model_are_refused() -> None:
    small, large = ModelConfig(hidden=16), ModelConfig(hidden=32)
    snapshot = snapshot_of(build(small, SMALL), small)
    with pytest.raises(CheckpointError, match="do not fit the model"):
        from_snapshot(replace(snapshot, config=large))
    with pytest.raises(CheckpointError, match="is missing"):
        from_snapshot(replace(snapshot, weights={}))
