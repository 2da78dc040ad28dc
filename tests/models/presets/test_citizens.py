"""Every preset, body, likelihood and kind of data: a new file is tested by being there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from explorer.config import from_json, to_json
from explorer.data.dataset import Dataset, Preparation
from explorer.data.kinds import kinds
from explorer.errors import ModelError
from explorer.models import checkpoint
from explorer.models.autoencoder import build, from_snapshot
from explorer.models.batches import to_tensor
from explorer.models.bodies import bodies
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.encoding import encode
from explorer.models.likelihoods import likelihoods
from explorer.models.pieces.bodies import body_pieces
from explorer.models.pieces.likelihoods import likelihood_pieces
from explorer.models.posteriors import posteriors
from explorer.models.presets import presets
from explorer.models.priors import priors
from explorer.task import Task
from explorer.training.config import TrainingConfig, config_for_preset
from explorer.training.loop import train
from explorer.training.objectives import objectives
from explorer.training.run import Run
from explorer.training.state import pack, unpack
from tests.fakes import constant_dataset, toy_dataset

D = 4  # latent dimensions: also two codes of two numbers


def floats(kind: str, n: int = 40) -> Dataset:
    """Standardised signals of two channels, or a table of nine columns."""
    width, channels = (21, 2) if kind == "signals" else (9, 1)
    x = np.random.default_rng(0).normal(size=(n, 1, width, channels)).astype(np.float32)
    preparation = Preparation(1, width, channels, levels=1, kind=kind)
    return Dataset(kind, x, preparation, np.arange(n) % 5 == 4)


DATA = {
    "grey": toy_dataset(40, height=9, width=8),
    "colour": toy_dataset(40, height=9, width=8, channels=3),
    "signals": floats("signals"),
    "table": floats("table"),
}


def combinations() -> list[object]:
    """Each body with the default likelihood, and each likelihood with the default body."""
    found: list[object] = []
    for preset in presets.values():
        for name, data in DATA.items():
            if data.kind not in preset.kinds:
                continue
            offered = preset.likelihoods_for(data.kind)
            pairs = [(body, offered[0]) for body in preset.bodies_for(data.kind)]
            first = preset.bodies_for(data.kind)[0]
            pairs += [(first, one) for one in offered[1:]] if name in ("grey", "table") else []
            found += [
                pytest.param(preset.name, name, *pair, id="-".join((preset.name, name, *pair)))
                for pair in pairs
            ]
    return found


def small(preset: str, **changes: object) -> ModelConfig:
    config = ModelConfig(preset=preset, latent_dim=D, hidden=16)
    return replace(config, **changes)  # type: ignore[arg-type]


def suited_training(preset: str, **changes: object) -> TrainingConfig:
    config = TrainingConfig(batch_size=16, device="cpu")
    return replace(config_for_preset(config, presets[preset]), epochs=1, **changes)  # type: ignore[arg-type]


def finite(snapshot: ModelSnapshot) -> bool:
    return all(bool(np.isfinite(w).all()) for w in snapshot.weights.values())


def same(first: torch.nn.Module, second: torch.nn.Module) -> bool:
    mine, other = first.state_dict(), second.state_dict()
    return all(torch.equal(mine[name], other[name]) for name in mine)


def test_no_preset_is_broken() -> None:
    assert not any(r.broken for r in (presets, bodies, likelihoods, posteriors, priors))
    wanted = "linear-ae ae denoising-ae vae linear-vae beta-vae full-cov-vae iwae flow-vae gmm-vae"
    assert {*wanted.split(), "vq-vae"} <= set(presets)
    assert set(body_pieces) == set(bodies)


@pytest.mark.parametrize("name", list(presets))
def test_preset_names_pieces_that_exist(name: str) -> None:
    preset = presets[name]
    assert preset.name == name
    assert preset.summary
    assert preset.posterior in posteriors
    assert preset.prior in priors
    assert preset.objective in objectives
    assert set(preset.likelihoods) <= set(likelihood_pieces)
    assert set(preset.bodies) <= set(body_pieces)
    assert set(preset.kinds) <= set(kinds)
    config_for_preset(TrainingConfig(), preset)


@pytest.mark.parametrize(("preset", "data", "body", "likelihood"), combinations())
def test_citizen(preset: str, data: str, body: str, likelihood: str, tmp_path: Path) -> None:
    dataset, config = DATA[data], small(preset, body=body, likelihood=likelihood)
    assert from_json(ModelConfig, to_json(config)) == config

    trained = train(config, suited_training(preset), dataset, publish=False)
    assert not trained.stopped
    assert trained.curve.last is not None and np.isfinite(trained.curve.last.train_elbo)
    assert np.isfinite(trained.curve.last.test_elbo or 0.0)

    codes = encode(from_snapshot(trained.snapshot), dataset, model_id=trained.snapshot.id)
    checkpoint.save(tmp_path, trained.snapshot, resume=trained.resume_state, codes=codes)
    assert checkpoint.load_codes(tmp_path, dataset) is not None
    before, after = from_snapshot(trained.snapshot), from_snapshot(checkpoint.load(tmp_path))
    z = torch.randn(4, D)
    picture = before.decode(z)
    assert torch.equal(picture, after.decode(z))
    assert picture.shape == (4, *np.moveaxis(dataset.x[:1], 3, 1).shape[1:])
    if dataset.kind == "images" and presets[preset].link == "sigmoid":
        assert 0 <= picture.min() <= picture.max() <= 1
    x = to_tensor(dataset.x, dataset.preparation.levels)
    assert after.encode(x).mean.shape == after.encode(x).std.shape == (40, D)
    pixels = after.likelihood.sample(after.raw(z), torch.Generator().manual_seed(0))
    assert pixels.shape == picture.shape


@pytest.mark.parametrize("preset", list(presets))
@pytest.mark.parametrize("settings", ["plain", "everything"])
def test_citizen_repeats_and_resumes_to_the_bit(preset: str, settings: str) -> None:
    """Two steps at once, twice, and one after the other with all states packed between."""
    more: dict[str, object] = {
        "optimiser": "sgd", "lr": 1e-3, "corruption": "patch", "free_bits": 0.1,
        "kl": "monte-carlo", "draws": 2, "warm_up": 1.0, "schedule": "cosine",
    }  # fmt: skip
    training = suited_training(preset, **(more if settings == "everything" else {}))
    dataset, config = DATA["grey"], small(preset)

    def run(steps: int) -> Run:
        made = Run(config, training, dataset, "cpu")
        for _ in range(steps):
            made.step()
        return made

    whole, again, part = run(2), run(2), run(1)
    assert same(whole.model, again.model)
    rest = run(0)
    rest.model.load_state_dict(part.model.state_dict())
    unpack(rest, pack(part, "hash"))
    rest.step()
    assert same(whole.model, rest.model)
    assert whole.curve.rows.log_px[-1] == rest.curve.rows.log_px[-1]


@pytest.mark.parametrize("preset", list(presets))
def test_citizen_stops_when_told(preset: str) -> None:
    task = Task()
    task.cancel()
    trained = train(small(preset), TrainingConfig(), DATA["grey"], task)
    assert trained.stopped
    assert not trained.curve
    from_snapshot(trained.snapshot)


@pytest.mark.parametrize("preset", list(presets))
@pytest.mark.parametrize("optimiser", ["adam", "sgd"])
def test_citizen_stands_still_or_keeps_good_weights(preset: str, optimiser: str) -> None:
    still = Run(
        small(preset), suited_training(preset, lr=0.0, schedule="constant"), DATA["grey"], "cpu"
    )
    first = {name: p.detach().clone() for name, p in still.model.named_parameters()}
    if preset != "vq-vae":  # its first batch places the codes
        still.step()
        assert all(torch.equal(first[name], p) for name, p in still.model.named_parameters())
    for lr in (1e3, 1e30):
        config = replace(suited_training(preset, lr=lr, optimiser=optimiser), epochs=10)
        wild = train(small(preset), config, DATA["grey"], publish=False)
        assert finite(wild.snapshot)
        assert not wild.message or "lower learning rate" in wild.message


@pytest.mark.parametrize("preset", list(presets))
@pytest.mark.parametrize("n", [1, 2, 5])
def test_citizen_survives_little_and_constant_data(preset: str, n: int) -> None:
    for value in (0, 128):
        config = replace(suited_training(preset, batch_size=1000), epochs=3)
        trained = train(small(preset), config, constant_dataset(n, value), publish=False)
        assert finite(trained.snapshot)
        assert not trained.message


@pytest.mark.parametrize("preset", list(presets))
def test_citizen_takes_every_latent_dimension(preset: str) -> None:
    data = toy_dataset(4)
    for latent_dim in (1, 64):
        if latent_dim % presets[preset].options.get("code_dim", 1):
            continue
        model = build(small(preset, latent_dim=latent_dim), data.preparation, seed=0)
        assert model.encode(to_tensor(data.x, 255)).mean.shape == (4, latent_dim)


def test_bodies_and_likelihoods_follow_the_data() -> None:
    conv = build(small("vae", body="conv"), DATA["signals"].preparation, seed=0)
    assert any(isinstance(m, torch.nn.Conv1d) for m in conv.modules())
    with pytest.raises(ModelError, match="no body 'conv' for table"):
        build(small("vae", body="conv"), DATA["table"].preparation)
    with pytest.raises(ModelError, match="no likelihood 'bernoulli' for signals") as caught:
        build(small("vae", likelihood="bernoulli"), DATA["signals"].preparation)
    assert "gaussian-learned, gaussian, gaussian-optimal" in caught.value.remedy
    with pytest.raises(ModelError, match="linear-ae has no body 'conv'"):
        build(small("linear-ae", body="conv"), DATA["grey"].preparation)
    build(small("linear-ae"), DATA["grey"].preparation)  # the default body is its own


def test_codes_of_tilted_posteriors_have_covariances(tmp_path: Path) -> None:
    for preset, tilted in (("full-cov-vae", True), ("flow-vae", True), ("vae", False)):
        config = small(preset, latent_dim=2)
        trained = train(config, suited_training(preset), DATA["grey"], publish=False)
        name = trained.snapshot.id
        codes = encode(from_snapshot(trained.snapshot), DATA["grey"], model_id=name)
        assert (codes.cov is not None) == tilted
        checkpoint.save(tmp_path / preset, trained.snapshot, codes=codes)
        loaded = checkpoint.load_codes(tmp_path / preset, DATA["grey"])
        assert loaded is not None
        if codes.cov is not None and loaded.cov is not None:
            np.testing.assert_array_equal(loaded.cov, codes.cov)
            deviation = np.sqrt(codes.cov.diagonal(axis1=1, axis2=2))
            np.testing.assert_allclose(deviation, codes.std, rtol=1e-4)


def test_suited_and_back() -> None:
    beta, plain = presets["beta-vae"], presets["vae"]
    config = config_for_preset(TrainingConfig(epochs=7), beta)
    assert (config.beta, config.epochs) == (4.0, 7)
    assert config_for_preset(config, plain, beta) == TrainingConfig(epochs=7)
    assert config_for_preset(replace(config, beta=3.0), plain, beta).beta == 3.0
