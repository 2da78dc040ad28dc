"""Convolutions that halve a picture and double it again."""

from __future__ import annotations

import math
from itertools import pairwise

from torch import Tensor, nn

from explorer.models.bodies import Body, Encoder, Shape, bodies, dense


class Upsample(nn.Module):
    """Twice as large by a transposed convolution, cut to the size wanted."""

    def __init__(self, inputs: int, outputs: int, size: tuple[int, int]) -> None:
        super().__init__()
        self.conv = nn.ConvTranspose2d(inputs, outputs, kernel_size=4, stride=2, padding=1)
        self.size = size

    def forward(self, x: Tensor) -> Tensor:
        """(B, inputs, h, w) -> (B, outputs, *size)."""
        height, width = self.size
        return self.conv(x)[..., :height, :width]  # type: ignore[no-any-return]


class Conv(Body):
    """Convolutions that halve the picture until its sides are 4 to 7, and the way back."""

    summary = "convolutions: for larger and for colour pictures"

    def encoder(self, shape: Shape) -> Encoder:
        """Strided convolutions, then one dense layer."""
        sizes, channels = halvings(shape.height, shape.width), self._channels(shape)
        layers: list[nn.Module] = []
        for inputs, outputs in pairwise([shape.channels, *channels]):
            layers += [nn.Conv2d(inputs, outputs, kernel_size=3, stride=2, padding=1), nn.SiLU()]
        flat = channels[-1] * math.prod(sizes[-1])
        width = max(4, shape.hidden // 2)
        layers += [nn.Flatten(), *dense([flat, width], shape.dropout)]
        return Encoder(layers, width, shape.dropout)

    def decoder(self, shape: Shape) -> nn.Module:
        """Three dense layers, then transposed convolutions."""
        sizes, channels = halvings(shape.height, shape.width), self._channels(shape)
        widths = [shape.latent_dim, max(4, shape.hidden // 4), max(4, shape.hidden // 2)]
        bottom = (channels[-1], *sizes[-1])
        layers = dense([*widths, math.prod(bottom)])
        layers.append(nn.Unflatten(1, bottom))
        outputs = [*reversed(channels[:-1]), shape.outputs * shape.channels]
        for inputs, output, size in zip(
            reversed(channels), outputs, reversed(sizes[:-1]), strict=True
        ):
            layers += [Upsample(inputs, output, size), nn.SiLU()]
        return nn.Sequential(*layers[:-1])

    @staticmethod
    def _channels(shape: Shape) -> list[int]:
        steps = len(halvings(shape.height, shape.width)) - 1
        first = max(4, shape.hidden // 16)
        return [min(first * 2**i, max(4, shape.hidden // 4)) for i in range(steps)]


def halvings(height: int, width: int) -> list[tuple[int, int]]:
    """(H, W), then halved (rounded up) at least once and until neither side is above 7."""
    sizes = [(height, width)]
    while len(sizes) == 1 or max(sizes[-1]) > 7:
        sizes.append(((sizes[-1][0] + 1) // 2, (sizes[-1][1] + 1) // 2))
    return sizes


bodies.register("conv")(Conv())
