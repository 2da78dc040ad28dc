"""The networks around z, by name. A body knows shapes and widths, nothing of distributions.

Encoders map pictures (B, C, H, W) to features (B, width); decoders map codes (B, d) to raw pictures
(B, outputs * C, H, W), the ``outputs`` raw numbers of a feature C channels apart. SiLU keeps the
decoder smooth, so that the plane has no creases.
One body a file.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn

from explorer.registry import Registry

WEIGHTED = (nn.Linear, nn.Conv1d, nn.Conv2d, nn.ConvTranspose1d, nn.ConvTranspose2d)


@dataclass(frozen=True)
class Shape:
    """What a body is built for: pictures (C, H, W), codes of length d, widest hidden layer."""

    channels: int
    height: int
    width: int
    latent_dim: int
    hidden: int
    outputs: int = 1  # raw numbers per feature
    dropout: float = 0.0  # in the encoder

    @property
    def features(self) -> int:
        """D = C H W."""
        return self.channels * self.height * self.width


class Encoder(nn.Module):
    """Dropped pixels, a stack of layers, and the width of the features that leave it."""

    def __init__(self, layers: list[nn.Module], width: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.corrupt = Dropout(dropout) if dropout else nn.Identity()
        self.layers = nn.Sequential(*layers)
        self.width = width

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) -> (B, width)."""
        return self.layers(self.corrupt(x))  # type: ignore[no-any-return]  # (B, width)


class Body(ABC):
    """Makes the two networks for a shape."""

    summary: str = ""

    @abstractmethod
    def encoder(self, shape: Shape) -> Encoder:
        """(B, C, H, W) -> (B, width)."""

    @abstractmethod
    def decoder(self, shape: Shape) -> nn.Module:
        """(B, d) -> (B, outputs * C, H, W)."""


bodies: Registry[Body] = Registry("body")


SHAPES = 3  # of batches that one training has


class Dropout(nn.Module):
    """Dropout that draws from a generator of its own: a training can be repeated to the bit.

    Srivastava et al. 2014. In the encoder, pixels included, it narrows the gap between training and
    test ELBO, which is mostly an overfitted encoder (Cremer et al. 2018): on `fashion`, refining q
    of each test sample by gradient wins back 44 of 53 nats.
    """

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.dropped = round(256 * rate)  # of 256 values of a byte
        self.scale = 256 / (256 - self.dropped)
        self.generator: torch.Generator | None = None
        self._room: dict[tuple[torch.Size, torch.device], tuple[Tensor, Tensor]] = {}

    def forward(self, x: Tensor) -> Tensor:
        """Entries dropped and the others scaled while training; as it is in eval mode."""
        if not self.training:
            return x
        return x * torch.where(self._random_bytes(x) >= self.dropped, self.scale, 0.0)

    def _random_bytes(self, x: Tensor) -> Tensor:
        """One for each entry of ``x``; eight from a draw, five times faster than bernoulli_.

        They are drawn into the same place each step: the fewer calls a step makes, the less often
        it waits for Python's lock while the pointer moves in the window.
        """
        if x.device.type == "mps":  # draws no full-range words
            return torch.randint(256, x.shape, generator=self.generator, device=x.device)
        words, seen = self._room.get((x.shape, x.device)) or self._made_room(x)
        words.random_(-(2**63), None, generator=self.generator)
        return seen

    def _made_room(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Words for the bytes of ``x``, and those bytes in its shape."""
        if len(self._room) >= SHAPES:
            self._room.clear()
        n = x.numel()
        words = torch.empty(-(-n // 8), dtype=torch.int64, device=x.device)
        made = words, words.view(torch.uint8)[:n].view(x.shape)
        self._room[x.shape, x.device] = made
        return made


def dense(widths: list[int], dropout: float = 0.0) -> list[nn.Module]:
    """Linear + SiLU (+ dropout) for each step from one width to the next."""
    layers: list[nn.Module] = []
    for wide, narrow in pairwise(widths):
        layers += [nn.Linear(wide, narrow), nn.SiLU()]
        if dropout:
            layers.append(Dropout(dropout))
    return layers


def initialise(module: nn.Module, generator: torch.Generator) -> None:
    """Give every layer fresh weights, all drawn from ``generator``.

    A part with a method ``reset(generator)`` does it itself, after all others: models that differ
    in such parts only start alike from a seed, and can be compared in pairs.
    """
    parts = [part for part in module.modules() if callable(getattr(part, "reset", None))]
    theirs = {id(inner) for part in parts for inner in part.modules()}
    for layer in module.modules():
        if id(layer) not in theirs:
            initialise_layer(layer, generator)
    for part in parts:
        part.reset(generator)  # type: ignore[operator]


def initialise_layer(layer: nn.Module, generator: torch.Generator) -> None:
    """Uniform fan-in weights (He et al. 2015) and zero biases, where it has any."""
    if not isinstance(layer, WEIGHTED):
        return
    fan_in = layer.weight[0].numel()
    if isinstance(layer, (nn.ConvTranspose1d, nn.ConvTranspose2d)):
        stride = math.prod(layer.stride)  # an output sees kernel / stride inputs
        fan_in = layer.in_channels * layer.weight[0, 0].numel() // stride
    bound = math.sqrt(3.0 / fan_in)
    nn.init.uniform_(layer.weight, -bound, bound, generator=generator)
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)


bodies.discover(__name__)
