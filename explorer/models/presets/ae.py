"""The plain autoencoder: a code is a point, and nothing says where codes should lie."""

from __future__ import annotations

from explorer.models.presets import AE_LIKELIHOODS, DROPOUT_HELP, SIGMA_HELP, Preset, presets

presets.register("ae")(
    Preset(
        name="ae",
        summary="autoencoder: a code is a point, the plane may have holes",
        posterior="point",
        bound="log p(x|z)",
        prior="standard-normal",
        objective="reconstruction",
        likelihoods=AE_LIKELIHOODS,
        options={"dropout": 0.2, "sigma": 1.0},
        option_help={"dropout": DROPOUT_HELP, "sigma": SIGMA_HELP},
    )
)
