"""Pictures of the user's own, which are looked at instead of samples."""

from __future__ import annotations

from explorer.app.commands import Command, Context, groups

NONE = "Paste or drop a picture first"


def _missing(context: Context) -> str:
    return "" if context.now.own is not None else NONE


def _alone(context: Context) -> str:
    own = context.now.own
    if own is None:
        return NONE
    return "" if len(own.pictures) > 1 else "There is only one picture"


@groups.register("own pictures")
def own_pictures() -> list[Command]:
    """Look at the next one, exchange light and dark, put them away."""
    return [
        Command(
            name="own-next", title="Next own picture", menu="own", missing=_alone,
            sentence="Look at the next of the pictures that were brought",
            act=lambda context: context.session.step_own(1),
        ),
        Command(
            name="own-previous", title="Previous own picture", menu="own",
            sentence="Look at the one before", missing=_alone,
            act=lambda context: context.session.step_own(-1),
        ),
        Command(
            name="own-invert", title="Exchange light and dark", menu="own",
            sentence="Look at the negative of the own picture", missing=_missing,
            act=lambda context: context.session.invert_own(),
        ),
        Command(
            name="own-drop", title="Put own pictures away", menu="own",
            sentence="Look at samples again; Esc does it, too", missing=_missing,
            act=lambda context: context.session.drop_own(),
        ),
    ]  # fmt: skip
