"""The vector-quantised autoencoder (van den Oord et al. 2017)."""

from __future__ import annotations

from explorer.models.presets import Preset, presets

presets.register("vq-vae")(
    Preset(
        name="vq-vae",
        summary="vector-quantised: a code is one of a learned book, or a grid of them",
        posterior="quantised",
        bound="log p(x, z)",  # q(z|x) is one grid of codes, which has a mass and no entropy
        prior="codes",
        objective="elbo",
    )
)
