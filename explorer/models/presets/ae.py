"""The plain autoencoder: a code is a point, and nothing says where codes should lie."""

from __future__ import annotations

from explorer.models.presets import Preset, presets

presets.register("ae")(
    Preset(
        name="ae",
        summary="autoencoder: a code is a point, the plane may have holes",
        posterior="point",
        prior="standard-normal",
        objective="reconstruction",
        likelihoods=("gaussian", "gaussian-learned", "continuous-bernoulli", "bernoulli"),
        options={"dropout": 0.2},
    )
)
