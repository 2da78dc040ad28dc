"""Every command of the real window, in every state: its words, its key, what it does or why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from explorer.app.commands import MENUS
from explorer.ui.palette.rows import HIDDEN, all_rows
from explorer.ui.widgets.offering import REASON
from explorer.ui.widgets.overlays.overlay import Overlay
from explorer.ui.window import MainWindow
from tests.ui.menus.test_offers import STATES
from tests.ui.standing import Standing, standing

DIALOGS = {
    "getOpenFileNames": ([], ""), "getExistingDirectory": "", "getSaveFileName": ("", ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def opened(qapp: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """The window of all the tests below."""
    with standing(tmp_path_factory.mktemp("settings")) as made:
        yield made


@pytest.fixture
def window(opened: Standing, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    for name, answer in DIALOGS.items():
        monkeypatch.setattr(QFileDialog, name, lambda *_, answer=answer, **__: answer)
    return opened.begin()


@pytest.fixture(params=STATES, ids=lambda show: show.__name__.strip("_"))
def shown(request: Any, window: MainWindow, qtbot: Any) -> MainWindow:
    """The window in one of its states."""
    request.param(window)
    qtbot.waitUntil(lambda: not window.jobs.busy)
    return window


def test_each_command_has_words_and_the_palette_lists_it(window: MainWindow) -> None:
    commands = window.commands
    named = [commands.command(name) for name in commands]
    assert len(named) > 40
    titles = Counter(command.title for command in named)
    assert [title for title, count in titles.items() if count > 1] == []
    assert all(command.menu in MENUS and command.sentence for command in named)
    assert {row.name for row in all_rows(commands)} == set(commands) - set(HIDDEN)


def test_tooltips_say_what_it_does_and_its_key(window: MainWindow) -> None:
    for name in window.commands:
        command, tip = window.commands.command(name), window.commands[name].toolTip()
        assert tip.startswith(command.sentence)
        assert all(f"{QKeySequence(key).toString()}" in tip for key in command.keys)


def test_a_key_means_one_thing(shown: MainWindow) -> None:
    commands = shown.commands
    can = [name for name in commands if commands[name].isEnabled()]
    keys = Counter(key.toString() for name in can for key in commands[name].shortcuts())
    assert [key for key, count in keys.items() if count > 1] == []


def test_each_is_what_its_command_says_now(shown: MainWindow) -> None:
    commands, context = shown.commands, shown.commands.context()
    for name in commands:
        command, action = commands.command(name), commands[name]
        reason = command.missing(context)
        assert (action.isEnabled(), action.property(REASON)) == (not reason, reason), name
        assert action.toolTip().endswith(reason)
        on = command.checked is not None and command.checked(context.now)
        assert (action.isCheckable(), action.isChecked()) == (command.checked is not None, on), name


def test_each_is_done_or_says_why_not(shown: MainWindow, qtbot: Any) -> None:
    commands, first = shown.commands, shown.state.now
    for name in commands:
        if name in ("train", "stop", "pause") or name.startswith("open-"):
            continue  # tested with what follows from them elsewhere
        reason, done = commands.reason(name), []
        commands.done.connect(done.append)
        commands.run(name)
        commands.done.disconnect(done.append)
        assert done == ([] if reason else [name])
        if reason:
            assert reason in shown.state.now.message.text
        shown.state.update(training=first.training, message=None)
        for overlay in shown.findChildren(Overlay):
            overlay.shut()
    commands["colours-light"].trigger()
    qtbot.waitUntil(lambda: not shown.jobs.busy)


def test_a_switch_keeps_the_tick_of_what_is_so(window: MainWindow) -> None:
    tool = window.commands["tool-probe"]
    assert window.state.now.tool == "probe" and tool.isChecked()
    tool.trigger()
    assert tool.isChecked()
    window.commands["tool-lasso"].trigger()
    assert window.state.now.tool == "lasso" and not tool.isChecked()


def test_the_key_of_what_cannot_be_done_says_why(window: MainWindow) -> None:
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "Train or open a model first" in window.state.now.message.text


def test_a_reason_goes_as_soon_as_it_holds_no_more(
    window: MainWindow, qtbot: Any
) -> None:  # fmt: skip
    state: Callable[[MainWindow], None] = STATES[1]
    assert not window.commands["train"].isEnabled()
    state(window)
    assert window.commands["train"].isEnabled()
    qtbot.waitUntil(lambda: not window.jobs.busy)
