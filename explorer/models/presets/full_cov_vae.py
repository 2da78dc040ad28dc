"""The VAE with a full-covariance posterior (Kingma & Welling 2019, section 2.5.1)."""

from __future__ import annotations

from explorer.models.presets import ALL_LIKELIHOODS, DROPOUT_HELP, SIGMA_HELP, Preset, presets

presets.register("full-cov-vae")(
    Preset(
        name="full-cov-vae",
        summary="VAE whose Gaussians may be tilted",
        posterior="full",
        prior="standard-normal",
        objective="elbo",
        likelihoods=ALL_LIKELIHOODS,
        options={"dropout": 0.2, "sigma": 1.0},
        option_help={"dropout": DROPOUT_HELP, "sigma": SIGMA_HELP},
    )
)
