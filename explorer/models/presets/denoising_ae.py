"""The denoising autoencoder (Vincent et al. 2008): ||d(e(x + eps)) - x||."""

from __future__ import annotations

from explorer.models.presets import AE_LIKELIHOODS, DROPOUT_HELP, SIGMA_HELP, Preset, presets

presets.register("denoising-ae")(
    Preset(
        name="denoising-ae",
        summary="denoising autoencoder: restores what noise was put on",
        posterior="point",
        bound="log p(x|z)",
        prior="standard-normal",
        objective="reconstruction",
        likelihoods=AE_LIKELIHOODS,
        options={"dropout": 0.2, "sigma": 1.0},
        option_help={"dropout": DROPOUT_HELP, "sigma": SIGMA_HELP},
        training={"corruption": "gaussian", "corruption_amount": 0.5},
    )
)
