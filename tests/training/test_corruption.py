"""Noise for denoising: how much, where, and from which generator."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from explorer.data.kinds import kinds
from explorer.training.config import CORRUPTIONS
from explorer.training.corruption import corruptions


def noise(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.fixture
def x() -> Tensor:
    return 0.2 + 0.6 * torch.rand(50, 2, 12, 20, generator=noise(9))


def test_the_settings_name_them_all() -> None:
    assert ("none", *corruptions) == CORRUPTIONS


@pytest.mark.parametrize("name", list(corruptions))
def test_each_follows_its_generator_and_leaves_x_alone(name: str, x: Tensor) -> None:
    before = x.clone()
    first, second, other = (corruptions[name](x, 0.5, noise(s), (0.0, 1.0)) for s in (0, 0, 1))
    assert torch.equal(first, second)
    assert not torch.equal(first, other)
    assert torch.equal(x, before)
    assert first.shape == x.shape


@pytest.mark.parametrize("name", ["gaussian", "salt-and-pepper"])
def test_none_of_it_is_none(name: str, x: Tensor) -> None:
    assert torch.equal(corruptions[name](x, 0.0, noise(), (0.0, 1.0)), x)


def test_gaussian_has_its_sigma(x: Tensor) -> None:
    added = corruptions["gaussian"](x, 0.5, noise(), (0.0, 1.0)) - x
    assert float(added.std()) == pytest.approx(0.5, rel=0.02)


@pytest.mark.parametrize("ends", sorted({kind.ends for kind in kinds.values()}))
def test_salt_and_pepper_has_its_rate(ends: tuple[float, float], x: Tensor) -> None:
    noisy = corruptions["salt-and-pepper"](x, 0.3, noise(), ends)
    changed = noisy != x
    assert float(changed.float().mean()) == pytest.approx(0.3, abs=0.02)
    assert set(noisy[changed].tolist()) == set(ends)
    assert float((noisy[changed] == ends[0]).float().mean()) == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0, 10.0])
def test_a_patch_has_its_sides_and_moves(share: float, x: Tensor) -> None:
    hidden = corruptions["patch"](x, share, noise(), (0.0, 1.0)) == 0.0
    height, width = (min(side, max(1, round(share * side))) for side in (12, 20))
    assert (hidden.any(3).sum(2) == height).all()
    assert (hidden.any(2).sum(2) == width).all()
    assert (hidden.sum((2, 3)) == height * width).all()
    assert torch.equal(hidden[:, 0], hidden[:, 1])  # all channels at once
    if share < 1:
        assert len(hidden.unique(dim=0)) > 5


def test_a_patch_in_a_signal_is_a_stretch_of_time() -> None:
    hidden = corruptions["patch"](torch.ones(4, 2, 1, 100), 0.25, noise(), (-3.0, 3.0)) == 0.0
    assert (hidden.sum(3) == 25).all()
