"""Tools of the planes, one a file: what the left button does.

A tool is built as ``Tool(plane, state, session)``; ``label``, ``icon``, ``key``, ``tip`` and
``order`` make its button. Only the active one answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QObject

from explorer.app.commands import Command, Context, groups
from explorer.app.session import Session
from explorer.app.state import Snapshot, State
from explorer.registry import Registry
from explorer.ui.plane.surface import Surface

Gesture = tuple[Any, Callable[..., object]]  # a signal of the plane, and the slot that answers it


class Tool(QObject):
    """One of the things that the left button may do."""

    label: ClassVar[str]
    icon: ClassVar[str]
    key: ClassVar[str]
    tip: ClassVar[str]
    order: ClassVar[int]

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        super().__init__(plane)
        self.plane, self.state, self.session = plane, state, session
        self.active = False

    def gestures(self) -> Sequence[Gesture]:
        """What it answers while it is in use."""
        return ()

    def left_button(
        self,
        press: Callable[..., object],
        drag: Callable[..., object],
        release: Callable[..., object],
    ) -> list[Gesture]:
        """What answers the left button as it goes down, moves and comes up."""
        plane = self.plane
        return [(plane.pressed, press), (plane.dragged, drag), (plane.released, release)]

    def set_active(self, active: bool) -> None:
        """Answer the left button, or leave it to another tool.

        A tool that is not in use is not even told: a drag has better things to do.
        """
        if active != self.active:
            self.active = active
            for told, answer in self.gestures():
                if active:
                    told.connect(answer)
                else:
                    told.disconnect(answer)


tools: Registry[type[Tool]] = Registry("tool")


def in_order() -> list[str]:
    """The names of all tools, as their buttons stand."""
    tools.discover(__name__)
    return sorted(tools, key=lambda name: tools[name].order)


def _take(name: str, context: Context) -> None:
    context.state.update(tool=name)


def _is_taken(name: str, now: Snapshot) -> bool:
    return now.tool == name


@groups.register("tools")
def tool_commands() -> list[Command]:
    """One for each tool: take it."""
    return [
        Command(
            name=f"tool-{name}", title=f"Tool: {tool.label}", entry=tool.label,
            sentence=tool.tip, keys=(tool.key,), menu="tools", order=tool.order, icon=tool.icon,
            act=partial(_take, name), checked=partial(_is_taken, name),
        )
        for name, tool in ((name, tools[name]) for name in tools)
    ]  # fmt: skip
