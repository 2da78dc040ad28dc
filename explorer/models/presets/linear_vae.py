"""The linear VAE: probabilistic PCA is its optimum (Lucas et al. 2019)."""

from __future__ import annotations

from explorer.models.presets import LINEAR_TRAINING, Preset, presets

presets.register("linear-vae")(
    Preset(
        name="linear-vae",
        summary="linear VAE: finds probabilistic PCA, noise included",
        posterior="diagonal",
        prior="standard-normal",
        objective="elbo",
        only_likelihoods=("gaussian-learned",),
        only_bodies=("linear",),
        link="identity",
        training=LINEAR_TRAINING,
        finish="probabilistic PCA",
    )
)
