"""The plain autoencoder: a code is a point, and nothing says where codes should lie."""

from __future__ import annotations

from explorer.models.presets import Preset, presets

presets.register("ae")(
    Preset(
        name="ae",
        summary="autoencoder: a code is a point, the plane may have holes",
        posterior="point",
        bound="log p(x|z)",
        prior="standard-normal",
        objective="reconstruction",
        likelihood="gaussian",
    )
)
