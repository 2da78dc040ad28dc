"""Vector quantisation (van den Oord et al. 2017): z is a grid of codes from one learned book.

z has d = positions * code_dim numbers; each position holds one of K code vectors. q(z|x) puts all
its mass on the nearest codes, so log q = 0; against a uniform prior KL = positions * log K.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn.functional import embedding

from explorer.errors import ModelError
from explorer.models.posteriors import Posterior, PosteriorLayer, posteriors
from explorer.models.priors import Prior
from explorer.models.priors.codes import UniformCodes

COMMITMENT = 0.25  # van den Oord et al. 2017, equation 3
MEMORY = 0.98  # of the running usage: about 50 steps
SMALLEST = 1e-6  # unit of z
DEAD = 0.1  # times the usage of a code that takes its even share


def nearest(z: Tensor, codes: Tensor) -> Tensor:
    """The number of the nearest code at each position: (..., d), (K, c) -> (..., d / c) int64.

    Distances are of differences, not by the binomial formula: a code is always its own nearest.
    """
    places = z.reshape(*z.shape[:-1], -1, codes.shape[1])  # (..., positions, c)
    flat = places.reshape(1, -1, codes.shape[1])
    away = torch.cdist(flat, codes[None], compute_mode="donot_use_mm_for_euclid_dist")[0]
    return away.argmin(-1).view(places.shape[:-1])


class Quantised(Posterior):
    """All mass on one code per position. index: (B, positions). codes: (K, c).

    mean carries the straight-through gradient: its value is the code, its gradient the encoder's.
    penalty: (B,) ||sg[z_e] - e||^2 + 0.25 ||z_e - sg[e]||^2, summed over d (equation 3), in the
    units of the decoder, ``unit`` times those of z.
    """

    discrete = True

    def __init__(self, encoded: Tensor, codes: Tensor, unit: Tensor | float = 1.0) -> None:
        self.codes = codes.detach()
        self.index = nearest(encoded.detach(), self.codes)
        # not codes[index]: the gradient of that is summed in any order once threads share it
        chosen = embedding(self.index, codes).flatten(-2)  # (B, d), carries the book's gradient
        self.mean = chosen.detach() + (encoded - encoded.detach())
        book = (encoded.detach() - chosen).square().sum(-1)
        commitment = (encoded - chosen.detach()).square().sum(-1)
        self.penalty = (book + COMMITMENT * commitment) * unit**2  # (B,)

    @property
    def std(self) -> Tensor:  # type: ignore[override]
        """Zeros: (B, d)."""
        return torch.zeros_like(self.mean)

    def sample(self, generator: torch.Generator | None = None, draws: int = 1) -> Tensor:
        """The codes, L times: there is nothing else to draw."""
        return self.mean.expand(draws, *self.mean.shape)

    def log_prob(self, z: Tensor) -> Tensor:
        """0 where z lies in the cells of the codes, minus infinity elsewhere."""
        same = (nearest(z.detach(), self.codes) == self.index).all(-1)
        return torch.zeros_like(z[..., 0]).masked_fill(~same, -math.inf)

    def kl_per_dim(self, prior: Prior) -> Tensor | None:
        """log K of a position, shared evenly by its numbers; None against another prior."""
        if not isinstance(prior, UniformCodes):
            return None
        return torch.full_like(self.mean, -prior.log_mass / self.mean.shape[-1])


class Codebook(nn.Module):
    """K code vectors of length c, and how much each was used lately.

    z is measured in units of the root mean square of what is encoded, so that every plane shows the
    codes within about -3..3; one unit for all numbers, which changes no distance but its scale.

    Codes start as encoded samples of the first batch, and one that falls out of use is put onto an
    encoded sample again. Which one follows from the batch, whose order the seed has drawn: a
    repeated or resumed training does the same to the bit. ``lr_scale`` lets codes keep up with the
    encoder: Adam moves a number by about the learning rate a step.
    """

    lr_scale = 10.0
    usage: Tensor
    unit: Tensor

    def __init__(self, codes: int, code_dim: int) -> None:
        super().__init__()
        self.free = nn.Parameter(start(codes, code_dim) / self.lr_scale)
        self.register_buffer("usage", torch.zeros(codes))  # (K,) shares; 0: dead
        self.register_buffer("unit", torch.ones(()))

    def forward(self) -> Tensor:
        """The code vectors, in the units of z: (K, c)."""
        return self.lr_scale / self.unit * self.free

    @torch.no_grad()
    def follow(self, encoded: Tensor) -> None:
        """Measure a batch (B, d), given in the units of the decoder."""
        spread = encoded.square().mean().sqrt().clamp_min(SMALLEST)
        self.unit.lerp_(spread.to(self.unit.dtype), 1.0 - MEMORY)

    @torch.no_grad()
    def revive(self, encoded: Tensor) -> None:
        """Put dead codes onto vectors of a shuffled batch: (B, positions, c), decoder's units."""
        k, (rows, positions, _) = len(self.usage), encoded.shape
        dead = self.usage < DEAD / k
        number = torch.arange(k, device=encoded.device)
        row, turn = number % rows, number // rows
        picked = encoded[row, (row + turn) % positions]  # (K, c), no pair twice before all are
        self.free.copy_(torch.where(dead[:, None], picked / self.lr_scale, self.free))
        self.usage.masked_fill_(dead, 1.0 / k)

    @torch.no_grad()
    def count(self, index: Tensor) -> None:
        """Remember which codes a batch used; any shape."""
        counts = torch.bincount(index.flatten(), minlength=len(self.usage))
        self.usage.lerp_(counts.to(self.usage.dtype) / index.numel(), 1.0 - MEMORY)


