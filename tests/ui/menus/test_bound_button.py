"""Every button of the window is bound to a command: one sentence, one reason, found by Ctrl+K."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDockWidget,
    QLineEdit,
    QPushButton,
    QTabBar,
    QToolButton,
    QWidget,
)

from explorer.app.commands import Command, Context
from explorer.app.session import Session
from explorer.ui.menus.bound_button import COMMAND, BoundButton, named, push_button
from explorer.ui.palette.rows import all_rows
from explorer.ui.synthetic_input import LEFT
from explorer.ui.widgets.disclosure import Disclosure
from explorer.ui.widgets.legend.legend_row import LegendRow
from explorer.ui.widgets.message_bar import MessageBar
from explorer.ui.widgets.offering import REASON
from explorer.ui.window import MainWindow, open_window
from explorer.ui.workspaces import in_order


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    made = open_window("digits", settings_dir=tmp_path / "settings")
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.state.now.decoded is not None and not made.jobs.busy)
    yield made
    made.close()


def command_of(button: QAbstractButton) -> str:
    """The name of its command, or ""."""
    layer = button.property("layer")
    if layer:
        return f"layer-{layer}"
    if isinstance(button, LegendRow):
        return "classes"  # of which each row is a choice
    action = button.defaultAction() if isinstance(button, QToolButton) else None
    return str(button.property(COMMAND) or (action.objectName() if action else ""))


def without_command(button: QAbstractButton) -> str:
    """Why a button needs no command; "" where it does."""
    above = button.parentWidget()
    if isinstance(above, QDockWidget | QTabBar | QLineEdit | QComboBox):
        return "of Qt: docks have commands that show them, and menus at their tabs"
    if isinstance(button, QToolButton) and button.menu() is not None:
        return "opens a menu of commands"
    if button.objectName() == "qt_toolbar_ext_button":
        return "of Qt, and never seen: the bar folds by itself"
    if isinstance(button, Disclosure) or isinstance(above, MessageBar):
        return "unfolds what stands below it, or answers a message"
    if isinstance(button, QCheckBox) and not button.property("layer"):
        return "a value of a form"
    return ""


def told(button: QAbstractButton) -> str:
    return f"{type(button).__name__} {button.objectName()} {button.text()}"


@pytest.mark.parametrize("workspace", in_order())
def test_each_button_has_a_command(window: MainWindow, workspace: str) -> None:
    window.state.update(workspace=workspace)
    QApplication.processEvents()
    buttons = window.findChildren(QAbstractButton)
    bare = [told(b) for b in buttons if not without_command(b)]
    assert len(bare) > 40
    listed = {row.name for row in all_rows(window.commands)} | {"palette"}
    assert [
        told(b) for b in buttons if not without_command(b) and command_of(b) not in listed
    ] == []


def test_a_bound_button_says_what_its_command_says(window: MainWindow) -> None:
    bound = [b for b in window.findChildren(BoundButton) if not isinstance(b.button, QCheckBox)]
    assert len(bound) > 15
    for one in bound:
        command, button = one.command, one.button
        assert window.commands.command(command.name).sentence == command.sentence
        assert button.toolTip().startswith(command.sentence), told(button)
        assert (button.property(REASON) or "") == one.reason, told(button)
        assert button.isEnabled() == (not one.reason), told(button)


def test_from_the_palette_a_command_of_a_panel_shows_the_panel(
    window: MainWindow, qtbot: Any
) -> None:
    assert window.state.now.workspace == "explore"
    window.commands.run("draw-samples")
    qtbot.waitUntil(lambda: not window.jobs.busy)
    button = window.findChild(QPushButton, "drawButton")
    assert window.state.now.workspace == "measure" and button.isVisible()
    export = window.findChild(QPushButton, "exportSamplesButton")
    assert export.isEnabled() and window.commands["export-samples"].isEnabled()


def test_what_waits_for_an_answer_is_offered_with_it(window: MainWindow, qtbot: Any) -> None:
    assert not window.commands["copy-evidence"].isEnabled()
    window.commands.run("measure-evidence")
    assert window.commands.reason("measure-evidence") and not window.commands.reason(
        "cancel-evidence"
    )
    window.commands.run("cancel-evidence")
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert window.findChild(QPushButton, "measureButton").text() == "Resume"
    assert window.commands["measure-evidence"].isEnabled()


def test_an_application_is_begun_by_its_name(window: MainWindow, qtbot: Any) -> None:
    window.commands.run("application-anomalies")
    assert window.commands.reason("application-labels")
    assert not window.commands.reason("cancel-application")
    qtbot.waitUntil(lambda: not window.jobs.busy)
    window.commands.run("application-denoise")
    box = window.findChild(QComboBox, "application")
    assert box.currentText() == window.commands.command("application-denoise").title
    assert box.isVisible()


def test_classes_are_choices(window: MainWindow) -> None:
    rows = [row for row in all_rows(window.commands) if row.name == "classes"]
    assert len(rows) == 10 and all(row.state == "on" for row in rows)
    rows[3].act()
    assert window.state.now.muted == {3}


# -- one button ------------------------------------------------------------------------------


@pytest.fixture
def done() -> list[Context]:
    return []


def command(done: list[Context], name: str = "one") -> Command:
    return Command(
        name=name, title=name.capitalize(), entry="Do", sentence=f"Do {name}", act=done.append,
        missing=lambda context: "" if context.now.tool == "pan" else "Take the pan tool",
    )  # fmt: skip


@pytest.fixture
def bound(session: Session, qtbot: Any, done: list[Context]) -> Iterator[BoundButton]:
    above = QWidget()
    qtbot.addWidget(above)
    made = push_button("aButton", command(done), session, above)
    made.button.show()
    above.show()
    yield made
    above.close()


def test_it_waits_for_what_is_missing(
    bound: BoundButton, session: Session, done: list[Context]
) -> None:
    button = bound.button
    assert (button.text(), button.objectName()) == ("Do", "aButton")
    assert not button.isEnabled() and button.toolTip() == "Do one\nTake the pan tool"
    bound.button.clicked.emit()  # as a press that was on its way
    assert not done
    session.state.update(tool="pan")
    assert button.isEnabled() and button.toolTip() == "Do one"
    QTest.mouseClick(button, LEFT)
    assert [context.now.tool for context in done] == ["pan"]


def test_it_wears_another_command(
    bound: BoundButton, session: Session, done: list[Context]
) -> None:
    other: list[Context] = []
    session.state.update(tool="pan")
    bound.wear(command(other, "two"))
    assert bound.button.toolTip() == "Do two" and bound.button.property(COMMAND) == "two"
    QTest.mouseClick(bound.button, LEFT)
    assert (len(done), len(other)) == (0, 1)


def test_a_switch_acts_by_itself(session: Session, qtbot: Any, done: list[Context]) -> None:
    switch = QToolButton()
    qtbot.addWidget(switch)
    switch.setText("\u203a")
    session.state.update(tool="pan")
    made = BoundButton(switch, command(done), session, words=False, acts=False)
    switch.click()
    assert not done and made.command.name == "one"
    assert (switch.text(), switch.accessibleName()) == ("\u203a", "One")


def test_an_unknown_name_is_an_error(session: Session, qtbot: Any) -> None:
    switch = QToolButton()
    qtbot.addWidget(switch)
    with pytest.raises(KeyError, match="no-such"):
        BoundButton(switch, "no-such", session)


def test_a_command_is_made_once_for_all_buttons():
    assert named("undo") is named("undo")
    with pytest.raises(KeyError):
        named("no-such-command")
