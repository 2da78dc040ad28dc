"""Which two latent dimensions the plane shows."""

from __future__ import annotations

from functools import partial

from explorer.app import needs
from explorer.app.commands import Choice, Command, Context, groups

LATENT = "latent"


def _choose(i: int, dimension: int, context: Context) -> None:
    """Show a dimension on axis ``i``; where the other axis has it, they change places."""
    axes = list(context.now.plane(LATENT).axes)
    other = axes[1 - i]
    axes[1 - i] = axes[i] if dimension == other else other
    axes[i] = dimension
    context.state.mark()
    context.state.update_plane(LATENT, axes=(axes[0], axes[1]))


def _dimensions(i: int, context: Context) -> list[Choice]:
    model, shown = context.now.model, context.now.plane(LATENT).axes[i]
    count = 0 if model is None else model.config.latent_dim
    return [Choice(f"z{k + 1}", partial(_choose, i, k, context), k == shown) for k in range(count)]


def _no_choice(context: Context) -> str:
    model = context.now.model
    few = model is not None and model.config.latent_dim < 3
    return needs.missing(context.now, "model") or ("All dimensions are shown" if few else "")


@groups.register("axes")
def axes() -> list[Command]:
    """One for each axis."""
    return [
        Command(
            name=f"axis-{name}", title=f"{name.capitalize()} axis", menu="axes", order=i,
            sentence=f"Choose the latent dimension on the {name} axis", missing=_no_choice,
            choices=partial(_dimensions, i),
        )
        for i, name in enumerate(("horizontal", "vertical"))
    ]  # fmt: skip
