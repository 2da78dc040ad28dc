"""Which models have log p(x) itself, and by which way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from explorer.analysis.evidence import exact, mesh
from explorer.analysis.evidence.estimate import measure
from explorer.analysis.evidence.exact import Asked, Known
from explorer.models.autoencoder import Autoencoder, build
from explorer.models.batches import to_tensor
from explorer.models.config import ModelConfig
from explorer.models.likelihoods import likelihoods
from explorer.models.priors.mixture import Mixture
from explorer.task import Task
from tests.fakes import LinearModel, toy_dataset

DATA = toy_dataset(30)


def built(preset: str, d: int = 2) -> Autoencoder:
    config = ModelConfig(preset, hidden=16, latent_dim=d)
    return build(config, DATA.preparation, seed=0).eval().requires_grad_(False)


def known(model: Autoencoder, **more: Path) -> Known | None:
    return exact.known(Asked(model, DATA, np.arange(30), **more))


@pytest.mark.parametrize("d", [2, 5, 16])
def test_a_linear_model_has_its_closed_form(d: int) -> None:
    model = LinearModel(DATA.preparation, d)
    wanted = model.log_evidence(to_tensor(DATA.x, 255).double()).numpy()
    found = known(model.float())
    assert found is not None and found.way == exact.CLOSED
    np.testing.assert_allclose(found.log_likelihood, wanted, atol=1e-3)


@pytest.mark.parametrize(
    ("preset", "d", "way"),
    [
        ("vae", 1, exact.QUADRATURE),
        ("vae", 2, exact.QUADRATURE),
        ("flow-vae", 2, exact.QUADRATURE),
        ("linear-vae", 5, exact.CLOSED),
        ("vq-vae", 2, exact.SUM),
        ("vq-vae", 16, None),
        ("vae", 3, None),
    ],
)
def test_a_way_for_each_kind_of_model(preset: str, d: int, way: str | None) -> None:
    found = known(built(preset, d))
    assert (None if found is None else found.way) == way
    assert found is None or np.isfinite(found.log_likelihood).all()


def test_what_is_linear_and_not_gaussian_has_no_closed_form() -> None:
    """Of another prior, or another likelihood: it is integrated."""
    for part, other in {"prior": Mixture(2), "likelihood": likelihoods["bernoulli"]()}.items():
        model = LinearModel(DATA.preparation, 2).float()
        setattr(model, part, other.requires_grad_(requires_grad=False))
        found = known(model)
        assert found is not None and found.way == exact.QUADRATURE


def test_it_says_what_it_does_from_the_first_moment() -> None:
    seen: list[tuple[float | None, str]] = []
    task = Task(lambda share, text: seen.append((share, text)), interval=0.0)
    assert exact.known(Asked(built("vae"), DATA, np.arange(30)), task) is not None
    assert seen[0] == (0.0, "a mesh over latent space") and seen[-1][0] == 1.0


def test_both_ways_give_the_same_of_a_linear_model() -> None:
    model = LinearModel(DATA.preparation, 2).float()
    asked = Asked(model, DATA, np.arange(30))
    closed, integrated = (
        exact.WAYS[way](asked, exact.NO_TASK, 1) for way in ("closed form", "quadrature")
    )
    assert closed is not None and integrated is not None
    np.testing.assert_allclose(integrated, closed, atol=1e-3)


def test_more_draws_only_approach_it() -> None:
    found = measure(built("vae"), DATA, np.arange(30), 5000)
    assert found is not None and found.importance is not None and found.log_likelihood is not None
    assert found.exact and found.way == exact.QUADRATURE
    np.testing.assert_allclose(found.importance, found.log_likelihood, atol=0.2)
    assert not np.array_equal(found.importance, found.log_likelihood)


def test_what_could_not_be_integrated_has_its_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(_model: object, x: torch.Tensor, *_more: object) -> tuple[np.ndarray, np.ndarray]:
        values = np.where(np.arange(len(x)) % 2, np.nan, 7.0)
        return values, values

    monkeypatch.setattr(exact, "integrate", half)
    found = measure(built("vae"), DATA, np.arange(30), 10)
    assert found is not None and found.log_likelihood is not None
    assert found.unknown == 15 and not found.exact
    assert (found.log_likelihood[::2] == 7.0).all()
    assert np.array_equal(found.log_likelihood[1::2], found.importance[1::2])


def test_mass_beyond_the_edge_of_a_mesh_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """An encoder that misses a mode makes a mesh too small."""
    monkeypatch.setattr(mesh, "_reach", lambda *_: 0.0)
    monkeypatch.setattr(mesh, "BEYOND", 1.25)
    asked = Asked(LinearModel(DATA.preparation, 2).float(), DATA, np.arange(30))
    closed, found = (
        exact.WAYS[way](asked, exact.NO_TASK, 1) for way in ("closed form", "quadrature")
    )
    assert closed is not None and found is not None
    np.testing.assert_allclose(found, closed, atol=1e-3)


def test_it_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run finds what the first one kept; when all is done nothing is kept."""
    file, real, calls = tmp_path / "kept.npz", exact.integrate, []
    monkeypatch.setattr(exact, "TOGETHER", 10)

    def counted(model: Autoencoder, x: torch.Tensor, *more: object) -> object:
        calls.append(len(x))
        if len(calls) == 3:
            raise RuntimeError
        return real(model, x, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(exact, "integrate", counted)
    asked = Asked(built("vae"), DATA, np.arange(30), file)
    with pytest.raises(RuntimeError):
        exact.known(asked, workers=1)
    assert file.exists()
    found = exact.known(asked, workers=1)
    assert len(calls) == 4 and found is not None
    asked.forget()
    assert not file.exists()
    monkeypatch.setattr(exact, "integrate", real)
    whole = exact.known(asked, workers=1)
    assert whole is not None and np.array_equal(found.log_likelihood, whole.log_likelihood)


def test_a_mesh_that_is_too_fine_leaves_the_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mesh, "MOST_LEAVES", 10)
    found = measure(built("vae"), DATA, np.arange(30), 10)
    assert found is not None and not found.exact
    assert np.array_equal(found.log_likelihood, found.importance)
