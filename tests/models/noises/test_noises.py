"""Noise for denoising: how much, where, and from which generator."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch
from torch import Tensor

from explorer.data.kinds import kinds
from explorer.models.noises import Ends, Noise, amounts, in_order, noises


def noise(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.fixture
def x() -> Tensor:
    return 0.2 + 0.6 * torch.rand(50, 2, 12, 20, generator=noise(9))


VALUES = {
    "gaussian": [0.28896, 0.45292, 1.40506, 1.42685, 0.7105, 0.54658, 0.9792, 0.64966, -0.00314,
                 1.49674],
    "salt-and-pepper": [0.70759, 0.71772, 0.0, 1.0, 0.0, 0.0, 0.76835, 0.0, 0.78861, 0.79873],
    "patch": [0.0, 0.0, 0.85949, 0.86962, 0.87975, 0.0, 0.0],
}  # fmt: skip
"""The first numbers, or of the patch the last, of the first version: what a seed gives stays."""


def put(name: str, x: Tensor, amount: float, seed: int = 0, ends: Ends = (0.0, 1.0)) -> Tensor:
    return noises[name].apply(x, amount, noise(seed), ends)


def test_every_noise_has_its_words_and_its_place() -> None:
    assert in_order() == ["gaussian", "salt-and-pepper", "patch"]
    assert [noises[name].title for name in in_order()] == ["Gaussian", "Salt and pepper", "Patch"]
    assert [noises[name].symbol for name in in_order()] == ["\u03c3", "share", "side"]
    assert len({one.tip for one in noises.values()} - {""}) == len(noises) == 3
    assert amounts() == (
        "gaussian: sigma, in the units of x; salt-and-pepper: share of all numbers; "
        "patch: share of each side"
    )
    with pytest.raises(NotImplementedError):
        Noise().apply(torch.ones(1, 1, 2, 2), 0.5, None, (0.0, 1.0))


def test_no_torch_is_imported_for_their_words() -> None:
    said = "import sys, explorer.models.noises; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("name", VALUES)
def test_a_seed_gives_the_noise_that_it_always_gave(name: str) -> None:
    x = torch.linspace(0.1, 0.9, 80).reshape(2, 2, 4, 5)
    last, wanted = put(name, x, 0.5, seed=3)[1, 1].flatten(), VALUES[name]
    seen = last[-len(wanted) :] if name == "patch" else last[: len(wanted)]
    assert seen.tolist() == pytest.approx(wanted, abs=2e-5)


@pytest.mark.parametrize("name", list(noises))
def test_each_follows_its_generator_and_leaves_x_alone(name: str, x: Tensor) -> None:
    before = x.clone()
    first, second, other = (put(name, x, 0.5, s) for s in (0, 0, 1))
    assert torch.equal(first, second)
    assert not torch.equal(first, other)
    assert torch.equal(x, before)
    assert first.shape == x.shape


@pytest.mark.parametrize("name", ["gaussian", "salt-and-pepper"])
def test_none_of_it_is_none(name: str, x: Tensor) -> None:
    assert torch.equal(put(name, x, 0.0), x)


def test_gaussian_has_its_sigma(x: Tensor) -> None:
    added = put("gaussian", x, 0.5) - x
    assert float(added.std()) == pytest.approx(0.5, rel=0.02)


@pytest.mark.parametrize("ends", sorted({kind.ends for kind in kinds.values()}))
def test_salt_and_pepper_has_its_rate(ends: tuple[float, float], x: Tensor) -> None:
    noisy = put("salt-and-pepper", x, 0.3, ends=ends)
    changed = noisy != x
    assert float(changed.float().mean()) == pytest.approx(0.3, abs=0.02)
    assert set(noisy[changed].tolist()) == set(ends)
    assert float((noisy[changed] == ends[0]).float().mean()) == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0, 10.0])
def test_a_patch_has_its_sides_and_moves(share: float, x: Tensor) -> None:
    hidden = put("patch", x, share) == 0.0
    height, width = (min(side, max(1, round(share * side))) for side in (12, 20))
    assert (hidden.any(3).sum(2) == height).all()
    assert (hidden.any(2).sum(2) == width).all()
    assert (hidden.sum((2, 3)) == height * width).all()
    assert torch.equal(hidden[:, 0], hidden[:, 1])  # all channels at once
    if share < 1:
        assert len(hidden.unique(dim=0)) > 5


def test_a_patch_in_a_signal_is_a_stretch_of_time() -> None:
    hidden = put("patch", torch.ones(4, 2, 1, 100), 0.25) == 0.0
    assert (hidden.sum(3) == 25).all()
