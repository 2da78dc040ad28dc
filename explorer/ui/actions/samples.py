"""What can be done with a sample: the one that a menu speaks of, or the one selected."""

from __future__ import annotations

import numpy as np

from explorer.app import needs
from explorer.app.commands import Command, Context, groups
from explorer.ui.files.copying import copy_image
from explorer.ui.widgets.pictures.pixels import qimage


def _select(context: Context) -> None:
    context.state.mark()
    context.state.update(selection=np.array([context.sample], np.int64))


def _go_to(context: Context) -> None:
    if context.sample is not None:
        context.session.go_to(context.sample)


def _copy_picture(context: Context) -> None:
    data = context.now.dataset
    if data is not None and context.sample is not None:
        copy_image(context.session, qimage(data.picture(context.sample)))


def _no_sample(context: Context) -> str:
    data = context.now.dataset
    if data is None:
        return needs.DATA
    there = context.sample is not None and 0 <= context.sample < len(data)
    return "" if there else needs.SELECTION


def _is_selected(context: Context) -> str:
    chosen = context.now.selection
    alone = len(chosen) == 1 and chosen[0] == context.sample
    return _no_sample(context) or ("It is the one selected" if alone else "")


def _cannot_go(context: Context) -> str:
    return _no_sample(context) or needs.missing(context.now, "model")


@groups.register("samples")
def samples() -> list[Command]:
    """Select it, go to it, take its picture along."""
    return [
        Command(
            name="sample-select", title="Select only this sample", entry="Select it", on="sample",
            menu="sample", sentence="Select the sample, and no other one", act=_select,
            missing=_is_selected,
        ),
        Command(
            name="sample-go", title="Go to the sample", entry="Go to it: z is its code",
            on="sample", menu="sample", order=1, act=_go_to, missing=_cannot_go,
            sentence="Move z to the code of the sample, in all dimensions",
        ),
        Command(
            name="sample-copy", title="Copy the sample's picture", entry="Copy its picture",
            on="sample", menu="sample", order=2, act=_copy_picture, missing=_no_sample,
            sentence="Put the picture on the clipboard, one pixel a pixel",
        ),
    ]  # fmt: skip
