"""The panel around the applications: which one is shown, its button, and where its controls stand.

What each of them asks and shows is tested beside it, in tests/ui/applications.
"""

from __future__ import annotations

import threading

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QSpinBox, QWidget

from explorer.app import needs
from explorer.app.commands import Context
from explorer.compute.analyses.anomalies import AnomalyScores, FindAnomalies
from explorer.compute.analyses.probe import FewLabels, MeasureLabels
from explorer.compute.question import settings_of
from explorer.ui.applications import discover
from explorer.ui.panels.applications import ApplicationsPanel
from explorer.ui.widgets.charts.score_histogram import ScoreHistogram

LEFT = Qt.MouseButton.LeftButton
FOLLOWING = ("Denoise", "Inpaint")  # they ask by themselves, and have no button


@pytest.fixture
def requests(answered):
    """By the kind of question, what is asked."""
    none = AnomalyScores(np.arange(3), np.zeros(3), "elbo")
    return {
        FindAnomalies: answered(FindAnomalies, lambda _: none),
        MeasureLabels: answered(MeasureLabels, lambda _: FewLabels((), 0)),
    }


@pytest.fixture
def panel(shown, state, jobs, asked, light, toy, requests):
    made = shown(ApplicationsPanel(state, asked), 930, 220)
    toy.show(state)
    return made


def turn_to(panel, index: int) -> None:
    box = panel.findChild(QComboBox, "application")
    box.setCurrentIndex(index)
    box.activated.emit(index)


def button(panel) -> QPushButton:
    return panel.findChild(QPushButton, "usesButton")


def test_one_is_shown_at_a_time_with_its_controls_and_its_word(panel):
    box = panel.findChild(QComboBox, "application")
    assert [box.itemText(i) for i in range(box.count())] == [kind.title for kind in discover()]
    for index, use in enumerate(panel._uses):
        turn_to(panel, index)
        assert [one.current for one in panel._uses] == [one is use for one in panel._uses]
        assert [one.controls.isVisible() for one in panel._uses] == [
            one is use for one in panel._uses
        ]
        assert use.isVisible() and box.toolTip() == use.tip
        assert box.itemData(index, Qt.ItemDataRole.ToolTipRole) == use.tip
        assert button(panel).isVisible() == (type(use).__name__ not in FOLLOWING)
        assert not use.verb or button(panel).text() == use.verb


def test_while_one_is_measured_the_button_stops_it(panel, monkeypatch, qtbot):
    gate, heard = threading.Event(), []
    monkeypatch.setattr(
        FindAnomalies, "answer", lambda _, task: gate.wait() and heard.append(task.cancelled)
    )
    qtbot.mouseClick(button(panel), LEFT)
    assert button(panel).text() == "Cancel" and button(panel).isEnabled()
    other = panel.commands()[3]
    assert other.missing(Context(panel.state, panel.session)) == (
        "Once the application under way is done"
    )
    qtbot.mouseClick(button(panel), LEFT)
    gate.set()
    qtbot.waitUntil(lambda: button(panel).text() == "Score")
    assert heard in ([True], [])  # where it had not begun, it never did


@pytest.mark.parametrize(
    ("change", "why"),
    [({"dataset": None}, needs.DATA), ({"model": None}, needs.MODEL),
     ({"training": "running"}, needs.IDLE)],
)  # fmt: skip
def test_what_is_missing_is_said_of_every_application(panel, state, change, why):
    state.update(**change)
    *starts, cancel = panel.commands()
    context = Context(state, panel.session)
    assert {one.missing(context) for one in starts} == {why}
    assert not button(panel).isEnabled() and why in button(panel).toolTip()
    assert cancel.missing(context) == "Nothing is being measured"


def test_a_command_turns_to_its_page_and_begins(panel, requests, qtbot):
    for index, command in enumerate(panel.commands()[:-1]):
        command.act(Context(panel.state, panel.session))
        assert panel._pages.currentWidget() is panel._uses[index]
        qtbot.waitUntil(lambda: not panel._busy())
    assert [len(asked) for asked in requests.values()] == [1, 1]


def test_what_is_chosen_is_asked_with_the_words_and_ranges_of_the_question(panel, requests, qtbot):
    for index, kind, given in (
        (0, FindAnomalies, {"samples": 70}), (3, MeasureLabels, {"repeats": 4, "seed": 9})
    ):  # fmt: skip
        turn_to(panel, index)
        settings = {one.name: one for one in settings_of(kind)}
        page = panel._uses[index]
        for name, value in given.items():
            box = page.form.control(name)
            assert isinstance(box, QSpinBox) and box.toolTip() == settings[name].help
            assert (box.minimum(), box.accessibleName()) == (
                settings[name].low,
                settings[name].label,
            )
            box.setValue(value)
        qtbot.mouseClick(button(panel), LEFT)
        qtbot.waitUntil(lambda kind=kind: bool(requests[kind]))
        assert {name: getattr(requests[kind][0], name) for name in given} == given
        qtbot.waitUntil(lambda: not panel._busy())


@pytest.mark.parametrize("use", range(4))
def test_it_fits_a_narrow_column(panel, state, use, qtbot):
    turn_to(panel, use)
    state.update(selection=np.array([4]))
    panel.resize(300, 600)
    qtbot.waitUntil(lambda: min(x for x, _ in _ends(panel)) >= 0)
    qtbot.waitUntil(lambda: max(end for _, end in _ends(panel)) <= 300)
    assert panel.minimumSizeHint().width() <= 300
    task = panel.findChild(QComboBox, "application")
    assert task.width() > 250  # the controls stand above, over all of it


def _ends(panel):
    """Where each widget that is seen begins and ends, from the left of the panel."""
    shown = [w for w in panel.findChildren(QWidget) if w.isVisible()]
    left = [w.mapTo(panel, QPoint()).x() for w in shown]
    return [(x, x + w.width()) for x, w in zip(left, shown, strict=True)]


def test_with_room_the_controls_stand_beside(panel):
    assert panel.findChild(QComboBox, "application").width() <= 176
    assert panel.findChild(ScoreHistogram).mapTo(panel, QPoint()).x() > 176
