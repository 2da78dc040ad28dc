"""The vector-quantised autoencoder (van den Oord et al. 2017)."""

from __future__ import annotations

from explorer.models.presets import ALL_LIKELIHOODS, DROPOUT_HELP, SIGMA_HELP, Preset, presets

presets.register("vq-vae")(
    Preset(
        name="vq-vae",
        summary="vector-quantised: a code is one of a learned book, or a grid of them",
        posterior="quantised",
        bound="log p(x, z)",  # q(z|x) is one grid of codes, which has a mass and no entropy
        prior="codes",
        objective="elbo",
        likelihoods=ALL_LIKELIHOODS,
        options={"codes": 128.0, "code_dim": 2.0, "dropout": 0.2, "sigma": 1.0},
        option_help={
            "codes": "K, how many code vectors there are to choose from at each position.",
            "code_dim": "Numbers of one code; latent_dim / code_dim positions hold a code each.",
            "dropout": DROPOUT_HELP,
            "sigma": SIGMA_HELP,
        },
    )
)
