"""Codes of a data set: counts, perplexity, draws, and log p(x) without any bound."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from explorer.analysis.evidence import estimate
from explorer.analysis.latent import codebook
from explorer.analysis.latent.codebook import CodeUse
from explorer.errors import Cancelled, ModelError
from explorer.models.autoencoder import Autoencoder, build, from_snapshot
from explorer.models.batches import to_tensor
from explorer.models.config import ModelConfig
from explorer.models.encoding import encode
from explorer.models.posteriors.quantised import nearest
from explorer.task import Task
from explorer.training.config import TrainingConfig
from explorer.training.loop import train
from tests.fakes import toy_dataset

MODEL = ModelConfig(preset="vq-vae", hidden=16, latent_dim=2, options={"codes": 8.0})
CODES = np.array([[0, 0], [1, 0], [0, 2]], np.float32)
USE = CodeUse(CODES, np.array([[0, 1], [0, 1], [0, 2], [1, 2]]))


@pytest.fixture(scope="module")
def trained() -> Autoencoder:
    config = TrainingConfig(epochs=30, batch_size=16, device="cpu", lr=3e-3)
    return from_snapshot(train(MODEL, config, toy_dataset(100)).snapshot)


def fresh(latent_dim: int = 4, codes: float = 3.0) -> Autoencoder:
    config = replace(MODEL, latent_dim=latent_dim, options={"codes": codes})
    return build(config, toy_dataset().preparation, seed=0).eval()


def test_perplexity_of_known_shares() -> None:
    assert codebook.perplexity(np.full(8, 1 / 8)) == pytest.approx(8)
    assert codebook.perplexity(np.array([0.0, 1.0, 0.0])) == 1
    half = np.array([0.5, 0.25, 0.25])
    assert codebook.perplexity(half) == pytest.approx(2**1.5)


def test_shares_add_up_to_one_and_of_nothing_to_none() -> None:
    assert USE.shares.tolist() == [3 / 8, 3 / 8, 2 / 8]
    assert CodeUse(CODES, np.array([[2]])).shares.tolist() == [0, 0, 1]
    assert CodeUse(CODES, np.zeros((0, 2), np.int64)).shares.tolist() == [0, 0, 0]


def test_counts_by_code_and_by_position() -> None:
    assert USE.counts.tolist() == [3, 3, 2]
    assert USE.by_position.tolist() == [[3, 1, 0], [0, 2, 2]]
    assert USE.shares.sum() == pytest.approx(1)
    assert USE.used == 3
    assert CodeUse(CODES, np.zeros((0, 2), np.int64)).used == 0


def test_nearest_agrees_with_the_model_and_placed_undoes_it() -> None:
    random = np.random.default_rng(0)
    z, codes = random.normal(size=(9000, 4)).astype(np.float32), CODES
    index = codebook.nearest(z, codes)
    assert index.tolist() == nearest(torch.from_numpy(z), torch.from_numpy(codes)).tolist()
    assert np.array_equal(codebook.nearest(codebook.placed(index, codes), codes), index)
    assert codebook.nearest(z[0], codes).shape == (2,)


def test_measured_codes_are_the_encoders(trained: Autoencoder) -> None:
    data = toy_dataset(100)
    use = codebook.measure(trained, data)
    with torch.no_grad():
        index = trained.encode(to_tensor(data.x, 255)).index
    assert np.array_equal(use.index, index.numpy())
    few = codebook.measure(trained, data, np.array([5, 3]))
    assert np.array_equal(few.index, use.index[[5, 3]])
    assert 1 <= use.perplexity <= 8


def test_draws_follow_the_counts() -> None:
    z = codebook.draw(USE, 8000, seed=1)
    index = codebook.nearest(z, CODES)
    shares = [np.bincount(column, minlength=3) / 8000 for column in index.T]
    assert shares[0] == pytest.approx([0.75, 0.25, 0], abs=0.02)  # 4 standard errors
    assert shares[1] == pytest.approx([0, 0.5, 0.5], abs=0.023)
    joint = (index[:, 0] == 1) & (index[:, 1] == 1)
    assert joint.mean() == pytest.approx(0.125, abs=0.015)  # never seen together
    assert np.array_equal(z, codebook.draw(USE, 8000, seed=1))
    assert not np.array_equal(z, codebook.draw(USE, 8000, seed=2))


def test_whole_grids_are_those_that_were_seen() -> None:
    index = codebook.nearest(codebook.draw(USE, 4000, how="grids"), CODES)
    assert set(map(tuple, index)) == {(0, 1), (0, 2), (1, 2)}
    assert (index == [0, 1]).all(1).mean() == pytest.approx(0.5, abs=0.032)


def test_draws_that_cannot_be() -> None:
    with pytest.raises(ModelError, match="choose one of"):
        codebook.draw(USE, 1, how="hope")
    with pytest.raises(ModelError, match="no sample"):
        codebook.draw(CodeUse(CODES, np.zeros((0, 2), np.int64)), 1)


@pytest.mark.parametrize("latent_dim", [2, 4])
def test_exact_evidence_by_brute_force(latent_dim: int) -> None:
    model, data = fresh(latent_dim), toy_dataset(70)
    index = np.arange(70)
    found = codebook.exact_log_likelihood(model, data, index)
    codes, x = model.posterior.codebook().detach(), to_tensor(data.x, 255)
    total = []
    for number in np.ndindex(*(3,) * (latent_dim // 2)):
        z = codes[list(number)].flatten().expand(70, -1)
        with torch.no_grad():
            total.append(model.likelihood.log_prob(model.raw(z)[None], x)[0].double())
    exact = torch.stack(total).logsumexp(0) - latent_dim // 2 * math.log(3)
    assert found == pytest.approx(exact.numpy(), abs=1e-3)


def test_the_elbo_is_a_bound(trained: Autoencoder) -> None:
    data = toy_dataset(100)
    index = data.test_index
    exact = codebook.exact_log_likelihood(trained, data, index)
    found = estimate.measure(trained, data, index, 5)
    assert found is not None
    assert (found.elbo <= exact + 1e-4).all()
    assert found.log_likelihood == pytest.approx(exact)  # not the elbo: that is all q could draw
    assert found.kl == pytest.approx(math.log(8), abs=1e-5)


def test_too_many_grids_to_visit() -> None:
    assert codebook.can_enumerate(256, 2)
    assert not codebook.can_enumerate(257, 2)
    with pytest.raises(ModelError, match="too many"):
        codebook.exact_log_likelihood(fresh(20, 4.0), toy_dataset(), np.arange(3))


def test_summary_for_evaluate(trained: Autoencoder) -> None:
    data = toy_dataset(100)
    exact = codebook.known_log_likelihood(trained, data, data.test_index)
    said = codebook.summary(
        trained, encode(trained, data, data.test_index).mean, log_likelihood=exact
    )
    assert said is not None
    assert said["codes"] == 8
    assert said["positions"] == 1
    assert exact is not None
    assert said["log_likelihood"] == pytest.approx(exact.mean())
    assert codebook.known_log_likelihood(fresh(20, 4.0), data, data.test_index) is None
    wide = codebook.summary(fresh(20, 4.0), np.zeros((3, 4), np.float32))
    assert wide is not None
    assert wide["log_likelihood"] is None


def test_models_without_a_book() -> None:
    data = toy_dataset()
    model = build(ModelConfig(hidden=16), data.preparation, seed=0).eval()
    assert codebook.book_of(model) is None
    assert codebook.summary(model, np.zeros((3, 2), np.float32)) is None
    with pytest.raises(ModelError, match="no codebook"):
        codebook.measure(model, data)


def test_it_stops_when_told() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        codebook.measure(fresh(), toy_dataset(), None, task)
    with pytest.raises(Cancelled):
        codebook.exact_log_likelihood(fresh(), toy_dataset(), np.arange(3), task)
