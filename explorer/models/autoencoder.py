"""encoder -> posterior -> decoder -> likelihood, with a prior: one class for the whole family."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from explorer.config import check
from explorer.data.dataset import Preparation
from explorer.errors import CheckpointError, ModelError, SettingsError
from explorer.models.bodies import Encoder, Shape, bodies, initialise
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.likelihoods import LINKS, Likelihood, likelihoods
from explorer.models.posteriors import Posterior, PosteriorLayer, posteriors
from explorer.models.presets import Preset, presets
from explorer.models.priors import Prior, priors

SIDES = (4, 512)  # pixels


@dataclass(frozen=True, eq=False)
class Terms:
    """What every objective is a function of, per draw and per sample; computed when asked for."""

    log_px: Tensor  # (L, B) log p(x|z)
    z: Tensor  # (L, B, d)
    posterior: Posterior
    prior: Prior

    @cached_property
    def log_pz(self) -> Tensor:
        """log p(z): (L, B)."""
        return self.prior.log_prob(self.z)

    @cached_property
    def log_qz(self) -> Tensor:
        """log q(z|x): (L, B)."""
        return self.posterior.log_prob(self.z)

    @cached_property
    def kl(self) -> Tensor | None:
        """KL(q || p) where it has a closed form: (B,)."""
        return self.posterior.kl(self.prior)


class Autoencoder(nn.Module):
    """Five exchangeable pieces; which ones is the preset's choice."""

    def __init__(
        self,
        encoder: Encoder,
        posterior: PosteriorLayer,
        decoder: nn.Module,
        likelihood: Likelihood,
        prior: Prior,
    ) -> None:
        super().__init__()
        self.encoder = encoder
        self.posterior = posterior
        self.decoder = decoder
        self.likelihood = likelihood
        self.prior = prior

    def encode(self, x: Tensor) -> Posterior:
        """q(z|x) for pictures (B, C, H, W) in [0, 1]."""
        return self.posterior(self.encoder(x))  # type: ignore[no-any-return]

    def raw(self, z: Tensor) -> Tensor:
        """What the likelihood reads, before it means anything: (..., d) -> (..., C', H, W)."""
        pictures = self.decoder(self.posterior.unscaled(z).flatten(0, -2))
        return pictures.unflatten(0, z.shape[:-1])  # type: ignore[no-any-return]

    def decode(self, z: Tensor) -> Tensor:
        """The likelihood's mean: (..., d) -> (..., C, H, W) in [0, 1]."""
        return self.likelihood.mean(self.raw(z))

    def terms(self, x: Tensor, generator: torch.Generator | None = None, draws: int = 1) -> Terms:
        """One pass: encode, draw L codes per sample, decode and score x (B, C, H, W)."""
        posterior = self.encode(x)
        z = posterior.sample(generator, draws)  # (L, B, d)
        return Terms(self.likelihood.log_prob(self.raw(z), x), z, posterior, self.prior)


def build(config: ModelConfig, preparation: Preparation, *, seed: int | None = None) -> Autoencoder:
    """A model with fresh weights, drawn from ``seed``. Raises ModelError where nothing fits."""
    model = assemble(config, preparation)
    generator = torch.Generator()
    if seed is None:
        generator.seed()
    else:
        generator.manual_seed(seed)
    initialise(model, generator)
    return model


def assemble(config: ModelConfig, preparation: Preparation) -> Autoencoder:
    """The five pieces of a configuration, put together; weights as the layers come."""
    preset = _checked(config, preparation)
    likelihood = likelihoods[config.likelihood or preset.likelihoods[0]](LINKS[preset.link])
    options = {**preset.options, **config.options}
    shape = Shape(
        channels=preparation.channels,
        height=preparation.height,
        width=preparation.width,
        latent_dim=config.latent_dim,
        hidden=config.hidden,
        outputs=likelihood.outputs,
        dropout=options["dropout"],
    )
    body = bodies[config.body]
    encoder = body.encoder(shape)
    return Autoencoder(
        encoder=encoder,
        posterior=posteriors[preset.posterior](encoder.width, config.latent_dim),
        decoder=body.decoder(shape),
        likelihood=likelihood,
        prior=priors[preset.prior](config.latent_dim),
    )


def _checked(config: ModelConfig, preparation: Preparation) -> Preset:
    """The preset, once everything asked for is something it allows."""
    try:
        check(config)
        preset = presets[config.preset]
    except SettingsError as error:
        raise ModelError(error.what, remedy=error.remedy) from error
    if config.body not in preset.bodies:
        raise ModelError(f"{config.preset} has no body {config.body!r}", remedy=_one(preset.bodies))
    if config.likelihood and config.likelihood not in preset.likelihoods:
        raise ModelError(
            f"{config.preset} has no likelihood {config.likelihood!r}",
            remedy=_one(preset.likelihoods),
        )
    for name in config.options:
        if name not in preset.options:
            raise ModelError(f"{config.preset} has no option {name!r}", remedy=_one(preset.options))
    sides = (preparation.height, preparation.width)
    if not SIDES[0] <= min(sides) <= max(sides) <= SIDES[1] or preparation.channels not in (1, 3):
        raise ModelError(
            f"pictures of {sides[0]} x {sides[1]} x {preparation.channels} cannot be modelled",
            remedy=f"use grey or colour pictures with sides from {SIDES[0]} to {SIDES[1]}",
        )
    return preset


def _one(names: Iterable[str]) -> str:
    return "choose one of " + ", ".join(names)


def from_snapshot(snapshot: ModelSnapshot, device: str = "cpu") -> Autoencoder:
    """The live model in eval mode, without gradients. Raises CheckpointError on a misfit."""
    try:
        with torch.device("meta"):  # shapes only: no time spent on weights that are replaced
            model = assemble(snapshot.config, snapshot.preparation)
    except ModelError as error:
        where = snapshot.path or snapshot.id
        raise CheckpointError(error.what, where=where, remedy=error.remedy) from error
    load_weights(model, snapshot)
    return model.requires_grad_(False).eval().to(device)


def load_weights(model: nn.Module, snapshot: ModelSnapshot) -> None:
    """Give ``model`` copies of the snapshot's weights. Raises CheckpointError on a misfit."""
    weights = {name: torch.tensor(array) for name, array in snapshot.weights.items()}
    wanted = model.state_dict()
    for name in sorted(wanted.keys() | weights.keys()):
        want, got = wanted.get(name), weights.get(name)
        if want is None or got is None or want.shape != got.shape or want.dtype != got.dtype:
            raise CheckpointError(
                f"the weights do not fit the model: {name} is {_form(got)}, not {_form(want)}",
                where=snapshot.path or snapshot.id,
                remedy="use the checkpoint that belongs to this configuration",
            )
    model.load_state_dict(weights, assign=next(model.parameters()).is_meta)


def _form(tensor: Tensor | None) -> str:
    return "missing" if tensor is None else f"{str(tensor.dtype)[6:]} {tuple(tensor.shape)}"


def weights_of(module: nn.Module) -> dict[str, NDArray[np.generic]]:
    """Copies of all weights, read-only, by name."""
    return {name: frozen(tensor) for name, tensor in module.state_dict().items()}


def frozen(tensor: Tensor) -> NDArray[Any]:
    """A read-only numpy copy."""
    array = tensor.detach().to("cpu", copy=True).numpy()
    array.flags.writeable = False
    return array
