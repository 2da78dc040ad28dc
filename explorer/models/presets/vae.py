"""The variational autoencoder (Kingma & Welling 2014)."""

from __future__ import annotations

from explorer.models.presets import ALL_LIKELIHOODS, DROPOUT_HELP, SIGMA_HELP, Preset, presets

presets.register("vae")(
    Preset(
        name="vae",
        summary="variational autoencoder: a code is a Gaussian, the plane is filled smoothly",
        posterior="diagonal",
        prior="standard-normal",
        objective="elbo",
        likelihoods=ALL_LIKELIHOODS,
        options={"dropout": 0.2, "sigma": 1.0},
        option_help={"dropout": DROPOUT_HELP, "sigma": SIGMA_HELP},
    )
)
