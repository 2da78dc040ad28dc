"""What samples that are kept out are judged by: what training maximises, without its noise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from explorer.data.binarising import binarised, fixed_draw
from explorer.data.dataset import Dataset
from explorer.models.autoencoder import build
from explorer.models.batches import to_bytes
from explorer.models.config import ModelConfig
from explorer.training import bound
from explorer.training.config import TrainingConfig
from explorer.training.validation import objective as module
from explorer.training.validation.objective import judge
from tests.fakes import LinearModel, toy_dataset

DATA = toy_dataset(80)
INDEX = DATA.train_index[::3]
CONFIG = TrainingConfig(device="cpu")


def found(
    preset: str = "vae", data: Dataset = DATA, *, seed: int = 0, config: TrainingConfig = CONFIG,
    **options: Any,
) -> tuple[np.ndarray, str]:  # fmt: skip
    model = ModelConfig(preset, hidden=8, options=options)
    built = build(model, data.preparation, seed=seed)
    values, name = judge(model, config, data, INDEX, "cpu").values(built)
    assert built.training
    return values, name


def test_it_is_the_evidence_of_an_exact_model_sample_by_sample() -> None:
    exact = LinearModel(DATA.preparation).float()
    x = to_bytes(DATA.x[INDEX]).float() / DATA.preparation.levels
    evidence = exact.log_evidence(x.double()).numpy()
    values, _ = judge(ModelConfig("iwae"), CONFIG, DATA, INDEX, "cpu").values(exact)
    np.testing.assert_allclose(values, evidence, rtol=1e-3)  # every weight is p(x)
    values, _ = judge(ModelConfig(), replace(CONFIG, draws=100), DATA, INDEX, "cpu").values(exact)
    np.testing.assert_allclose(values, evidence, atol=1.0)


def test_it_is_the_bound_that_is_measured_elsewhere() -> None:
    model = build(ModelConfig(hidden=8), DATA.preparation, seed=0)
    values, name = found()
    kept = to_bytes(DATA.x[INDEX])
    assert values.shape == (len(INDEX),) and values.dtype == np.float64 and name == "ELBO"
    assert values.mean() == pytest.approx(bound.measure(model, kept, DATA.preparation.levels).elbo)


def test_the_noise_is_the_same_each_time_and_dropout_is_off() -> None:
    for config in (CONFIG, replace(CONFIG, corruption="gaussian")):
        one, other = (found(config=config, dropout=0.5)[0] for _ in range(2))
        np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(found(dropout=0.5)[0], found(dropout=0.0)[0])
    noisy = found(config=replace(CONFIG, corruption="gaussian"))[0]
    assert not np.array_equal(noisy, found()[0])


def test_no_gradient_and_no_random_number_of_others_is_used() -> None:
    model = build(ModelConfig(hidden=8), DATA.preparation, seed=0)
    config = replace(CONFIG, corruption="salt-and-pepper", draws=3)
    before = torch.get_rng_state()
    judge(ModelConfig(hidden=8), config, DATA, INDEX, "cpu").values(model)
    assert torch.equal(before, torch.get_rng_state())
    assert all(parameter.grad is None for parameter in model.parameters())


@pytest.mark.parametrize(
    ("preset", "changes", "name"),
    [
        ("vae", {}, "ELBO"),
        ("vae", {"beta": 4.0}, "objective"),
        ("vae", {"free_bits": 0.1}, "objective"),
        ("vae", {"corruption": "gaussian"}, "objective"),
        ("vae", {"warm_up": 5.0, "draws": 2}, "ELBO"),
        ("ae", {"beta": 4.0}, "log p(x|z)"),
        ("iwae", {"draws": 5}, "objective"),
        ("vq-vae", {}, "objective"),
    ],
)
def test_it_is_called_what_it_is(preset: str, changes: dict[str, Any], name: str) -> None:
    values, said = found(preset, config=replace(CONFIG, **changes))
    assert said == name and np.isfinite(values).all()


def test_beta_is_what_the_warm_up_leads_to() -> None:
    weighed = found(config=replace(CONFIG, beta=4.0, warm_up=100.0))[0]
    plain = found(config=replace(CONFIG, warm_up=100.0))[0]
    none = found(config=replace(CONFIG, beta=0.0))[0]
    np.testing.assert_allclose(weighed, none - 4.0 * (none - plain), rtol=1e-4)


def test_a_sampled_kl_and_free_bits_are_those_of_training() -> None:
    closed, sampled = found()[0], found(config=replace(CONFIG, kl="monte-carlo"))[0]
    assert not np.allclose(closed, sampled)
    free = found(config=replace(CONFIG, free_bits=100.0))[0]  # two dimensions
    none = found(config=replace(CONFIG, beta=0.0))[0]
    np.testing.assert_allclose(free, none - 200.0, rtol=1e-5)


def test_data_drawn_anew_are_judged_by_one_draw() -> None:
    dynamic = binarised(DATA, "dynamic")
    one, fixed = found(data=dynamic)[0], found(data=fixed_draw(dynamic))[0]
    np.testing.assert_array_equal(one, fixed)


def test_few_at_a_time_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = []
    whole = found("ae")[0]  # a point needs no noise, so that parts cannot matter
    terms = module.Autoencoder.terms

    def watched(self: Any, x: torch.Tensor, *more: Any) -> Any:
        parts.append(len(x))
        return terms(self, x, *more)

    monkeypatch.setattr(module.Autoencoder, "terms", watched)
    monkeypatch.setattr(module, "PART", 2 * 5 * 1024)
    config = replace(CONFIG, draws=2)
    np.testing.assert_allclose(found("ae", config=config)[0], whole, rtol=1e-6)
    assert set(parts[:-1]) == {5} and sum(parts) == len(INDEX)
    parts.clear()
    monkeypatch.setattr(module, "PART", 10)
    found("ae", config=config)
    assert set(parts) == {1}
