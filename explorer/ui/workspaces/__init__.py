"""Workspaces, one a file: an arrangement for a task, over the one state.

A new one is a file that registers a `Workspace`; its word stands in the toolbar. Panels say where
they belong (`Panel.places`); ``places`` is for those that do not know of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from explorer.app.commands import Command, Context, groups
from explorer.app.snapshot import Snapshot
from explorer.registry import Registry
from explorer.ui.panels import Place, panels


@dataclass(frozen=True)
class Workspace:
    """title: one word. sentence: what it is for. order: from the left.

    shares: of the window's width that the areas "left", "beside" and "right" take, of its height
    that "bottom" takes; the plane has the rest. places: of panels that do not name this workspace.
    twin: the panel whose plane stands beside the model's, exactly as large as it; "" for none.
    wide: whether the bottom reaches below the other columns, up to the right edge.
    """

    title: str
    sentence: str
    order: int
    shares: Mapping[str, float]
    places: Mapping[str, Place] = field(default_factory=dict)
    twin: str = ""
    wide: bool = False


workspaces: Registry[Workspace] = Registry("workspace")


def in_order() -> list[str]:
    """The names of all workspaces, from the left."""
    workspaces.discover("explorer.ui.workspaces")
    return sorted(workspaces, key=lambda name: workspaces[name].order)


def places_in(name: str) -> dict[str, Place]:
    """Where each panel stands in a workspace, from the top of its column; others are away."""
    panels.discover("explorer.ui.panels")
    given = {n: panels[n].places[name] for n in panels if name in panels[n].places}
    found = given | {n: p for n, p in workspaces[name].places.items() if n in panels}
    return dict(sorted(found.items(), key=lambda item: item[1].order))


def _show(name: str, context: Context) -> None:
    context.state.update(workspace=name)


def _is_shown(name: str, now: Snapshot) -> bool:
    return now.workspace == name


@groups.register("workspaces")
def _commands() -> list[Command]:
    """One for each, with Ctrl and its number."""
    return [
        Command(
            name=f"workspace-{name}", title=f"Workspace: {workspaces[name].title}",
            entry=workspaces[name].title, menu="workspaces", order=i,
            sentence=workspaces[name].sentence, keys=(f"Ctrl+{i}",),
            act=partial(_show, name), checked=partial(_is_shown, name),
        )
        for i, name in enumerate(in_order(), 1)
    ]  # fmt: skip


def _show_panel(name: str, context: Context) -> None:
    """In the workspace that is shown, if it has a place there; else in the first that has."""
    if name not in places_in(context.now.workspace):
        homes = [workspace for workspace in in_order() if name in places_in(workspace)]
        context.state.update(workspace=homes[0] if homes else context.now.workspace)
    context.window.show_panel(name)


def in_panel(name: str, command: Command) -> Command:
    """A command of a panel, which is brought to the front before it is done."""
    return replace(command, act=partial(_act_in_panel, name, command.act))


def _act_in_panel(name: str, act: Callable[[Context], object], context: Context) -> None:
    _show_panel(name, context)
    act(context)


def _absence(name: str, context: Context) -> str:
    return panels[name].absence(context.now)


@groups.register("panels")
def _panel_commands() -> list[Command]:
    """One for each panel: bring it to the front, wherever it is."""
    panels.discover("explorer.ui.panels")
    return [
        Command(
            name=f"panel-{name}", title=f"Panel: {panels[name].title}", entry=panels[name].title,
            sentence=f"Show {panels[name].title}, in a workspace that has a place for it",
            menu="panels", act=partial(_show_panel, name), missing=partial(_absence, name),
        )
        for name in panels
    ]  # fmt: skip
