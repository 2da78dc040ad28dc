"""The beta-VAE (Higgins et al. 2017): a heavier KL, for simpler planes."""

from __future__ import annotations

from explorer.models.presets import ALL_LIKELIHOODS, DROPOUT_HELP, SIGMA_HELP, Preset, presets

presets.register("beta-vae")(
    Preset(
        name="beta-vae",
        summary="VAE with a heavier KL: simpler codes, softer pictures",
        posterior="diagonal",
        prior="standard-normal",
        objective="elbo",
        likelihoods=ALL_LIKELIHOODS,
        options={"dropout": 0.2, "sigma": 1.0},
        option_help={"dropout": DROPOUT_HELP, "sigma": SIGMA_HELP},
        training={"beta": 4.0},
    )
)
