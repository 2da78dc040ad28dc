"""Help: the palette first, then the keys; each is one key away."""

from __future__ import annotations

from typing import Any

from explorer.app.commands import Context, all_commands
from explorer.app.session import Session
from explorer.app.state import State
from tests.app.actions.making import Told


def test_the_window_shows_the_palette_and_the_keys(
    state: State, session: Session, jobs: Any
) -> None:
    jobs.close()
    window: Any = Told()
    found = [c for c in all_commands().values() if c.menu == "help"]
    for command in sorted(found, key=lambda c: c.order):
        command.act(Context(state, session, window))
    assert window.told == [("show", "commandPalette"), ("show", "shortcutSheet")]
    assert [command.keys for command in found] == [("Ctrl+K",), ("F1",)]
