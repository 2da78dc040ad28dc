"""Bodies fit every size; their initial weights come from a generator."""

from __future__ import annotations

import pytest
import torch

from explorer.models.bodies import Dropout, Shape, bodies, initialise
from explorer.models.bodies.conv import halvings

SIZES = [(8, 8), (8, 128), (9, 13), (28, 28), (31, 65), (128, 128)]
LENGTHS = [(1, 1), (1, 5), (1, 8), (1, 100), (1, 1001)]
CASES = [(name, size) for name in bodies for size in (LENGTHS if name == "conv1d" else SIZES)]
CASES += [(name, size) for name in ("mlp", "burda", "linear") for size in LENGTHS]


@pytest.mark.parametrize(("name", "size"), CASES)
@pytest.mark.parametrize(("channels", "latent_dim", "outputs"), [(1, 1, 1), (3, 64, 2)])
def test_shapes(
    name: str, size: tuple[int, int], channels: int, latent_dim: int, outputs: int
) -> None:
    shape = Shape(channels, *size, latent_dim=latent_dim, hidden=32, outputs=outputs)
    encoder, decoder = bodies[name].encoder(shape), bodies[name].decoder(shape)
    assert encoder(torch.rand(2, channels, *size)).shape == (2, encoder.width)
    assert decoder(torch.randn(2, latent_dim)).shape == (2, outputs * channels, *size)


def test_linear_is_one_layer_each_way() -> None:
    shape = Shape(1, 4, 4, latent_dim=2, hidden=256)
    encoder, decoder = bodies["linear"].encoder(shape), bodies["linear"].decoder(shape)
    assert not list(encoder.parameters())
    assert encoder.width == 16
    assert sum(p.numel() for p in decoder.parameters()) == 2 * 16 + 16


def test_burda_has_the_widths_of_the_paper() -> None:
    shape = Shape(1, 28, 28, latent_dim=50, hidden=200)
    layers = [m for m in bodies["burda"].encoder(shape).modules() if isinstance(m, torch.nn.Linear)]
    assert [(m.in_features, m.out_features) for m in layers] == [(784, 200), (200, 200)]


def test_halvings_end_small() -> None:
    assert halvings(28, 28) == [(28, 28), (14, 14), (7, 7)]
    assert halvings(8, 8) == [(8, 8), (4, 4)]
    assert halvings(4, 4) == [(4, 4), (2, 2)]


@pytest.mark.parametrize("name", list(bodies))
def test_signals_keep_their_size_at_the_start(name: str) -> None:
    """No body lets the features vanish or explode before the first step."""
    size = (1, 784) if name == "conv1d" else (28, 28)
    shape = Shape(1, *size, latent_dim=2, hidden=256)
    encoder, decoder = bodies[name].encoder(shape), bodies[name].decoder(shape)
    for network in (encoder, decoder):
        initialise(network, torch.Generator().manual_seed(0))
    with torch.no_grad():
        assert 0.01 < encoder(torch.rand(64, 1, *size)).std() < 3.0
        assert 0.01 < decoder(torch.randn(64, 2)).std() < 3.0


def test_dropout_follows_its_generator_and_rests_in_eval() -> None:
    layer, x = Dropout(0.5), torch.ones(1000)
    layer.generator = torch.Generator().manual_seed(0)
    first = layer(x)
    layer.generator.manual_seed(0)
    assert torch.equal(first, layer(x))
    assert first.mean() == pytest.approx(1.0, abs=0.1)
    assert torch.equal(layer.eval()(x), x)
