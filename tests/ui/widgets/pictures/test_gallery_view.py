"""Thumbnails: what is told by mouse and keys, which are ringed, and how they fill the width."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.data.dataset import Dataset, Preparation
from explorer.ui.themes import theme
from explorer.ui.widgets.pictures.gallery_view import FREE, GAP, SIDE, GalleryView
from tests.ui import painted

LEFT = Qt.MouseButton.LeftButton


def data_of(count: int, height: int = 8, width: int = 8) -> Dataset:
    """Of each sample its own grey."""
    greys = (np.arange(count) * 7 % 256).astype(np.uint8)
    x = np.broadcast_to(greys[:, None, None, None], (count, height, width, 1))
    labels = np.arange(count, dtype=np.int64) % 2
    return Dataset("greys", x, Preparation(height, width), np.zeros(count, np.bool_), labels,
                   ("even", "odd"))  # fmt: skip


@pytest.fixture
def view(qtbot: Any) -> GalleryView:
    made = GalleryView()
    qtbot.addWidget(made)
    made.resize(260, 180)
    made.show()
    made.samples.show(data_of(30))
    QApplication.processEvents()
    return made


@pytest.fixture
def heard(view: GalleryView) -> list[tuple[str, Any]]:
    said: list[tuple[str, Any]] = []
    for name in ("picked", "chosen", "hovered"):
        getattr(view, name).connect(lambda value, name=name: said.append((name, value)))
    return said


def cell(view: GalleryView, sample: int) -> QPoint:
    row = view.samples.row_of(sample)
    assert row is not None
    return view.visualRect(view.samples.index(row, 0)).center()


def test_a_click_picks_and_a_double_click_chooses(view: GalleryView, heard: list[Any]) -> None:
    QTest.mouseClick(view.viewport(), LEFT, pos=cell(view, 3))
    assert set(heard) - {("hovered", 3)} == {("picked", 3)}
    heard.clear()
    QTest.mouseDClick(view.viewport(), LEFT, pos=cell(view, 3))
    assert ("chosen", 3) in heard


def test_the_numbers_are_those_of_samples_where_a_filter_is_on(
    view: GalleryView, heard: list[Any]
) -> None:
    view.samples.show(data_of(30), label=1)
    QApplication.processEvents()
    QTest.mouseClick(view.viewport(), LEFT, pos=cell(view, 5))
    assert ("picked", 5) in heard and ("picked", 2) not in heard
    view.show_marked(np.array([4]))  # left out by the filter: nothing to scroll to
    assert view.is_marked(4)


def test_arrow_keys_pick_and_enter_chooses(view: GalleryView, heard: list[Any]) -> None:
    view.bring(2)
    heard.clear()
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Enter)
    assert heard == [("picked", 3), ("chosen", 3), ("picked", 2), ("chosen", 2)]


def test_enter_without_a_sample_chooses_none(view: GalleryView, heard: list[Any]) -> None:
    view.samples.show(None)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert heard == []


def test_the_keyboard_that_arrives_picks_none(view: GalleryView, heard: list[Any]) -> None:
    view.activateWindow()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert [name for name, _ in heard] == []


def test_a_pointer_tells_what_it_is_over_and_that_it_left(
    view: GalleryView, heard: list[Any]
) -> None:
    QTest.mouseRelease(view.viewport(), LEFT, pos=QPoint(0, 0))  # that no button is down
    heard.clear()
    QTest.mouseMove(view.viewport(), cell(view, 1))
    QTest.mouseMove(view.viewport(), cell(view, 2))
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert heard == [("hovered", 1), ("hovered", 2), ("hovered", None)]


def test_selected_samples_that_are_shown_are_not_picked_again(
    view: GalleryView, heard: list[Any]
) -> None:
    view.show_marked(np.array([25, 2]))
    assert "picked" not in dict(heard) and [s for s in range(30) if view.is_marked(s)] == [2, 25]
    assert view.currentIndex().row() == 25  # the first selected is brought into sight
    assert view.viewport().rect().contains(cell(view, 25))
    view.show_marked(np.zeros(0, np.int64))
    assert not view.is_marked(2)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_selected_are_ringed_in_the_accent_and_hovered_in_grey(
    light: None, view: GalleryView, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    view.show_marked(np.array([1]))
    view.show_ringed(6)
    QApplication.processEvents()
    tokens, seen = theme.tokens_of(view), painted.pixels(view.viewport())
    for colour, sample in ((tokens.accent, 1), (tokens.quiet, 6)):
        left, top, right, bottom = painted.box_of(painted.of_colour(seen, colour, near=2))
        at = cell(view, sample)
        assert left < at.x() < right and top < at.y() < bottom, sample
        assert right - left == pytest.approx(48 + 3, abs=3)
    assert tuple(seen[cell(view, 2).y(), cell(view, 2).x()]) == (14, 14, 14)
    view.show_ringed(None)
    assert not painted.of_colour(painted.pixels(view.viewport()), tokens.quiet, near=2).any()


def test_a_ring_that_comes_and_goes_paints_its_cell_only(view: GalleryView) -> None:
    changed: list[Any] = []

    class Listening(type(view)):  # type: ignore[misc]
        def paintEvent(self, event: Any) -> None:
            changed.append(event.rect())
            super().paintEvent(event)

    view.__class__ = Listening
    view.show_ringed(3)
    QApplication.processEvents()
    width, height = view.gridSize().toTuple()
    assert changed and all(r.width() <= width + 8 and r.height() <= height + 8 for r in changed)
    assert any(r.contains(cell(view, 3)) for r in changed)


@pytest.mark.parametrize(
    ("height", "width", "size"), [(8, 8, (48, 48)), (28, 28, (56, 56)), (16, 16, (48, 48)),
                                  (64, 64, (64, 64)), (40, 52, (52, 40)), (100, 200, (52, 26))],
)  # fmt: skip
def test_pictures_are_about_as_large_as_a_thumbnail(
    view: GalleryView, height: int, width: int, size: tuple[int, int]
) -> None:
    view.samples.show(data_of(10, height, width))
    if not view.shrinks():
        assert view.thumbnail_size() == size
    shown = view.thumbnail_size()
    assert shown[0] / shown[1] == pytest.approx(width / height, rel=0.05)
    assert max(shown) <= 2 * SIDE


@pytest.mark.parametrize("room", [140, 260, 317, 640])
@pytest.mark.parametrize(("height", "width"), [(8, 8), (64, 96)])
def test_columns_share_the_width_and_drawings_fill_theirs(
    view: GalleryView, room: int, height: int, width: int
) -> None:
    view.samples.show(data_of(40, height, width))
    view.resize(room, 180)
    wide, cell_wide = view.viewport().width() - 1, view.gridSize().width()
    columns = wide // cell_wide
    assert wide - columns * cell_wide < columns  # no more is left over than rounding leaves
    assert cell_wide >= view.thumbnail_size()[0] + 2 * GAP
    if view.shrinks():
        empty = cell_wide - view.thumbnail_size()[0] - 2 * GAP - FREE
        assert empty <= view.thumbnail_size()[0] / 2  # else one more column would have done
    tops = {view.visualRect(view.samples.index(i, 0)).top() for i in range(columns)}
    assert len(tops) == 1


def test_other_samples_begin_at_the_top(view: GalleryView) -> None:
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert view.verticalScrollBar().value() > 0
    view.samples.show(data_of(29))
    QApplication.processEvents()
    assert view.verticalScrollBar().value() == 0
