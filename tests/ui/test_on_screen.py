"""What can be seen, told without regard to what children cover."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from explorer.ui.on_screen import is_on_screen


@pytest.fixture
def inner(qtbot: Any) -> Iterator[QWidget]:
    """In a box of 100 x 80 at (10, 10) of a window of 200 x 100."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 100)
    box = QWidget(window)
    box.setGeometry(10, 10, 100, 80)
    made = QWidget(box)
    made.setGeometry(5, 5, 20, 20)
    window.show()
    yield made
    window.close()


def test_what_is_shown_is_seen(inner: QWidget) -> None:
    assert is_on_screen(inner) and is_on_screen(inner.window())


def test_opaque_children_hide_nothing(inner: QWidget) -> None:
    child = QWidget(inner)
    child.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    child.setGeometry(inner.rect())
    child.show()
    assert inner.visibleRegion().isEmpty() and is_on_screen(inner)


@pytest.mark.parametrize("at", [(-20, 0), (0, -20), (100, 0), (0, 80)])
def test_out_of_what_it_stands_in_it_is_not(inner: QWidget, at: tuple[int, int]) -> None:
    inner.move(*at)
    assert not is_on_screen(inner)
    x, y = (v + (1 if v < 0 else -1 if v else 0) for v in at)
    inner.move(x, y)
    assert is_on_screen(inner)


def test_out_of_the_window_with_its_box(inner: QWidget) -> None:
    box = inner.parentWidget()
    box.move(195, 0)  # type: ignore[union-attr]
    assert not is_on_screen(inner)


def test_hidden_it_is_not(inner: QWidget) -> None:
    inner.parentWidget().hide()  # type: ignore[union-attr]
    assert not is_on_screen(inner)


def test_a_window_of_its_own_is_seen_wherever_its_owner_is(inner: QWidget, qtbot: Any) -> None:
    dialog = QDialog(inner)
    dialog.move(5000, 5000)
    dialog.show()
    assert is_on_screen(dialog)
