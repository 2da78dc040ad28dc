"""The VAE with a mixture of Gaussians for a prior (as in scvi-tools' MogPrior)."""

from __future__ import annotations

from explorer.models.presets import ALL_LIKELIHOODS, DROPOUT_HELP, SIGMA_HELP, Preset, presets

presets.register("gmm-vae")(
    Preset(
        name="gmm-vae",
        summary="VAE whose prior is a learned mixture: the plane falls into groups",
        posterior="diagonal",
        prior="mixture",
        objective="elbo",
        likelihoods=ALL_LIKELIHOODS,
        options={"dropout": 0.2, "sigma": 1.0, "components": 10.0},
        option_help={
            "dropout": DROPOUT_HELP,
            "sigma": SIGMA_HELP,
            "components": "Gaussians in the prior.",
        },
    )
)
