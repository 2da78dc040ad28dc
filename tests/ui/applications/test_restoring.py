"""What all that restore a sample do: follow the selection, and show four pictures or a chart."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from explorer.app.background.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.applications.restoring import Mask, Restore, Restored
from explorer.data.dataset import Preparation
from explorer.ui.applications.restoring import SELECT, WAITS, Restoring, error_text
from explorer.ui.widgets.pictures.picture_view import CAPTION_LINE, PictureView
from tests.ui.conftest import Asked, Toy

ROWS = [(1, 12, 1, "table"), (1, 16, 2, "signals")]


class Worn(Restoring):
    """The least there can be."""

    damaged, view = "Worn", "Wear"

    def __init__(self, state: State, session: Session) -> None:
        super().__init__(state, session)
        self.follow()

    def known(self) -> Mask | None:
        return self.state.now.brushed

    def noise(self) -> float:
        return self.state.now.noise

    def errors(self, seen: Restored) -> tuple[str, str, str]:
        self.said.setText("It is worn")
        return super().errors(seen)


@pytest.fixture
def page(
    shown: Callable[..., Any], state: State, asked: Asked, toy: Toy, restored: list[Restore]
) -> Worn:
    """The current one, of the fourth sample."""
    made: Worn = shown(Worn(state, asked), 600, 300)  # type: ignore[arg-type]
    toy.show(state)
    state.update(selection=np.array([4]))
    made.set_current(True)
    return made


def captions(page: Restoring) -> list[tuple[str, ...]]:
    return [view._caption for view in page.views.values()]


def test_the_selected_sample_is_restored_by_model_and_pca(
    page: Worn, toy: Toy, restored: list[Restore], qtbot: Any
) -> None:
    views = {view.objectName(): view for view in page.findChildren(PictureView)}
    assert list(views) == [f"{n}WearView" for n in ("original", "damaged", "restored", "linear")]
    qtbot.waitUntil(lambda: all(view.image() is not None for view in views.values()))
    assert [int(view.image()[0, 0, 0]) for view in views.values()] == [1, 2, 3, 4]
    assert captions(page) == [
        ("Original", ""), ("Worn", "MSE 0.7500"), ("Model", "MSE 0.2500"),
        ("PCA, k = 2", "MSE 0.5000"),
    ]  # fmt: skip
    assert page.said.text() == "It is worn"
    (one,) = restored
    assert (one.model, one.dataset, one.sample) == (toy.model, toy.data, 4)
    assert (one.pca, one.codes, one.noise, one.known) == (toy.pca, toy.codes, 0.5, None)


def test_below_each_picture_there_is_room_for_two_lines(page: Worn) -> None:
    assert {view.minimumSize().toTuple() for view in page.views.values()} == {
        (64, 64 + 4 + 2 * CAPTION_LINE)
    }


def test_one_that_is_not_shown_asks_nothing(
    page: Worn, state: State, restored: list[Restore], jobs: Jobs, qtbot: Any
) -> None:
    qtbot.waitUntil(lambda: not jobs.busy)
    page.set_current(False)
    state.update(selection=np.array([5]))
    assert not jobs.busy and len(restored) == 1
    page.set_current(True)
    qtbot.waitUntil(lambda: [one.sample for one in restored] == [4, 5])


@pytest.mark.parametrize("field", ["selection", "pca", "model", "codes", "noise", "brushed"])
def test_it_is_restored_anew_when_something_of_it_is_another(
    page: Worn, state: State, toy: Toy, restored: list[Restore], jobs: Jobs, qtbot: Any, field: str
) -> None:
    qtbot.waitUntil(lambda: not jobs.busy)
    others: dict[str, Any] = {
        "selection": np.array([9]), "pca": None, "model": dataclasses.replace(toy.model, id="b"),
        "codes": None, "noise": 0.9, "brushed": np.ones((8, 8), np.bool_),
    }  # fmt: skip
    state.update(**{field: others[field]})
    qtbot.waitUntil(lambda: len(restored) == 2)


@pytest.mark.parametrize(
    ("change", "why"),
    [({"selection": np.zeros(0, np.int64)}, SELECT), ({"training": "running"}, WAITS),
     ({"model": None}, ""), ({"dataset": None}, ""),
     ({"model": None, "selection": np.zeros(0, np.int64)}, "")],
)  # fmt: skip
def test_where_nothing_can_be_restored_it_says_why(
    page: Worn, state: State, asked: Asked, jobs: Jobs, qtbot: Any, change: dict[str, Any], why: str
) -> None:
    qtbot.waitUntil(lambda: bool(page.original._caption) and not jobs.busy)
    state.update(**change)
    if "training" in change:  # what was restored stays, until another sample is selected
        assert page.original.image() is not None
        state.update(selection=np.array([5]))
    assert not jobs.busy
    assert all(view.image() is None for view in page.views.values())
    assert captions(page) == [()] * 4 and page.said.text() == ""
    assert page.original._empty_text == page.chart._empty.text() == why
    assert not any(page.views[name]._empty_text for name in ("damaged", "restored", "linear"))


def test_after_a_training_it_is_restored_at_once(
    page: Worn, state: State, restored: list[Restore], jobs: Jobs, qtbot: Any
) -> None:
    qtbot.waitUntil(lambda: not jobs.busy)
    state.update(training="running", selection=np.array([5]))
    state.update(training="idle")
    qtbot.waitUntil(lambda: [one.sample for one in restored] == [4, 5])


def test_what_is_not_there_has_no_caption(
    page: Worn, state: State, toy: Toy, answered: Callable[..., list[Any]], qtbot: Any
) -> None:
    answered(
        Restore,
        lambda one: Restored(
            one.sample, toy.picture(9), toy.picture(9), None, None, 0.5, float("nan"), None
        ),
    )
    state.update(selection=np.array([5]))
    qtbot.waitUntil(lambda: bool(captions(page)[1]))
    assert captions(page) == [("Original", ""), ("Worn", "MSE 0.5000"), (), ()]


def test_pictures_are_smoothed_where_the_window_smooths(page: Worn, state: State) -> None:
    for smooth in (True, False):
        state.update(smooth=smooth)
        assert {view.smooth for view in page.views.values()} == {smooth}


@pytest.mark.parametrize(("height", "width", "channels", "kind"), ROWS)
def test_rows_of_numbers_stand_in_one_chart(
    page: Worn, state: State, toy: Toy, answered: Callable[..., list[Any]], qtbot: Any,
    height: int, width: int, channels: int, kind: str,
) -> None:  # fmt: skip
    made = Preparation(height, width, channels, kind=kind, levels=1)
    x = np.zeros((60, height, width, channels), np.float32)
    data = dataclasses.replace(toy.data, x=x, preparation=made)
    rows = [np.full(made.features, i, np.float32) for i in range(3)]
    grey = toy.picture(1)

    def answer(one: Restore) -> Restored:
        return Restored(one.sample, grey, grey, grey, grey, 0.5, 0.25, 1.0, k=3,
                        rows=(rows[0], rows[1], None, rows[2]))  # fmt: skip

    answered(Restore, answer)
    state.update(dataset=data, selection=np.array([5]))
    assert page.chart.isVisible() and not any(v.isVisible() for v in page.views.values())
    qtbot.waitUntil(lambda: len(page.chart.series()) == 3)
    series = page.chart.series()
    assert [(one.role, one.name, one.note) for one in series] == [
        ("sample", "Original", ""), ("damaged", "Worn", "MSE 0.5000"),
        ("pca", "PCA 3", "MSE 1.0000"),
    ]  # fmt: skip
    assert all(one.row is row for one, row in zip(series, rows, strict=True))
    state.update(selection=np.zeros(0, np.int64))
    assert page.chart.series() == ()
    toy.show(state)
    state.update(selection=np.array([4]))
    qtbot.waitUntil(lambda: page.original.image() is not None)
    assert not page.chart.isVisible() and page.chart.series() == ()
    assert all(view.isVisible() for view in page.views.values())


@pytest.mark.parametrize(
    ("mse", "where", "text"),
    [(0.12345, "", "MSE 0.1235"), (0.0, " in the hole", "MSE 0.0000 in the hole"),
     (None, " in the hole", ""), (float("nan"), "", "")],
)  # fmt: skip
def test_an_error_is_said_where_there_is_one(mse: float | None, where: str, text: str) -> None:
    assert error_text(mse, where) == text