def start(codes: int, code_dim: int) -> Tensor:
    """Codes of a model that has seen nothing, evenly spread over [-1, 1]^c: (K, c).

    A Kronecker sequence on powers of the generalised golden ratio (Roberts 2018); draws nothing.
    """
    ratio = 2.0
    for _ in range(32):  # the positive root of x^(c + 1) = x + 1
        ratio = (1.0 + ratio) ** (1.0 / (code_dim + 1))
    steps = torch.tensor([ratio ** -(i + 1) for i in range(code_dim)], dtype=torch.float64)
    number = torch.arange(1, codes + 1, dtype=torch.float64)[:, None]
    return (2.0 * ((0.5 + number * steps) % 1.0) - 1.0).float()


@posteriors.register("quantised")
class QuantisedLayer(PosteriorLayer):
    """features -> z_e (B, d) -> the nearest codes. Raises ModelError where d cannot be divided."""

    def __init__(
        self, width: int, latent_dim: int, *, codes: float = 128, code_dim: float = 2
    ) -> None:
        super().__init__(width, latent_dim)
        whole = checked(latent_dim, codes, code_dim)
        self.linear = nn.Linear(width, latent_dim)
        self.codebook = Codebook(*whole)

    def bind(self, prior: Prior) -> None:
        """A prior over grids of codes draws from this book."""
        if isinstance(prior, UniformCodes):
            prior.use(self.codebook)

    def unscaled(self, z: Tensor) -> Tensor:
        """z with each position replaced by its nearest code; the gradient goes straight through."""
        codes = self.codebook().detach()
        chosen = codes[nearest(z.detach(), codes)].flatten(-2)
        unscaled: Tensor = (chosen + (z - z.detach())) * self.codebook.unit
        return unscaled

    def forward(self, features: Tensor) -> Posterior:
        """(B, width) -> the nearest codes; while training, the book follows its use."""
        encoded, book = self.linear(features), self.codebook
        if self.training:
            book.follow(encoded)
            book.revive(encoded.unflatten(-1, (-1, self.code_dim)))
        unit = book.unit.clone()  # the next batch changes it in place
        posterior = Quantised(encoded / unit, book(), unit)
        if self.training:
            book.count(posterior.index)
        return posterior

    @property
    def code_dim(self) -> int:
        """Numbers of one code."""
        return self.codebook.free.shape[1]


def checked(latent_dim: int, codes: float, code_dim: float) -> tuple[int, int]:
    """(K, c) as whole numbers. Raises ModelError where they make no grid of codes."""
    if codes != int(codes) or not 2 <= codes <= 8192:
        raise ModelError(f"{codes:g} codes make no codebook", remedy="give a whole number from 2")
    if code_dim != int(code_dim) or code_dim < 1 or latent_dim % int(code_dim):
        raise ModelError(
            f"{latent_dim} latent dimensions cannot be divided into codes of {code_dim:g} numbers",
            remedy="let latent_dim be a multiple of code_dim",
        )
    return int(codes), int(code_dim)
