from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QListView

from benchmarks.pressing import screens
from explorer.compute.measuring.errors import MeasureErrors
from explorer.data.dataset import Dataset, Preparation
from explorer.ui.panels.samples import SamplesPanel
from explorer.ui.themes import theme


@pytest.fixture
def panel(qtbot, state, jobs, asked, light):
    made = SamplesPanel(state, asked)
    qtbot.addWidget(made)
    made.resize(205, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def view(panel) -> QListView:
    return panel.findChild(QListView, "samplesView")


def texts(panel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def choose(box: QComboBox, index: int) -> None:
    box.setCurrentIndex(index)
    box.activated.emit(index)


def middle_of(view: QListView, row: int):
    return view.visualRect(view.model().index(row, 0)).center()


def test_an_empty_panel_says_what_to_do(panel, view):
    assert view.model().rowCount() == 0
    assert any("Drop a folder" in text for text in texts(panel))


def test_all_samples_are_listed_and_counted(panel, view, state, toy):
    toy.show(state)
    assert view.model().rowCount() == 60
    assert "60 samples" in texts(panel)


def test_a_click_selects_and_can_be_undone(view, state, toy, qtbot):
    toy.show(state)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(view, 4))
    assert state.now.selection.tolist() == [4]
    assert state.undo() and not len(state.now.selection)


@pytest.mark.parametrize("how", ["double click", "enter", "return"])
def test_a_double_click_and_enter_go_to_the_sample(view, state, toy, asked, qtbot, how):
    toy.show(state)
    at = middle_of(view, 4)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked.count("go_to") == 0
    if how == "double click":
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    else:
        qtbot.keyClick(view, Qt.Key.Key_Enter if how == "enter" else Qt.Key.Key_Return)
    assert asked.last("go_to") == 4 and asked.count("go_to") == 1


def test_the_same_sample_can_be_clicked_again_after_it_was_let_go(view, state, toy, qtbot):
    toy.show(state)
    for _ in range(2):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(view, 4))
        assert state.now.selection.tolist() == [4]
        state.update(selection=np.zeros(0, np.int64))


def test_arrow_keys_select(view, state, toy, qtbot):
    toy.show(state)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(view, 0))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert state.now.selection.tolist() == [1]


def test_a_selection_from_elsewhere_scrolls_there_and_is_not_answered(view, state, toy):
    toy.show(state)
    heard = []
    state.changed.connect(lambda fields, _source: heard.append(fields))
    state.update(selection=np.array([55, 3]))
    assert sum("selection" in fields for fields in heard) == 1
    assert view.viewport().rect().contains(middle_of(view, 55))
    assert view.is_marked(55) and view.is_marked(3) and not view.is_marked(4)


def test_the_filter_shows_one_class(panel, view, state, toy):
    toy.show(state)
    classes = panel.findChildren(QComboBox)[0]
    assert [classes.itemText(i) for i in range(4)] == [
        "All classes", "apple (20)", "pear (20)", "plum (20)",
    ]  # fmt: skip
    choose(classes, 2)
    assert view.model().rowCount() == 20
    assert "20 of 60 samples" in texts(panel)
    assert {toy.data.labels[view.samples.sample_at(r)] for r in range(20)} == {1}
    state.update(selection=np.array([0]))  # an apple: filtered out, and nothing breaks
    assert state.now.selection.tolist() == [0]


def test_the_order_by_class(panel, view, state, toy):
    toy.show(state)
    choose(panel.findChildren(QComboBox)[1], 1)
    labels = [toy.data.labels[view.samples.sample_at(r)] for r in range(60)]
    assert labels == sorted(labels)
    assert view.samples.row_of(1) == 20


def test_hover_goes_both_ways(view, state, toy, qtbot):
    toy.show(state)
    qtbot.mouseMove(view.viewport(), middle_of(view, 2))
    qtbot.waitUntil(lambda: state.now.hover == 2)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert state.now.hover is None
    state.update(hover=7)
    assert view.ringed == 7


def test_words_for_tooltip_and_reader(view, state, toy):
    toy.show(state)
    index = view.model().index(5, 0)
    said, how = index.data(Qt.ItemDataRole.ToolTipRole).split("\n")
    assert said == "plum, sample 5, held out" and "Double click" in how
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "plum, sample 5, held out"


def test_without_labels_there_is_nothing_to_choose(panel, view, state, toy):
    bare = dataclasses.replace(toy.data, labels=None, classes=())
    state.update(dataset=bare)
    assert view.model().rowCount() == 60
    classes, orders = panel.findChildren(QComboBox)
    assert not classes.isEnabled()
    assert [orders.model().item(i).isEnabled() for i in range(4)] == [True, False, False, False]


def test_samples_stand_by_their_errors(panel, view, state, toy, qtbot, monkeypatch):
    mse = np.random.default_rng(0).uniform(size=60)
    asked = []

    def found(request, task):
        asked.append(request.model.id)
        return mse

    monkeypatch.setattr(MeasureErrors, "answer", found)
    toy.show(state)
    orders = panel.findChildren(QComboBox)[1]
    choose(orders, 2)
    qtbot.waitUntil(lambda: view.samples.sample_at(0) == int(mse.argmax()))
    choose(orders, 3)
    assert view.samples.sample_at(0) == int(mse.argmin())
    assert asked == ["m"]  # one answer serves both orders
    tip = view.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert f"MSE {mse.min():.4f}" in tip
    state.update(model=None)
    assert view.samples.sample_at(0) == 0 and orders.currentIndex() == 0


def test_seventy_thousand_samples_cost_what_a_few_cost(view, state, monkeypatch, qtbot):
    n = 70_000
    x = np.zeros((n, 28, 28, 1), np.uint8)
    labels = np.arange(n, dtype=np.int64) % 10
    many = Dataset("many", x, Preparation(28, 28), labels == 9, labels, tuple("abcdefghij"))
    painted = []
    picture = view.samples.picture
    monkeypatch.setattr(view.samples, "picture", lambda row: painted.append(row) or picture(row))
    state.update(dataset=many)
    state.update(selection=np.array([69_000]))
    view.grab()
    assert view.model().rowCount() == n
    assert 0 < len(painted) < 200 and 69_000 in painted


def test_columns_fill_the_width(panel, view, state, toy):
    toy.show(state)
    for width in (205, 260, 400):
        panel.resize(width, 500)
        room, cell = view.viewport().width(), view.gridSize().width()
        assert room - cell * (room // cell) < room // cell + 1


def test_another_theme_repaints(light, panel):
    before = panel.grab().toImage().pixelColor(2, 2)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    assert panel.grab().toImage().pixelColor(2, 2) != before


def test_a_ring_that_moved_on_leaves_nothing_behind(panel, view, state, toy, qtbot):
    """It is painted around its picture, and so over the edge of its cell."""
    toy.show(state)
    qtbot.waitUntil(lambda: not len(screens.old_pixels(panel)))
    for sample in (5, 9, None):
        state.update(hover=sample)
        QApplication.processEvents()
        assert not len(screens.old_pixels(panel))


def test_the_gallery_of_other_data_begins_at_its_top(panel, view, state, toy, qtbot):
    toy.show(state)
    view.scrollToBottom()
    assert view.verticalScrollBar().value() > 0
    state.update(dataset=dataclasses.replace(state.now.dataset))
    assert view.verticalScrollBar().value() == 0
