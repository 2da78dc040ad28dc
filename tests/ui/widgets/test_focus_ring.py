"""A ring around what the keyboard is on: four strips that follow it and go with the focus."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QWidget

from explorer.ui.themes import theme
from explorer.ui.widgets.focus_ring import WIDTH, FocusRing
from tests.ui import painted


@pytest.fixture
def page(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 120)
    row = QHBoxLayout(made)
    for name in ("one", "two"):
        inside = QPushButton(name, made)
        inside.setMinimumHeight(60)
        row.addWidget(inside)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def buttons(page: QWidget) -> list[QPushButton]:
    return page.findChildren(QPushButton)


def strips(widget: QWidget) -> list[QFrame]:
    QApplication.processEvents()
    return [s for s in widget.findChildren(QFrame, "focusRing") if s.isVisible()]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_it_goes_along_all_four_edges_in_the_accent(
    light: None, buttons: list[QPushButton], qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    one, ring = buttons[0], FocusRing(buttons[0])
    one.setFocus()
    ring.show_on(one)
    accent = painted.of_colour(painted.pixels(one), theme.tokens_of(one).accent)
    for edge in (accent[:WIDTH], accent[-WIDTH:], accent[:, :WIDTH], accent[:, -WIDTH:]):
        assert edge.all()
    assert not accent[WIDTH + 2 : -WIDTH - 2, WIDTH + 2 : -WIDTH - 2].any()


def test_it_follows_the_size_of_its_widget(page: QWidget, buttons: list[QPushButton]) -> None:
    one, ring = buttons[0], FocusRing(page)
    ring.show_on(one)
    page.resize(500, 300)
    QApplication.processEvents()
    assert {(s.x(), s.y(), s.width(), s.height()) for s in strips(one)} == {
        (0, 0, one.width(), WIDTH), (0, one.height() - WIDTH, one.width(), WIDTH),
        (0, 0, WIDTH, one.height()), (one.width() - WIDTH, 0, WIDTH, one.height()),
    }  # fmt: skip


def test_it_goes_where_the_keyboard_goes(page: QWidget, buttons: list[QPushButton]) -> None:
    one, two = buttons
    ring = FocusRing(page)
    one.setFocus()
    ring.show_on(one)
    two.setFocus()
    assert strips(one) == []
    ring.show_on(two)
    assert len(strips(two)) == 4
    two.hide()
    assert strips(two) == []
    two.show()
    assert strips(two) == []


def test_shown_on_another_it_leaves_the_first(page: QWidget, buttons: list[QPushButton]) -> None:
    ring = FocusRing(page)
    for one in buttons:
        ring.show_on(one)
    assert strips(buttons[0]) == [] and len(strips(buttons[1])) == 4
    ring.hide()
    ring.hide()
    assert strips(buttons[1]) == []


def test_it_is_in_no_pointers_way(page: QWidget, buttons: list[QPushButton]) -> None:
    FocusRing(page).show_on(buttons[0])
    away = Qt.WidgetAttribute.WA_TransparentForMouseEvents
    assert [strip.testAttribute(away) for strip in strips(buttons[0])] == [True] * 4
