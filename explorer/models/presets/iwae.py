"""The importance-weighted autoencoder (Burda et al. 2015)."""

from __future__ import annotations

from explorer.models.presets import Preset, presets

presets.register("iwae")(
    Preset(
        name="iwae",
        summary="VAE trained on a tighter bound, from several draws a sample",
        posterior="diagonal",
        prior="standard-normal",
        objective="iwae",
        training={"draws": 5},
    )
)
