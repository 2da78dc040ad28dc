"""Bookmarks, the ends A and B, and the path that joins them; each act is one step of undo."""

from __future__ import annotations

from functools import partial

import numpy as np

from explorer.analysis.latent.joins import joins, offered
from explorer.analysis.latent.paths import LatentPath
from explorer.app import needs
from explorer.app.commands import Choice, Command, Context, groups
from explorer.app.state import Bookmark, space_of


def _no_place(context: Context) -> str:
    return needs.MODEL if context.place is None else needs.missing(context.now, "z")


def _bookmark(context: Context) -> None:
    """Keep a place, named by its first coordinates."""
    now, z = context.now, context.place
    if now.model is None or z is None:
        return
    more = ", ..." if len(z) > 3 else ""
    name = f"({', '.join(f'{v:.2f}' for v in z[:3])}{more})".replace("-", "\u2212")
    mark = Bookmark(name, z, space_of(now.model))
    context.state.mark()
    context.state.update(bookmarks=(*now.bookmarks, mark))
    number = len(context.now.bookmarks_here)
    context.session.say(f"Bookmark {number}: z = {name}; the right-click menu goes back to it")


def _visit(context: Context, mark: Bookmark) -> None:
    context.state.mark()
    context.session.move(mark.z)


def _remove(context: Context, mark: Bookmark) -> None:
    kept = tuple(one for one in context.now.bookmarks if one is not mark)
    context.state.mark()
    context.state.update(bookmarks=kept)


def _marks(act: object, context: Context) -> list[Choice]:
    assert callable(act)
    return [
        Choice(f"{i + 1}  {mark.name}", partial(act, context, mark))
        for i, mark in enumerate(context.now.bookmarks_here)
    ]


def _no_marks(context: Context) -> str:
    none = "" if context.now.bookmarks_here else "Bookmark a place first"
    return needs.missing(context.now, "z") or none


def _set_end(end: str, context: Context) -> None:
    context.state.mark()
    context.state.update(**{end: context.place})


def _join(kind: str, context: Context) -> None:
    a, b = context.now.mark_a, context.now.mark_b
    if a is not None and b is not None and len(a) == len(b):
        context.state.mark()
        context.state.update(path=LatentPath(np.stack([a, b]), kind))


def _kinds(context: Context) -> list[Choice]:
    return [Choice(joins[kind].title, partial(_join, kind, context)) for kind in offered()]


def _no_ends(context: Context) -> str:
    now = context.now
    ends = now.mark_a is not None and now.mark_b is not None
    return needs.missing(now, "z") or ("" if ends else "Set both ends first")


@groups.register("marking")
def marking() -> list[Command]:
    """What the second half of a plane's menu offers."""
    return [
        Command(
            name="bookmark", title="Bookmark z", entry="Bookmark it", on="place", menu="path",
            sentence="Remember this place of the model", act=_bookmark, missing=_no_place,
        ),
        *(
            Command(
                name=f"set-{end}", title=f"Set z as {end.upper()}", entry=f"Set as {end.upper()}",
                on="place", menu="path", sentence=f"Make it the {which} of a path",
                act=partial(_set_end, f"mark_{end}"), missing=_no_place,
            )
            for end, which in (("a", "beginning"), ("b", "end"))
        ),
        Command(
            name="join", title="Path from A to B", menu="path", missing=_no_ends,
            sentence="Lay a path from one place to the other", choices=_kinds,
        ),
        Command(
            name="bookmark-go", title="Go to a bookmark", menu="path", missing=_no_marks,
            sentence="Hold a bookmarked z again", choices=partial(_marks, _visit),
        ),
        Command(
            name="bookmark-remove", title="Remove a bookmark", menu="path",
            missing=_no_marks, sentence="Forget a bookmarked place",
            choices=partial(_marks, _remove),
        ),
    ]  # fmt: skip
