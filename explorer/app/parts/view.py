"""How the window shows things, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.app.parts import fitting
from explorer.app.parts.rules import Named, chosen, passing
from explorer.app.parts.values import LayerAppearance, Message


@dataclass(frozen=True, eq=False)
class ViewPart:
    """follow: whether the picture follows the pointer. smooth: whether pictures are smoothed.

    layers: the appearance of those, by name, that do not look as they usually do.
    workspace: the arrangement of panels shown. noise: how much of it "Remove noise" adds, and
    noise_kind which, by name.
    """

    tool: str = passing(
        "probe", reason="what is used, not what it did", kept=True, setting=True,
        names=Named("tool"),
    )  # fmt: skip
    workspace: str = passing(
        "explore", reason="where one looks from, not what is seen", kept=True, setting=True,
        names=Named("workspace"),
    )  # fmt: skip
    follow: bool = chosen(False, setting=True)
    smooth: bool = chosen(False, setting=True)
    layers: Mapping[str, LayerAppearance] = chosen(
        factory=dict, setting=True, fits=fitting.are_opacities, names=Named("layer")
    )
    noise: float = chosen(0.5, setting=True, fits=fitting.is_noise)
    noise_kind: str = chosen("gaussian", setting=True, fits=fitting.is_noise_kind)
    message: Message | None = passing(reason="what the program says")
