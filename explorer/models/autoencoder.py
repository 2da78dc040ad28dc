"""encoder -> posterior -> decoder -> likelihood, with a prior: one class for the whole family."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from explorer.data.dataset import Preparation
from explorer.data.kinds import kind_of
from explorer.errors import CheckpointError, ModelError
from explorer.models.allowed import allowed, pieces_of
from explorer.models.bodies import Encoder, Shape, initialise
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.likelihoods import LINKS, Likelihood
from explorer.models.posteriors import Posterior, PosteriorLayer
from explorer.models.priors import Prior


@dataclass(frozen=True, eq=False)
class Terms:
    """What every objective is a function of, per draw and per sample; computed when asked for."""

    log_px: Tensor  # (L, B) log p(x|z)
    z: Tensor  # (L, B, d)
    posterior: Posterior
    prior: Prior
    carried: Tensor | None = None  # (L, B) log q(z|x), where drawing z gave it

    @cached_property
    def log_pz(self) -> Tensor:
        """log p(z): (L, B)."""
        return self.prior.log_prob(self.z)

    @cached_property
    def log_qz(self) -> Tensor:
        """log q(z|x): (L, B)."""
        return self.posterior.log_prob(self.z) if self.carried is None else self.carried

    @cached_property
    def kl_per_dim(self) -> Tensor | None:
        """KL(q || p) of each dimension where it has a closed form: (B, d)."""
        return self.posterior.kl_per_dim(self.prior)

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
        posterior.bind(prior)

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

    def terms(
        self,
        x: Tensor,
        generator: torch.Generator | None = None,
        draws: int = 1,
        seen: Tensor | None = None,
    ) -> Terms:
        """One pass: encode, draw L codes per sample, decode and score x (B, C, H, W).

        seen: what the encoder is given in the place of x, as a denoising autoencoder is.
        """
        posterior = self.encode(x if seen is None else seen)
        z, carried = drawn(posterior, generator, draws)
        return Terms(self.likelihood.log_prob(self.raw(z), x), z, posterior, self.prior, carried)


def drawn(
    posterior: Posterior, generator: torch.Generator | None, draws: int
) -> tuple[Tensor, Tensor | None]:
    """L codes per sample, with their log q where it comes for nothing: (L, B, d), (L, B)."""
    if posterior.carries_log_prob:
        return posterior.sample_with_log_prob(generator, draws)
    return posterior.sample(generator, draws), None


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
    preset, kind = allowed(config, preparation), kind_of(preparation)
    pieces = pieces_of(config, preset, kind.name)
    likelihood = pieces.likelihood.network(LINKS[preset.link if kind.bounded else "identity"])
    likelihood.levels = kind.steps(preparation)
    shape = Shape(
        channels=preparation.channels,
        height=preparation.height,
        width=preparation.width,
        latent_dim=config.latent_dim,
        hidden=config.hidden,
        outputs=likelihood.outputs,
        dropout=getattr(pieces.body, "dropout", 0.0),
    )
    body = pieces.body.network()
    encoder = body.encoder(shape)
    return Autoencoder(
        encoder=encoder,
        posterior=pieces.posterior.network(encoder.width, config.latent_dim),
        decoder=body.decoder(shape),
        likelihood=likelihood,
        prior=pieces.prior.network(config.latent_dim),
    )


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
