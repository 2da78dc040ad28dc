"""The mesh covers latent space once, and is fine where the decoder moves fast."""

from __future__ import annotations

import math

import pytest
import torch

from explorer.analysis.evidence import mesh as meshes
from explorer.analysis.evidence.mesh import SIDE, mesh_of, middles
from explorer.data.dataset import Preparation
from explorer.errors import Cancelled
from explorer.models.priors.standard import StandardNormal
from explorer.task import Task
from tests.fakes import LinearModel

PICTURES = torch.rand(3, 1, 4, 4, generator=torch.Generator().manual_seed(0))


def linear(scale: float, d: int = 2) -> LinearModel:
    return LinearModel(Preparation(4, 4), d, scale=scale).float()


@pytest.mark.parametrize("d", [1, 2])
def test_the_leaves_cover_it_once(d: int) -> None:
    mesh = mesh_of(linear(6.0, d), PICTURES)
    assert mesh is not None
    volume = sum(len(places) * (SIDE * 0.5**level) ** d for level, places in mesh.leaves.items())
    whole = 2.0 * mesh.radius if d == 1 else math.pi * mesh.radius**2
    assert volume == pytest.approx(whole, rel=0.06)
    places = torch.cat([middles(places, level) for level, places in mesh.leaves.items()])
    assert len(places.unique(dim=0)) == len(places) == len(mesh)


@pytest.mark.parametrize("scale", [2.0, 6.2, 6.5, 8.0, 32.0])
def test_a_leaf_hides_no_more_than_it_may(scale: float) -> None:
    """Here the corner of a leaf is (scale side)^2 / (4 sigma^2) nats from its middle."""
    mesh = mesh_of(linear(scale), PICTURES)
    assert mesh is not None
    hidden = [(scale * SIDE * 0.5**level) ** 2 / (4 * 0.5**2) for level in mesh.leaves]
    assert max(hidden) <= meshes.ALIKE and (min(mesh.leaves) == 1 or max(hidden) * 4 > meshes.ALIKE)


class NarrowPrior(StandardNormal):
    """N(0, s^2 I)."""

    def __init__(self, std: float) -> None:
        super().__init__(2)
        self.std = std

    def log_prob(self, z: torch.Tensor) -> torch.Tensor:
        return super().log_prob(z / self.std)


@pytest.mark.parametrize("std", [0.03, 0.05, 0.08, 0.12])
def test_it_is_fine_where_the_prior_bends_though_all_decodes_alike(std: float) -> None:
    """A leaf's middle is side^2 / (4 s^2) nats from its corners' mean; a slope hides nothing."""
    model = linear(0.0)
    model.prior = NarrowPrior(std)
    mesh = mesh_of(model, PICTURES)
    assert mesh is not None and len(mesh.leaves) == 1
    (hidden,) = ((SIDE * 0.5**level) ** 2 / (4 * std**2) for level in mesh.leaves)
    assert hidden <= meshes.ALIKE and (min(mesh.leaves) == 1 or hidden * 4 > meshes.ALIKE)


@pytest.mark.parametrize("d", [1, 2])
def test_the_children_of_a_cell_lie_around_its_middle(d: int) -> None:
    places = torch.tensor([[-3, 0], [2, 5]])[:, :d]
    kids = middles(2 * places[:, None] + meshes.steps_of(d), 4)
    assert kids.shape == (2, 2**d, d)
    torch.testing.assert_close(kids.mean(1), middles(places, 3))
    torch.testing.assert_close(middles(places, torch.tensor([3, 3])), middles(places, 3))
    sides = middles(places + 1, 3) - middles(places, 3)
    torch.testing.assert_close(sides, torch.full_like(sides, SIDE / 8))


def test_no_middle_mirrors_another() -> None:
    """Or the lattice would see two modes that mirror one another alike, and be too sure."""
    places = torch.cartesian_prod(torch.arange(-9, 9), torch.arange(-9, 9))
    at = middles(places, 0)
    assert float(torch.cdist(at, -at).min()) > 0.1


def test_a_pass_decodes_so_many_numbers_and_never_too_few_places() -> None:
    model = linear(2.0)
    places = meshes.pass_of(model, torch.zeros(9, 3, 10, 10))
    assert places == meshes.PASS_VALUES // 300
    assert 2**19 < places * 300 * torch.zeros(1).element_size() < 2**20  # bytes of a core's cache
    assert meshes.pass_of(model, torch.zeros(9, 3, 500, 500)) == 16


def test_it_reaches_beyond_codes_and_prior() -> None:
    far = PICTURES + 10.0
    mesh, reach = mesh_of(linear(2.0), far), linear(2.0).encode(far).mean.norm(dim=1).max()
    assert mesh is not None and mesh.radius > reach + 1.0 > 6.0
    near = mesh_of(linear(2.0), PICTURES)
    assert near is not None and 6.0 < near.radius < 9.0


def test_a_decoder_that_moves_too_fast_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meshes, "MOST_LEAVES", 1000)
    assert mesh_of(linear(32.0), PICTURES) is None


def test_it_may_have_as_many_leaves_as_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    mesh = mesh_of(linear(2.0), PICTURES)
    assert mesh is not None and list(mesh.leaves) == [1]
    monkeypatch.setattr(meshes, "MOST_LEAVES", len(mesh))
    assert mesh_of(linear(2.0), PICTURES) is not None
    monkeypatch.setattr(meshes, "MOST_LEAVES", len(mesh) - 1)
    assert mesh_of(linear(2.0), PICTURES) is None


def test_cancels() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        mesh_of(linear(2.0), PICTURES, task)
