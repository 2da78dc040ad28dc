"""Integrals over z against closed forms and against scipy."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.analysis.evidence import quadrature
from explorer.analysis.evidence.mesh import Mesh, mesh_of
from explorer.analysis.evidence.quadrature import integrate
from explorer.data.dataset import Preparation
from explorer.errors import Cancelled
from explorer.models.autoencoder import Autoencoder, build
from explorer.models.config import ModelConfig
from explorer.task import Task
from tests.analysis.evidence.folded import evidence_of, folded
from tests.fakes import LinearModel

SIDE = Preparation(4, 4)


def meshed(model: Autoencoder, x: torch.Tensor) -> Mesh:
    mesh = mesh_of(model, x)
    assert mesh is not None
    return mesh


def pictures(model: LinearModel, n: int = 30) -> torch.Tensor:
    """Drawn from the linear model itself: (n, 1, 4, 4)."""
    generator = torch.Generator().manual_seed(5)
    z = torch.randn(n, model.prior.latent_dim, generator=generator, dtype=torch.float64)
    noise = torch.randn(n, 16, generator=generator, dtype=torch.float64)
    return (model.exact_decode(z) + model.sigma * noise).view(n, 1, 4, 4)


@pytest.mark.parametrize("scale", [0.01, 2.0, 30.0])
@pytest.mark.parametrize("d", [1, 2])
def test_it_meets_the_closed_form_of_linear_models(d: int, scale: float) -> None:
    """From posteriors as wide as the prior to some of a width of 0.016."""
    model = LinearModel(SIDE, d, scale=scale)
    x = pictures(model)
    wanted = model.log_evidence(x).numpy()
    model.float()
    found, apart = integrate(model, x.float(), meshed(model, x.float()))
    np.testing.assert_allclose(found, wanted, atol=1e-3)
    assert (apart < quadrature.AGREE).all()


@pytest.mark.parametrize("d", [1, 2])
def test_a_mode_that_the_encoder_misses_is_found(d: int) -> None:
    rows = np.array([[0.5, 0.2, 0.0, 0.1], [2.0, -1.0, 0.1, 0.0], [0.0, 0.0, 0.0, 0.0]])
    x = torch.from_numpy(rows).float().view(-1, 1, 2, 2)
    model = folded(d)
    found, _ = integrate(model, x, meshed(model, x))
    np.testing.assert_allclose(found, evidence_of(rows, d), atol=2e-3)


def test_learned_priors_are_taken_as_they_are() -> None:
    """A mixture far from N(0, I), against a plain sum over a fine grid."""
    model = build(ModelConfig("gmm-vae", hidden=16), SIDE, seed=0).eval().requires_grad_(False)
    x = torch.rand(6, 1, 4, 4, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        model.prior.get_parameter("free_mean").mul_(3.0)
        model.prior.get_parameter("free_logvar").fill_(-0.3)
    axis = torch.linspace(-12.0, 12.0, 801)
    z = torch.cartesian_prod(axis, axis)
    with torch.inference_mode():
        table = model.likelihood.log_prob_table(model.raw(z), x)
        joint = table + model.prior.log_prob(z).double()[:, None]
    wanted = joint.logsumexp(0) + 2.0 * np.log(24.0 / 800)
    found, _ = integrate(model, x, meshed(model, x))
    np.testing.assert_allclose(found, wanted.numpy(), atol=2e-3)


@pytest.mark.parametrize("d", [1, 2])
def test_mass_beyond_the_edge_of_the_mesh_is_followed(d: int) -> None:
    """To 28 units from 0, where no code and no draw of the prior is; others stay what they are."""
    model = LinearModel(SIDE, d)
    far = torch.zeros(2, d, dtype=torch.float64)
    far[:, 0] = torch.tensor([30.0, -15.0])
    x = torch.cat([pictures(model, 5), model.exact_decode(far).view(-1, 1, 4, 4)])
    wanted = model.log_evidence(x).numpy()
    mesh = meshed(model.float(), x[:5].float())
    found, apart = integrate(model, x.float(), mesh)
    np.testing.assert_allclose(found, wanted, atol=2e-3)
    assert (apart < quadrature.AGREE).all()
    np.testing.assert_array_equal(found[:5], integrate(model, x[:5].float(), mesh)[0])


def test_posteriors_of_a_width_of_a_thousandth_are_integrated() -> None:
    """Along a line, to far beyond the mesh's edge."""
    model = LinearModel(SIDE, 1, scale=500.0)
    far = model.exact_decode(torch.tensor([[0.3], [8.0]]).double()).view(-1, 1, 4, 4)
    x = torch.cat([pictures(model), far])
    wanted = model.log_evidence(x).numpy()
    mesh = meshed(model.float(), x[:30].float())
    found, _ = integrate(model, x.float(), mesh)
    np.testing.assert_allclose(found, wanted, atol=0.01)


def test_what_is_too_far_to_follow_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    model = LinearModel(SIDE, 2).float()
    x = model.exact_decode(torch.tensor([[30.0, 0.0]]).double()).float().view(1, 1, 4, 4)
    mesh = meshed(model, pictures(LinearModel(SIDE, 2)).float())
    monkeypatch.setattr(quadrature, "MOST", 500)
    assert np.isnan(integrate(model, x, mesh)[0]).all()


def test_what_takes_too_many_cells_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    model = LinearModel(SIDE, 2, scale=30.0)
    x = pictures(model).float()
    model.float()
    mesh = meshed(model, x)
    monkeypatch.setattr(quadrature, "AGREE", 0.0)  # they never do
    monkeypatch.setattr(quadrature, "MOST", 3000)
    assert np.isnan(integrate(model, x, mesh)[0]).all()


def test_cancels() -> None:
    model, task = LinearModel(SIDE, 2).float(), Task()
    x = pictures(LinearModel(SIDE, 2)).float()
    mesh = meshed(model, x)
    task.cancel()
    with pytest.raises(Cancelled):
        integrate(model, x, mesh, task)
