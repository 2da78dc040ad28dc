"""How things are seen: the plane, pictures, colours, the layout."""

from __future__ import annotations

from functools import partial

from explorer.app import needs
from explorer.app.commands import Choice, Command, Context, groups
from explorer.app.planes import planes

THEMES = {
    "system": "Light or dark, as the system is", "light": "Dark letters on a light ground",
    "dark": "Light letters on a dark ground",
}  # fmt: skip


def _fit(context: Context) -> None:
    context.window.fit()


def _follow(context: Context) -> None:
    context.state.mark()
    context.state.update(follow=not context.now.follow, preview=None)


def _smooth(context: Context) -> None:
    context.state.mark()
    context.state.update(smooth=not context.now.smooth)


def _set_theme(name: str, context: Context) -> None:
    context.window.set_theme(name)


def _reset_layout(context: Context) -> None:
    context.window.reset_layout()


def _views(context: Context) -> list[Choice]:
    names = sorted(planes, key=lambda name: planes[name].order)
    return [Choice(planes[name].title, partial(_open_view, context, name)) for name in names]


def _open_view(context: Context, kind: str) -> None:
    context.state.update(**context.now.views_with(kind))


@groups.register("viewing")
def viewing() -> list[Command]:
    """What changes how things are seen, and not what is seen."""
    return [
        Command(
            name="follow", title="Follow the pointer", menu="plane", keys=("H",), icon="follow",
            sentence="The picture follows the pointer over the plane",
            act=_follow, checked=lambda now: now.follow,
        ),
        Command(
            name="fit", title="Fit", menu="plane", keys=("F",), icon="fit", act=_fit,
            sentence="Show all points",
        ),
        Command(
            name="smooth", title="Smooth pictures", menu="view",
            sentence="Enlarge pictures without showing their pixels",
            act=_smooth, checked=lambda now: now.smooth,
        ),
        Command(
            name="reset-layout", title="Reset the layout", menu="view",
            sentence="Put every panel, and the toolbar, back where it was on the first day",
            act=_reset_layout,
        ),
        Command(
            name="another-view", title="Another view of a plane", menu="view",
            sentence="Show a plane once more, in a window of its own, with its own axes and zoom",
            choices=_views,
        ),
    ]  # fmt: skip


def _classes(context: Context) -> list[Choice]:
    data, muted = context.now.dataset, context.now.muted
    names = () if data is None or data.labels is None else data.classes
    return [
        Choice(name, partial(_toggle_class, i, context), on=i not in muted)
        for i, name in enumerate(names)
    ]


def _toggle_class(label: int, context: Context) -> None:
    context.state.mark()
    context.state.update(muted=context.now.muted ^ {label})


@groups.register("classes")
def classes() -> list[Command]:
    """What the legend offers."""
    return [
        Command(
            name="classes", title="Show or hide a class", menu="view", order=22,
            sentence="Draw the points of a class, or leave them out", choices=_classes,
            missing=lambda context: needs.missing(context.now, "data", "labels"),
        )
    ]  # fmt: skip


@groups.register("colours")
def colours() -> list[Command]:
    """Light and dark."""
    return [
        Command(
            name=f"colours-{name}", title=f"Colours: {name}",
            entry="Colours of the system" if name == "system" else name.capitalize(),
            menu="colours", order=i, icon="theme",
            sentence=how, act=partial(_set_theme, name),
        )
        for i, (name, how) in enumerate(THEMES.items())
    ]  # fmt: skip
