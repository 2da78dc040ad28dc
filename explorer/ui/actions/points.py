"""What can be done with a point of any plane, a picture that need not be one of the model's."""

from __future__ import annotations

from explorer.app.commands import Command, Context, groups
from explorer.app.planes import plane_named
from explorer.ui.files.copying import copy_text

NO_POINT = "Right click a plane"


def _immovable(context: Context) -> str:
    point = context.point
    return NO_POINT if point is None else plane_named(point.plane).immovable(context.now)


def _unseen(context: Context) -> str:
    point = context.point
    return NO_POINT if point is None else plane_named(point.plane).absence(context.now)


def _move(context: Context) -> None:
    if context.point is not None:
        context.state.mark()
        plane_named(context.point.plane).move(context.now, context.session, context.point.at)


def _copy(context: Context) -> None:
    if context.point is not None:
        copy_text(context.session, ",".join(f"{v:.6g}" for v in context.point.at))


def _copied(context: Context) -> str:
    point = context.point
    return f"Copy {'the coordinates' if point is None else plane_named(point.plane).coordinates}"


@groups.register("points")
def points() -> list[Command]:
    """Move the plane's cursor there, or take its coordinates along."""
    return [
        Command(
            name="point-move", title="Move the cursor here", on="point", menu="point", act=_move,
            missing=_immovable, sentence="Put the plane's cursor there; z follows",
        ),
        Command(
            name="point-copy", title="Copy the coordinates of a point", on="point", menu="point",
            order=1, act=_copy, missing=_unseen, named=_copied,
            sentence="Copy the two numbers with a comma between them",
        ),
    ]  # fmt: skip
