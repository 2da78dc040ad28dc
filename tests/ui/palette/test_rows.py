"""What the palette lists, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from explorer.app.commands import MENUS, Choice, Command, Context
from explorer.app.state import State
from explorer.ui.menus.binding import Commands
from explorer.ui.palette.rows import BARRED, HIDDEN, Row, all_rows, ranked
from tests.ui.conftest import Asked

ROW = Row("fit", "Fit", "See all points", "Plane", ("F",), "", "", "", lambda: None)
DONE: list[str] = []


def row(title: str, **other: Any) -> Row:
    return replace(ROW, name=title, title=title, **other)


def titles(rows: list[Row]) -> list[str]:
    return [one.title for one in rows]


@pytest.fixture
def make(qtbot: Any, state: State, asked: Asked) -> Callable[..., Commands]:
    """All commands of the program, with some of the test's own."""
    DONE.clear()
    window = QWidget()
    qtbot.addWidget(window)

    def made(*more: Command) -> Commands:
        context = Context(state, asked)  # type: ignore[arg-type]
        return Commands(window, context, more)

    return made


def command(name: str, **other: Any) -> Command:
    given: dict[str, Any] = {
        "title": f"Do {name}...", "sentence": f"It does {name}", "menu": "plane",
        "act": lambda _context: DONE.append(name), **other,
    }  # fmt: skip
    return Command(name=name, **given)


def of(commands: Commands, name: str, *recent: str) -> list[Row]:
    return [one for one in all_rows(commands, recent) if one.name == name]


def test_a_row_says_what_its_command_does(make: Callable[..., Commands]) -> None:
    commands = make(command("wave", keys=("Ctrl+Alt+W", "W"), icon="fit", order=3.5))
    (one,) = of(commands, "wave")
    assert (one.title, one.sentence, one.menu) == ("Do wave", "It does wave", MENUS["plane"])
    assert one.keys == tuple(QKeySequence(key).toString() for key in ("Ctrl+Alt+W", "W"))
    assert (one.reason, one.state, one.icon, one.recent) == ("", "", "fit", None)
    one.act()
    assert DONE == ["wave"]


@pytest.mark.parametrize("on", [True, False])
def test_a_switch_says_whether_it_is_on(make: Callable[..., Commands], on: bool) -> None:
    commands = make(command("glow", checked=lambda _now: on))
    commands.refresh()
    assert of(commands, "glow")[0].state == ("on" if on else "")


def test_what_cannot_be_done_says_why_and_offers_no_choices(make: Callable[..., Commands]) -> None:
    choices = [Choice("one", lambda: None)]
    commands = make(command("wave", missing=lambda _: "Not now", choices=lambda _: choices))
    (one,) = of(commands, "wave")
    assert (one.title, one.reason) == ("Do wave", "Not now")


def test_each_choice_is_a_row_with_an_act_of_its_own(make: Callable[..., Commands]) -> None:
    choices = [Choice("red", lambda: DONE.append("red"), on=True), Choice("blue", lambda: None)]
    rows = of(make(command("paint", choices=lambda _: choices)), "paint")
    assert [(one.title, one.state) for one in rows] == [("Do paint: red", "on"),
                                                        ("Do paint: blue", "")]  # fmt: skip
    rows[0].act()
    assert DONE == ["red"]


def test_a_command_without_a_choice_now_is_a_row_itself(make: Callable[..., Commands]) -> None:
    assert titles(of(make(command("paint", choices=lambda _: [])), "paint")) == ["Do paint"]


def test_those_last_used_know_their_place(make: Callable[..., Commands]) -> None:
    rows = {one.name: one.recent for one in all_rows(make(), ("fit", "undo"))}
    assert (rows["fit"], rows["undo"]) == (0, 1)
    assert {place for name, place in rows.items() if name not in ("fit", "undo")} == {None}


def test_they_stand_in_the_order_of_the_menus_and_none_opens_the_palette(
    make: Callable[..., Commands],
) -> None:
    rows = all_rows(make())
    heads = list(dict.fromkeys(one.menu for one in rows))
    assert heads == [head for head in MENUS.values() if head in heads] and len(heads) > 5
    assert HIDDEN and not {one.name for one in rows} & set(HIDDEN)


def test_the_spoken_row_says_what_is_seen() -> None:
    seen = row("Grid", state="on", keys=("G", "Ctrl+G"))
    assert seen.spoken == "Grid, on, G, Ctrl+G, See all points"
    assert row("Grid", keys=(), reason="Not now").spoken == "Grid, Not now"


@pytest.mark.parametrize("typed", ["", "  "])
def test_before_anything_is_typed_those_last_used_come_first(typed: str) -> None:
    rows = [row("A"), row("B", recent=1), row("C", reason="Not now"), row("D", recent=0)]
    assert titles(ranked(rows, typed)) == ["D", "B", "A", "C"]


def test_the_best_match_comes_first_and_what_does_not_fit_is_left_out() -> None:
    rows = [row("Refit"), row("Open fashion"), row("Fit"), row("Undo", sentence="Back")]
    assert titles(ranked(rows, "fit")) == ["Fit", "Refit"]


def test_letters_that_were_typed_are_marked() -> None:
    (found,) = ranked([row("Open fashion")], "fash")
    assert found.letters == frozenset({5, 6, 7, 8})
    assert ranked([row("Open")], "")[0].letters == frozenset()


@pytest.mark.parametrize("typed", ["plane", "points", "ctrl+j"])
def test_menu_sentence_and_keys_are_searched_too(typed: str) -> None:
    assert titles(ranked([row("Fit", keys=("Ctrl+J",)), row("Undo", sentence="", menu="Edit",
                          keys=())], typed)) == ["Fit"]  # fmt: skip


def test_of_equal_matches_the_one_last_used_comes_first() -> None:
    rows = [row("Fit A"), row("Fit B", recent=3), row("Fit C", recent=0)]
    assert titles(ranked(rows, "fit")) == ["Fit C", "Fit B", "Fit A"]
    longer = row("Fit all there is to see", recent=0)
    assert titles(ranked([row("Fit"), longer], "fit")) == [longer.title, "Fit"]


def test_what_cannot_be_done_stands_lower_but_not_below_all() -> None:
    """As far as a word within a title stands below one at its beginning, and no farther."""
    rows = [row("Benefit"), row("Undo", sentence="fit"), row("Fit", reason="Not now"),
            row("See the fit")]  # fmt: skip
    assert 20 < BARRED < 45  # of 100, 80, 55 and 12
    assert titles(ranked(rows, "fit")) == ["See the fit", "Fit", "Benefit", "Undo"]
