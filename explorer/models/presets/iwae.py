"""The importance-weighted autoencoder (Burda et al. 2015)."""

from __future__ import annotations

from explorer.models.presets import ALL_LIKELIHOODS, DROPOUT_HELP, SIGMA_HELP, Preset, presets

presets.register("iwae")(
    Preset(
        name="iwae",
        summary="VAE trained on a tighter bound, from several draws a sample",
        posterior="diagonal",
        prior="standard-normal",
        objective="iwae",
        likelihoods=ALL_LIKELIHOODS,
        options={"dropout": 0.2, "sigma": 1.0},
        option_help={"dropout": DROPOUT_HELP, "sigma": SIGMA_HELP},
        training={"draws": 5},
    )
)
