"""The VAE with a full-covariance posterior (Kingma & Welling 2019, section 2.5.1)."""

from __future__ import annotations

from explorer.models.presets import Preset, presets

presets.register("full-cov-vae")(
    Preset(
        name="full-cov-vae",
        summary="VAE whose Gaussians may be tilted",
        posterior="full",
        prior="standard-normal",
        objective="elbo",
    )
)
