"""The denoising autoencoder (Vincent et al. 2008): ||d(e(x + eps)) - x||."""

from __future__ import annotations

from explorer.models.presets import Preset, presets

presets.register("denoising-ae")(
    Preset(
        name="denoising-ae",
        summary="denoising autoencoder: restores what noise was put on",
        posterior="point",
        bound="log p(x|z)",
        prior="standard-normal",
        objective="reconstruction",
        likelihood="gaussian",
        training={"corruption": "gaussian", "corruption_amount": 0.5},
    )
)
