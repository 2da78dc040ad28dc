"""The linear autoencoder: reaches the PCA error and spans the PCA subspace (theory, section 6)."""

from __future__ import annotations

from explorer.models.presets import LINEAR_TRAINING, SIGMA_HELP, Preset, presets

presets.register("linear-ae")(
    Preset(
        name="linear-ae",
        summary="linear autoencoder: finds the subspace of PCA",
        posterior="point",
        bound="log p(x|z)",
        prior="standard-normal",
        objective="reconstruction",
        likelihoods=("gaussian",),
        options={"sigma": 1.0},
        option_help={"sigma": SIGMA_HELP},
        bodies=("linear",),
        link="identity",
        training=LINEAR_TRAINING,
    )
)
