"""The variational autoencoder (Kingma & Welling 2014)."""

from __future__ import annotations

from explorer.models.presets import Preset, presets

presets.register("vae")(
    Preset(
        name="vae",
        summary="variational autoencoder: a code is a Gaussian, the plane is filled smoothly",
        posterior="diagonal",
        prior="standard-normal",
        objective="elbo",
    )
)
