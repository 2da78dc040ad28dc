"""A part of the selected sample is hidden, or what the mouse brushes, and filled in again."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from explorer.analysis.applications.holes import holes, in_order, known
from explorer.app.background.jobs import Jobs
from explorer.app.state import State
from explorer.compute.applications.restoring import Restore
from explorer.data.dataset import Dataset, Preparation
from explorer.ui.applications.inpaint import BRUSH, Inpaint
from tests.ui.conftest import Asked, Toy, choose

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(shown: Callable[..., Any], state: State, asked: Asked, toy: Toy) -> Inpaint:
    """The current one, of the fourth sample, once its data is there."""
    made: Inpaint = shown(Inpaint(state, asked), 600, 300)  # type: ignore[arg-type]
    toy.show(state)
    state.update(selection=np.array([4]))
    return made


@pytest.fixture
def filled(page: Inpaint, restored: list[Restore], jobs: Jobs, qtbot: Any) -> list[Restore]:
    """What is asked for, after the first."""
    page.set_current(True)
    qtbot.waitUntil(lambda: bool(page.original._caption) and not jobs.busy)
    return restored


@pytest.fixture
def brush(page: Inpaint, filled: list[Restore]) -> Iterator[Callable[..., None]]:
    """Brushes over the original, from place to place: shares of its width and height."""
    choose(page.controls, "holeBox", BRUSH)

    def over(*places: tuple[float, float]) -> None:
        room, view = page.original.picture_rect(), page.original
        pixels = [QPoint(int(room.left() + a * room.width()), int(room.top() + b * room.height()))
                  for a, b in places]  # fmt: skip
        QTest.mousePress(view, LEFT, pos=pixels[0])
        for pixel in pixels[1:]:
            QTest.mouseMove(view, pixel)
        QTest.mouseRelease(view, LEFT, pos=pixels[-1])

    return over


def hole(page: Inpaint) -> QComboBox:
    found: QComboBox = page.controls.findChild(QComboBox, "holeBox")
    return found


def hidden(mask: Any) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in np.argwhere(~mask)]


@pytest.mark.parametrize("name", in_order())
def test_the_part_that_is_chosen_is_hidden(
    page: Inpaint, filled: list[Restore], qtbot: Any, name: str
) -> None:
    choose(page.controls, "holeBox", name)
    qtbot.waitUntil(lambda: np.array_equal(filled[-1].known, known(name, 8, 8)))
    assert not page.original.brush_on


def test_errors_are_of_the_hole_alone(page: Inpaint, filled: list[Restore]) -> None:
    assert [view._caption for view in page.views.values()] == [
        ("Original", ""), ("Hidden", ""), ("Model", "MSE 0.2500 in the hole"),
        ("PCA, k = 2", "MSE 0.5000 in the hole"),
    ]  # fmt: skip
    assert page.said.text() == ""


def test_what_is_brushed_is_hidden_and_asked_for(
    page: Inpaint, brush: Callable[..., None], filled: list[Restore], state: State, qtbot: Any
) -> None:
    qtbot.waitUntil(lambda: bool(filled[-1].known.all()))
    brush((0.51, 0.51))
    square = [(row, column) for row in (3, 4, 5) for column in (3, 4, 5)]
    assert hidden(page.original.known) == hidden(state.now.brushed) == square
    qtbot.waitUntil(lambda: hidden(filled[-1].known) == square)


def test_a_stroke_is_one_step_of_undo(
    page: Inpaint, brush: Callable[..., None], state: State
) -> None:
    brush((0.1, 0.1), (0.3, 0.1), (0.5, 0.1))
    first = hidden(state.now.brushed)
    brush((0.9, 0.9))
    assert len(hidden(state.now.brushed)) > len(first) > 4
    assert state.undo() and hidden(page.original.known) == first
    assert state.undo() and page.original.known.all()


def test_the_brush_begins_with_nothing_hidden_and_can_be_had_back(
    page: Inpaint, brush: Callable[..., None], state: State
) -> None:
    brush((0.5, 0.5))
    before = hidden(state.now.brushed)
    choose(page.controls, "holeBox", BRUSH)
    assert state.now.brushed is None and page.original.known.all()
    assert state.undo() and hidden(page.original.known) == before


def test_another_part_leaves_what_was_brushed_alone(
    page: Inpaint, brush: Callable[..., None], state: State
) -> None:
    brush((0.5, 0.5))
    before = state.now.brushed
    choose(page.controls, "holeBox", "half")
    assert state.now.brushed is before and not page.original.brush_on
    assert np.array_equal(page.original.known, known("half", 8, 8))


def test_where_nothing_is_hidden_it_says_what_to_do(
    page: Inpaint, state: State, jobs: Jobs, qtbot: Any
) -> None:
    """The real question answers: the original, and nothing else."""
    page.set_current(True)
    choose(page.controls, "holeBox", BRUSH)
    qtbot.waitUntil(lambda: page.original.image() is not None)
    assert page.said.text() == "Nothing is hidden yet: brush over the original"
    assert page.original._caption == ("Original", "")
    others = [page.views[name] for name in ("damaged", "restored", "linear")]
    assert all(view.image() is None and view._caption == () for view in others)


def test_a_part_that_is_nothing_of_a_small_sample_says_so(
    page: Inpaint, state: State, toy: Toy, qtbot: Any
) -> None:
    page.set_current(True)
    state.update(dataset=_rows(toy, 2, "table"))
    choose(page.controls, "holeBox", "centre")
    state.update(selection=np.array([5]))
    qtbot.waitUntil(lambda: bool(page.said.text()))
    assert page.said.text().startswith("This part of so small a sample is nothing")


def _rows(toy: Toy, width: int, kind: str) -> Dataset:
    made = Preparation(1, width, kind=kind)
    x = np.zeros((len(toy.data), 1, width, 1), np.float32)
    return dataclasses.replace(toy.data, x=x, preparation=made)


@pytest.mark.parametrize("kind", ["signals", "table"])
def test_rows_have_no_brush_and_parts_with_other_words(
    page: Inpaint, state: State, toy: Toy, kind: str
) -> None:
    box = hole(page)
    assert [box.itemText(i) for i in range(box.count())] == [
        *(holes[name].title for name in in_order()),
        "What I brush",
    ]
    choose(page.controls, "holeBox", BRUSH)
    assert page.original.brush_on
    state.update(dataset=_rows(toy, 16, kind))
    assert [box.itemText(i) for i in range(box.count())] == [
        holes[name].along for name in in_order()
    ]
    assert box.currentIndex() == 0 and not page.original.brush_on
    assert np.array_equal(page.original.known, known("quarter", 1, 16))


def test_the_same_part_is_hidden_of_other_data(page: Inpaint, state: State, toy: Toy) -> None:
    choose(page.controls, "holeBox", "half")
    state.update(dataset=_rows(toy, 16, "signals"))
    assert hole(page).currentData() == "half"
    assert np.array_equal(page.original.known, known("half", 1, 16))
    state.update(dataset=None)
    assert page.original.known is None and not page.original.brush_on
