"""Train, hold and stop; choose what is trained; find the codes."""

from __future__ import annotations

from functools import partial

from explorer.app import needs
from explorer.app.commands import Command, Context, groups
from explorer.app.snapshot import Snapshot
from explorer.data.kinds import kind_of
from explorer.models.presets import Preset, presets


def _train(context: Context) -> None:
    context.session.train()


def _stop(context: Context) -> None:
    context.session.stop()


def _pause(context: Context) -> None:
    context.session.pause()


def _untrainable(context: Context) -> str:
    return needs.missing(context.now, "idle", "data")


def _at_rest(context: Context) -> str:
    """Why there is nothing to stop."""
    training = context.now.training
    return needs.STOPPING if training == "stopping" else needs.missing(context.now, "training")


def _choose(name: str, context: Context) -> None:
    context.state.mark()
    context.session.choose_preset(name)


def _is_chosen(name: str, now: Snapshot) -> bool:
    return now.model_config.preset == name


def _unsuited(preset: Preset, context: Context) -> str:
    kind = kind_of(context.now.dataset).name
    return "" if kind in preset.kinds else f"It does not suit {kind}"


def _preset(order: int, preset: Preset) -> Command:
    summary = preset.summary[:1].upper() + preset.summary[1:]
    return Command(
        name=f"preset-{preset.name}", title=f"Network: {preset.name}", entry=preset.name,
        sentence=summary, menu="model", order=order,
        act=partial(_choose, preset.name), checked=partial(_is_chosen, preset.name),
        missing=partial(_unsuited, preset),
    )  # fmt: skip


def _encode(context: Context) -> None:
    context.session.encode()


def _cannot_encode(context: Context) -> str:
    return needs.missing(context.now, "data", "model", "idle") or (
        "The codes are known already" if context.now.whole_codes is not None else ""
    )


@groups.register("training")
def training() -> list[Command]:
    """What the Train button and its neighbours do."""
    return [
        Command(
            name="train", title="Train", menu="train", keys=("Ctrl+T",), icon="train",
            sentence="Train the chosen model on the data shown", act=_train, missing=_untrainable,
        ),
        Command(
            name="stop", title="Stop", menu="train", keys=("Ctrl+T",), icon="stop",
            sentence="Stop the training and keep what there is", act=_stop, missing=_at_rest,
            named=lambda context: "Stopping" if context.now.training == "stopping" else "Stop",
        ),
        Command(
            name="pause", title="Pause or resume", menu="train", icon="pause",
            sentence="Hold the training where it is, or let it go on", act=_pause, missing=_at_rest,
            checked=lambda now: now.training == "paused",
            named=lambda context: "Resume" if context.now.training == "paused" else "Pause",
        ),
        Command(
            name="find-codes", title="Find the codes", entry="Find codes", menu="train",
            sentence="Ask the model where it puts each sample of the data",
            act=_encode, missing=_cannot_encode,
        ),
        *(_preset(i, preset) for i, preset in enumerate(presets.values())),
    ]  # fmt: skip
