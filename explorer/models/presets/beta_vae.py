"""The beta-VAE (Higgins et al. 2017): a heavier KL, for simpler planes."""

from __future__ import annotations

from explorer.models.presets import Preset, presets

presets.register("beta-vae")(
    Preset(
        name="beta-vae",
        summary="VAE with a heavier KL: simpler codes, softer pictures",
        posterior="diagonal",
        prior="standard-normal",
        objective="elbo",
        training={"beta": 4.0},
    )
)
