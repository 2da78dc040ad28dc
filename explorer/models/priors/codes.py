"""The uniform distribution over grids of codes: each of K^positions is as likely as any other."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor

from explorer.models.priors import Prior, priors


@priors.register("codes")
class UniformCodes(Prior):
    """log p(z) = -positions * log K for every grid, z standing for the cells it lies in.

    codes: K. code_dim: the numbers of one code, positions = latent_dim / code_dim.
    """

    def __init__(self, latent_dim: int, *, codes: float = 128, code_dim: float = 2) -> None:
        super().__init__(latent_dim)
        self.codes, self.code_dim = int(codes), int(code_dim)
        self.positions = latent_dim // self.code_dim
        self._book: tuple[Callable[[], Tensor], ...] = ()  # not a child: its weights are not ours

    def use(self, book: Callable[[], Tensor]) -> None:
        """Draw from these code vectors, () -> (K, c); the posterior layer owns them."""
        self._book = (book,)

    @property
    def log_mass(self) -> float:
        """log p of one grid, nats."""
        return -self.positions * math.log(self.codes)

    def sample(self, n: int, generator: torch.Generator | None = None) -> Tensor:
        """Every position any code: (n, d)."""
        (book,) = self._book
        codes = book().detach()
        device = codes.device if generator is None else generator.device
        shape = (n, self.positions)
        index = torch.randint(self.codes, shape, generator=generator, device=device)
        return codes.to(device)[index].flatten(-2)

    def log_prob(self, z: Tensor) -> Tensor:
        """-positions * log K: (..., d) -> (...)."""
        return torch.full_like(z[..., 0], self.log_mass)
