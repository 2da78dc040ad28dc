"""What the palette lists: commands and their choices, the best match first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtGui import QKeySequence

from explorer.app.commands import MENUS, Command
from explorer.app.matching import match
from explorer.ui.menus.binding import Commands

HIDDEN = ("palette",)  # who looks at it has opened it
BARRED = 30.0  # what cannot be done now stands that much lower


@dataclass(frozen=True)
class Row:
    """A command, or one of its choices. recent: its place among those last used, or None.

    state: "on" for a switch that is, else "". letters: of the title, that were typed.
    """

    name: str
    title: str
    sentence: str
    menu: str
    keys: tuple[str, ...]
    reason: str
    state: str
    icon: str
    act: Callable[[], object]
    recent: int | None = None
    letters: frozenset[int] = frozenset()

    @property
    def spoken(self) -> str:
        """For who hears it."""
        parts = (self.title, self.state, ", ".join(self.keys), self.reason or self.sentence)
        return ", ".join(part for part in parts if part)


def all_rows(commands: Commands, recent: Sequence[str] = ()) -> list[Row]:
    """Every command, and each choice of those that offer some, in the order of the menus."""
    named = [commands.command(n) for menu in MENUS for n in commands.of(menu) if n not in HIDDEN]
    return [row for command in named for row in _rows(commands, command, recent)]


def _rows(commands: Commands, command: Command, recent: Sequence[str]) -> list[Row]:
    action, reason = commands[command.name], commands.reason(command.name)
    state = "on" if action.isChecked() else ""
    keys = tuple(QKeySequence(key).toString() for key in command.keys)
    place = recent.index(command.name) if command.name in recent else None
    row = Row(
        command.name, command.title.rstrip("."), command.sentence, MENUS[command.menu], keys,
        reason, state, command.icon, partial(commands.run, command.name), place,
    )  # fmt: skip
    offered = () if reason or command.choices is None else command.choices(commands.context())
    chosen = [replace(row, title=f"{row.title}: {one.title}", state="on" if one.on else "",
                      act=one.act) for one in offered]  # fmt: skip
    return chosen or [row]


def ranked(rows: Sequence[Row], query: str) -> list[Row]:
    """Those that fit what is typed, the best first; of all, those last used first."""
    found: list[tuple[tuple[float, float], Row]] = []
    for row in rows:
        fit = match(query, row.title, f"{row.menu} {row.sentence} {' '.join(row.keys)}")
        if fit is not None:
            place = 99.0 if row.recent is None else float(row.recent)
            score = (fit.score - (BARRED if row.reason else 0.0)) if query.strip() else 0.0
            found.append(((-round(score / 10), place), replace(row, letters=fit.letters)))
    found.sort(key=lambda one: one[0])
    return [row for _, row in found]
