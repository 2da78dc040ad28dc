"""The linear autoencoder: arrives at PCA's error and subspace (theory, section 6)."""

from __future__ import annotations

from explorer.models.presets import LINEAR_TRAINING, Preset, presets

presets.register("linear-ae")(
    Preset(
        name="linear-ae",
        summary="linear autoencoder: finds the subspace of PCA",
        posterior="point",
        bound="log p(x|z)",
        prior="standard-normal",
        objective="reconstruction",
        likelihood="gaussian",
        only_likelihoods=("gaussian",),
        only_bodies=("linear",),
        link="identity",
        training=LINEAR_TRAINING,
        finish="least squares",
    )
)
