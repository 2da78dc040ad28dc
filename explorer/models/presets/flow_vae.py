"""The VAE with inverse autoregressive flow (Kingma et al. 2016)."""

from __future__ import annotations

from explorer.models.presets import Preset, presets

presets.register("flow-vae")(
    Preset(
        name="flow-vae",
        summary="VAE whose Gaussians are bent by a flow",
        posterior="flow",
        prior="standard-normal",
        objective="elbo",
    )
)
