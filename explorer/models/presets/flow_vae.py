"""The VAE with inverse autoregressive flow (Kingma et al. 2016)."""

from __future__ import annotations

from explorer.models.presets import ALL_LIKELIHOODS, DROPOUT_HELP, SIGMA_HELP, Preset, presets

presets.register("flow-vae")(
    Preset(
        name="flow-vae",
        summary="VAE whose Gaussians are bent by a flow",
        posterior="flow",
        prior="standard-normal",
        objective="elbo",
        likelihoods=ALL_LIKELIHOODS,
        options={"dropout": 0.2, "sigma": 1.0, "flow_steps": 4.0},
        option_help={
            "dropout": DROPOUT_HELP,
            "sigma": SIGMA_HELP,
            "flow_steps": "Steps that bend the Gaussian; 0 leaves it diagonal.",
        },
    )
)
