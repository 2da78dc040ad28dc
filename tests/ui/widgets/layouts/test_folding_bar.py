"""A bar at every width: what is seen is seen whole, what is not is in the menu."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QToolButton

from explorer.ui.widgets.layouts.folding_bar import FoldingBar


@pytest.fixture
def bar(qtbot: Any) -> FoldingBar:
    """Three sections of three buttons: one that never folds, and two that do."""
    window = QMainWindow()
    qtbot.addWidget(window)
    made = FoldingBar("Bar", window)
    made.window_of_the_test = window
    window.addToolBar(made)
    made.add_spring()
    for title, rank in (("first", 0), ("second", 1), ("third", 2)):
        section = made.add_section(title, rank, line=rank > 0)
        for i in range(3):
            action = QAction(f"{title} {i}", window)
            button = QToolButton(made)
            button.setDefaultAction(action)
            made.add_to(section, button, [action])
    made.add_spring()
    made.finish()
    window.show()
    return made


def _settle(bar: FoldingBar, width: int) -> None:
    bar.window().resize(width, 200)
    for _ in range(2):
        QApplication.processEvents()


def _seen(bar: FoldingBar) -> list[QToolButton]:
    own = [b for b in bar.findChildren(QToolButton) if b.parent() is bar and b.isVisible()]
    return sorted(own, key=lambda button: button.x())


def _texts(bar: FoldingBar) -> set[str]:
    in_menu = {action.text() for action in bar.more.menu().actions() if action.text()}
    return in_menu | {button.text() for button in _seen(bar) if button is not bar.more}


def test_at_no_width_is_anything_cut_or_lost(bar: FoldingBar) -> None:
    folded = []
    for width in range(800, 290, -1):
        _settle(bar, width)
        seen = _seen(bar)
        assert not bar.findChild(QToolButton, "qt_toolbar_ext_button").isVisible(), width
        assert all(button.width() >= button.sizeHint().width() for button in seen), width
        assert all(a.geometry().right() < b.x() for a, b in itertools.pairwise(seen))
        assert seen[-1].geometry().right() <= bar.width(), width
        assert _texts(bar) == {f"{t} {i}" for t in ("first", "second", "third") for i in range(3)}
        folded.append(bar.folded())
    assert [f for i, f in enumerate(folded) if i == 0 or f != folded[i - 1]] == [
        [], ["third"], ["second", "third"],
    ]  # fmt: skip


def test_what_folded_comes_back(bar: FoldingBar) -> None:
    _settle(bar, 300)
    assert bar.folded() and bar.more.isVisible()
    _settle(bar, 900)
    assert bar.folded() == [] and not bar.more.isVisible() and len(_seen(bar)) == 9


def test_the_menu_names_its_sections(bar: FoldingBar) -> None:
    _settle(bar, 300)
    heads = [label.text() for label in bar.more.menu().findChildren(QLabel)]
    assert heads[-2:] == ["second", "third"]


def test_a_section_that_is_one_entry_of_its_name_needs_no_head(bar: FoldingBar) -> None:
    _settle(bar, 900)
    section = bar._sections[2]
    section.entries[:] = [QAction("third", bar)]
    _settle(bar, 300)
    texts = [action.text() for action in bar.more.menu().actions() if action.text()]
    heads = [label.text() for label in bar.more.menu().findChildren(QLabel)]
    assert texts == ["second 0", "second 1", "second 2", "third"] and heads[-1] == "second"


def test_what_has_nothing_to_show_takes_no_room(bar: FoldingBar) -> None:
    _settle(bar, 900)
    section = bar._sections[1]
    button = section.places[1][0]
    bar.set_present(section, button, False)
    _settle(bar, 900)
    assert not button.isVisible()
    bar.set_present(section, button, True)
    _settle(bar, 900)
    assert button.isVisible()
