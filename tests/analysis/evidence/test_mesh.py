"""The mesh covers latent space once, and is fine where the decoder moves fast."""

from __future__ import annotations

import math

import pytest
import torch

from explorer.analysis.evidence import mesh as meshes
from explorer.analysis.evidence.mesh import SIDE, mesh_of, middles
from explorer.data.dataset import Preparation
from explorer.errors import Cancelled
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


@pytest.mark.parametrize("scale", [2.0, 8.0, 32.0])
def test_a_leaf_hides_no_more_than_it_may(scale: float) -> None:
    """Here the corner of a leaf is (scale side)^2 / (4 sigma^2) nats from its middle."""
    mesh = mesh_of(linear(scale), PICTURES)
    assert mesh is not None
    hidden = [(scale * SIDE * 0.5**level) ** 2 / (4 * 0.5**2) for level in mesh.leaves]
    assert max(hidden) <= meshes.ALIKE and (min(mesh.leaves) == 1 or max(hidden) * 4 > meshes.ALIKE)


def test_it_reaches_beyond_codes_and_prior() -> None:
    far = PICTURES + 10.0
    mesh, reach = mesh_of(linear(2.0), far), linear(2.0).encode(far).mean.norm(dim=1).max()
    assert mesh is not None and mesh.radius > reach + 1.0 > 6.0
    near = mesh_of(linear(2.0), PICTURES)
    assert near is not None and 6.0 < near.radius < 9.0


def test_a_decoder_that_moves_too_fast_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meshes, "MOST_LEAVES", 1000)
    assert mesh_of(linear(32.0), PICTURES) is None


def test_cancels() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        mesh_of(linear(2.0), PICTURES, task)
