"""Convolutions along a signal, which is a picture one row high: (B, C, 1, L)."""

from __future__ import annotations

from itertools import pairwise

from torch import Tensor, nn

from explorer.models.bodies import Body, Encoder, Shape, bodies, dense

STRIDE = 4  # long signals in few layers: each SiLU takes some of what it is given


class Lengthen(nn.Module):
    """Four times as long by a transposed convolution, cut to the length wanted."""

    def __init__(self, inputs: int, outputs: int, length: int) -> None:
        super().__init__()
        self.conv = nn.ConvTranspose1d(inputs, outputs, 2 * STRIDE, STRIDE, STRIDE // 2)
        self.length = length

    def forward(self, x: Tensor) -> Tensor:
        """(B, inputs, l) -> (B, outputs, length)."""
        return self.conv(x)[..., : self.length]  # type: ignore[no-any-return]


class Conv1d(Body):
    """Convolutions that quarter the signal until 2 to 7 steps are left, and the way back."""

    summary = "convolutions along time: for signals"

    def encoder(self, shape: Shape) -> Encoder:
        """Strided convolutions, then one dense layer."""
        lengths, channels = quartered(shape.width), _channels(shape)
        layers: list[nn.Module] = [nn.Flatten(2)]  # (B, C, L)
        for inputs, outputs in pairwise([shape.channels, *channels]):
            layers += [nn.Conv1d(inputs, outputs, 2 * STRIDE - 1, STRIDE, STRIDE - 1), nn.SiLU()]
        width = max(4, shape.hidden // 2)
        flat = channels[-1] * lengths[-1]
        layers += [nn.Flatten(), *dense([flat, width], shape.dropout)]
        return Encoder(layers, width, shape.dropout)

    def decoder(self, shape: Shape) -> nn.Module:
        """Three dense layers, then transposed convolutions."""
        lengths, channels = quartered(shape.width), _channels(shape)
        bottom = (channels[-1], lengths[-1])
        widths = [shape.latent_dim, max(4, shape.hidden // 4), max(4, shape.hidden // 2)]
        layers = [*dense([*widths, bottom[0] * bottom[1]]), nn.Unflatten(1, bottom)]
        outputs = [*reversed(channels[:-1]), shape.outputs * shape.channels]
        ways = zip(reversed(channels), outputs, reversed(lengths[:-1]), strict=True)
        for inputs, output, length in ways:
            layers += [Lengthen(inputs, output, length), nn.SiLU()]
        signal = (shape.outputs * shape.channels, 1, shape.width)
        return nn.Sequential(*layers[:-1], nn.Flatten(1), nn.Unflatten(1, signal))


def quartered(length: int) -> list[int]:
    """L, then a quarter of it (rounded up) at least once and until it is not above 7."""
    lengths = [length]
    while len(lengths) == 1 or lengths[-1] > 7:
        lengths.append(-(-lengths[-1] // STRIDE))
    return lengths


def _channels(shape: Shape) -> list[int]:
    """Twice as many at each step, up to a quarter of the widest layer."""
    first, most = max(4, shape.hidden // 16), max(4, shape.hidden // 4)
    return [min(first * 2**i, most) for i in range(len(quartered(shape.width)) - 1)]


bodies.register("conv1d")(Conv1d())
