"""The VAE with a mixture of Gaussians for a prior (as in scvi-tools' MogPrior)."""

from __future__ import annotations

from explorer.models.presets import Preset, presets

presets.register("gmm-vae")(
    Preset(
        name="gmm-vae",
        summary="VAE whose prior is a learned mixture: the plane falls into groups",
        posterior="diagonal",
        prior="mixture",
        objective="elbo",
    )
)
