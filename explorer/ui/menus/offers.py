"""What the menus of several panels offer alike, drawn from the commands about what they are on."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from explorer.app.commands import Command, Context, Shown, all_commands
from explorer.app.session import Session
from explorer.app.snapshot import Vector
from explorer.app.state import State
from explorer.export.things import Columns, Thing
from explorer.ui import actions
from explorer.ui.widgets.overlays.popup import PopupEntry, PopupSection

Later = Callable[[Callable[[Vector], object]], object]  # calls it with a place, once it is known


def entries_of(
    context: Context, *menus: str, without: Container[str] = (), later: Later | None = None
) -> list[PopupEntry]:
    """The commands of menus by their names, each about what ``context`` says.

    without: those that are left out. later: finds the place of ``context`` for those that act on
    it, where it is found only as it is wanted.
    """
    found = all_commands(actions.__name__).values()
    listed = [c for menu in menus for c in sorted(found, key=lambda c: c.order) if c.menu == menu]
    return [_entry(command, context, later) for command in listed if command.name not in without]


def entry_of(context: Context, name: str) -> PopupEntry:
    """One command by its name, about what ``context`` says. Raises KeyError."""
    return _entry(all_commands(actions.__name__)[name], context, None)


def _entry(command: Command, context: Context, later: Later | None) -> PopupEntry:
    label, reason = command.label(context), command.missing(context)
    if command.choices is None:
        act = partial(command.act, context)
        if later is not None and command.on == "place":
            act = partial(later, partial(_act_at, command, context))
        return PopupEntry(label, act, reason, tip=command.sentence)
    choices = () if reason else command.choices(context)
    entries = [PopupEntry(one.title, one.act) for one in choices]
    return PopupEntry(label, None, reason, entries, command.sentence)


def _act_at(command: Command, context: Context, place: Vector) -> None:
    command.act(replace(context, place=place))


def sample_section(state: State, session: Session, sample: int) -> PopupSection | None:
    """Select a sample, go to it, take its picture along; None where there is no such sample."""
    data = state.now.dataset
    if data is None or not 0 <= sample < len(data):
        return None
    name = ", ".join(part for part in (data.label_name(sample), f"sample {sample:,}") if part)
    context = Context(state, session, sample=sample)
    return PopupSection(name[:1].upper() + name[1:], entries_of(context, "sample"))


def plot_entries(
    plot: QWidget, session: Session, name: str, rows: Sequence[Sequence[object]], what: str,
    drawn: str = "the plot", thing: Thing | None = None,
    table: Callable[[], Columns] | None = None,
) -> list[PopupEntry]:  # fmt: skip
    """Take the numbers of a plot along, and the plot as a picture.

    name: of the files. rows: with the names of the columns in front. what: the numbers are.
    drawn: what is seen is, if it is no plot. thing: what is exported, if not what is seen.
    table: finds the numbers, instead of rows.
    """
    shown = Shown(name, rows, what, drawn, plot, thing, table)
    return entries_of(Context(session.state, session, shown=shown), "plot")
