"""explorer.ui.plane.surface and view: every layer and tool works on every kind of plane."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

import explorer.ui.panels.planes  # noqa: F401 - makes docks of all kinds there are: before `sums`
from explorer.analysis.latent.paths import LatentPath
from explorer.app.background.jobs import Jobs
from explorer.app.planes import PlaneOfRows, plane, planes, rows_of
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.analyses.encode import FindCodes
from explorer.compute.decoding.latent import Decode
from explorer.compute.decoding.linear import DecodeLinearly
from explorer.compute.decoding.placing import EncodeRows, Project
from explorer.compute.encoding.principal import FitPca
from explorer.data.dataset import Dataset, Preparation
from explorer.models import autoencoder
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.ui.plane.layers import in_order as all_layers
from explorer.ui.plane.layers import layers
from explorer.ui.plane.tools import in_order as all_tools
from explorer.ui.plane.view import PlaneView
from explorer.ui.synthetic_input import rest
from explorer.ui.widgets.legend.hover_card import HoverCard
from explorer.ui.widgets.overlays.popup import heads
from tests.fakes import toy_dataset

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
KINDS = ("latent", "pca", "sums")  # the last is of this test alone
MOVABLE = ("latent", "pca", "halves")  # likewise
Show = Callable[..., PlaneView]


@pytest.fixture(autouse=True)
def sums() -> Iterator[None]:
    """A third kind of plane: two lines say all. And a fourth, which can be moved."""

    @plane("sums")
    class Sums(PlaneOfRows):
        title = "Sums of the two halves"

        def lay(self, now: Any, rows: Any) -> Any:
            half = rows.shape[1] // 2
            return np.column_stack([rows[:, :half].sum(1), rows[:, half:].sum(1)])

    @plane("halves")
    class Halves(Sums):
        title = "Brightness of the two halves"

        def lay(self, now: Any, rows: Any) -> Any:
            return super().lay(now, rows) / (rows.shape[1] // 2)

        def unproject_rows(self, now: Any, points: Any) -> Any:
            return np.repeat(points, rows_of(now).shape[1] // 2, axis=1)

    yield
    del planes._members["sums"], planes._members["halves"]


@pytest.fixture
def show(qtbot: Any, state: State, session: Session, jobs: Jobs) -> Show:
    """A view of a kind of plane over toy data, and a model of ``d`` dimensions."""

    def made(kind: str, d: int = 2, data: Dataset | None = None) -> PlaneView:
        view = PlaneView(kind, state, session)
        qtbot.addWidget(view)
        view.resize(500, 500)
        with qtbot.waitExposed(view):
            view.show()
        if data is None:
            data = toy_dataset()
        fill(state, data, d)
        qtbot.waitUntil(lambda: kind in state.now.seen)
        settle(qtbot, jobs)
        view.grab()  # the numbers along the axes take their room as they are painted
        return view

    return made


def fill(state: State, data: Dataset, d: int = 2) -> None:
    config = ModelConfig(hidden=8, latent_dim=d)
    weights = autoencoder.weights_of(autoencoder.build(config, data.preparation, seed=0))
    model = ModelSnapshot("m", config, data.preparation, weights, path="/models/toy")
    pca, scores = FitPca(data).answer()
    state.update(
        dataset=data, model=model, codes=FindCodes(model, data).answer(),
        z=np.full(d, 0.25, np.float32), pca=pca, pca_scores=scores,
    )  # fmt: skip


def settle(qtbot: Any, jobs: Jobs) -> None:
    rest(0)  # what is asked in the next turn of the loop
    qtbot.waitUntil(lambda: not jobs.busy)


def press(view: PlaneView, *points: Any) -> None:
    """Press at the first point, drag through the others."""
    viewport = view.viewport()
    QTest.mousePress(viewport, LEFT, NONE, view.pixel_at(points[0]))
    for point in points[1:]:
        QTest.mouseMove(viewport, view.pixel_at(point))
    QTest.mouseRelease(viewport, LEFT, NONE, view.pixel_at(points[-1]))


def inside(view: PlaneView, a: float, b: float) -> tuple[float, float]:
    """A point of the plane at shares of what is seen."""
    x, y = view.getViewBox().viewRange()
    return x[0] + a * (x[1] - x[0]), y[0] + b * (y[1] - y[0])


def look_at(view: PlaneView, z: Any) -> None:
    """See latent vectors (m, d), one standard deviation about each, and the first samples."""
    now, kind = view.state.now, view.kind
    rows = np.stack([Decode(now.model, one).answer().row for one in z])
    xy = kind.project_rows(now, rows) if kind.of_pictures else kind.project_z(now, z)
    room = 0.5 * np.ptp(xy) if kind.of_pictures else 1.5
    xy = np.concatenate([xy, view.of_samples(np.arange(4))])
    low, high = xy.min(0) - room, xy.max(0) + room
    view.state.update_plane(kind.name, view=(low[0], high[0], low[1], high[1]))


def emptiest(view: PlaneView) -> tuple[float, float]:
    """The corner of a view that is farthest from any sample."""
    corners = [inside(view, x, y) for x in (0.01, 0.99) for y in (0.01, 0.99)]
    return max(corners, key=lambda at: np.linalg.norm(view.positions.xy - at, axis=1).min())


# -- what every kind has ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_says_what_it_is(show: Show, state: State, kind: str) -> None:
    made = planes[kind]
    assert made.name == kind and made.title and len(made.axis_names(state.now)) == 2
    view = show(kind)
    assert view.accessibleName() == made.title
    there = made.positions(state.now)
    assert there is not None and there.xy.shape == (len(there.index), 2)
    assert there.xy.dtype == np.float32 and len(there.index) == len(state.now.dataset)
    index, values, names = made.table(state.now)
    assert len(index) == len(values) and values.shape[1] == len(names)
    assert not made.absence(state.now)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("empty", ["nothing", "data alone", "one column", "one dimension"])
def test_a_view_stands_whatever_is_missing(
    show: Show, state: State, qtbot: Any, jobs: Jobs, kind: str, empty: str
) -> None:
    column = Dataset(
        "column", np.random.default_rng(0).normal(size=(9, 1, 1, 1)).astype(np.float32),
        Preparation(1, 1, kind="table"), np.zeros(9, np.bool_),
    )  # fmt: skip
    narrow = empty == "one column" and kind != "sums"  # that has no halves
    view = show(kind, 1 if empty == "one dimension" else 2, column if narrow else None)
    if empty == "nothing":
        state.renew()
    elif empty == "data alone":
        state.renew(dataset=toy_dataset())
    settle(qtbot, jobs)
    for tool in all_tools():
        state.update(tool=tool)
        press(view, inside(view, 0.2, 0.2), inside(view, 0.7, 0.3), inside(view, 0.5, 0.8))
        QTest.keyClick(view, Qt.Key.Key_Right)
        settle(qtbot, jobs)
    menu = view.menu.open(view.mapToGlobal(view.rect().center()))
    assert heads(menu) is not None
    menu.close()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_chosen_in_one_view_is_seen_in_another(show: Show, state: State, kind: str) -> None:
    first, second = show(kind), show(kind)
    assert state.now.seen.count(kind) == 2
    first.zoom(3.0, QPointF(first.pixel_at(inside(first, 0.4, 0.6))))
    assert state.now.plane(kind).view is not None
    ranges = [np.array(view.getViewBox().viewRange()) for view in (first, second)]
    np.testing.assert_allclose(*ranges, atol=0.02 * np.ptp(ranges[0]))  # axes take other room
    assert state.undo() and state.now.plane(kind).view is None
    second.hide()
    assert state.redo()


# -- tools ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_lasso_selects_the_samples_that_lie_within(show: Show, state: State, kind: str) -> None:
    view = show(kind)
    state.update(tool="lasso")
    middle = inside(view, 0.5, 0.5)
    above, below = inside(view, 0.02, 0.98), inside(view, 0.02, 0.02)
    press(view, below, above, (middle[0], above[1]), (middle[0], below[1]))
    there = view.positions
    assert there is not None
    low, high = view.getViewBox().viewRange()[1]
    within = (there.xy[:, 0] < middle[0]) & (there.xy[:, 1] > low) & (there.xy[:, 1] < high)
    wanted = set(there.index[within].tolist())
    found = set(state.now.selection.tolist())
    assert len(wanted ^ found) <= 2 and found  # those on the line may be either
    assert state.undo() and not len(state.now.selection)


@pytest.mark.parametrize("kind", MOVABLE)
def test_the_probe_moves_the_cursor_and_z_follows(
    show: Show, state: State, qtbot: Any, jobs: Jobs, kind: str
) -> None:
    view, before = show(kind), state.now.z
    at = inside(view, 0.9, 0.1)
    press(view, inside(view, 0.5, 0.5), at)
    settle(qtbot, jobs)
    assert state.now.moved == kind and (state.now.z != before).any()
    np.testing.assert_allclose(view.cursor_at, at, atol=0.05 * (abs(at[0]) + abs(at[1])))
    moved = view.cursor_at
    QTest.keyClick(view, Qt.Key.Key_Right)
    settle(qtbot, jobs)
    assert view.cursor_at[0] > moved[0] and view.cursor_at[1] == pytest.approx(moved[1])


def test_a_cursor_that_only_follows_stays_and_says_why(
    show: Show, state: State, qtbot: Any, jobs: Jobs
) -> None:
    view, held = show("sums"), state.now.z
    at = view.cursor_at
    row = Decode(state.now.model, held).answer().row
    np.testing.assert_allclose(at, (row[:32].sum(), row[32:].sum()), rtol=1e-4)
    press(view, inside(view, 0.05, 0.95))
    assert state.now.z is held and view.cursor_at == at
    assert state.now.message.text == planes["sums"].immovable(state.now)
    state.update(z=held + 1)
    settle(qtbot, jobs)
    assert view.cursor_at != at


@pytest.mark.parametrize("kind", MOVABLE)
def test_a_path_is_laid_where_one_clicks(
    show: Show, state: State, qtbot: Any, jobs: Jobs, kind: str
) -> None:
    view = show(kind)
    state.update(tool="path")
    points = [inside(view, 0.45, 0.5), inside(view, 0.55, 0.6)]
    clicked = []
    for point in points:
        clicked.append(view.point_at(view.pixel_at(point)))
        press(view, point)
        settle(qtbot, jobs)
    path = state.now.path
    assert path is not None and len(path.points) == 2
    if kind == "pca":
        now = state.now
        wanted = [
            DecodeLinearly(now.dataset, now.pca, (0, 1), np.array(at, np.float32), now.model)
            .answer().z for at in clicked
        ]  # fmt: skip
    elif kind == "halves":
        rows = planes[kind].unproject_rows(state.now, np.array(clicked, np.float32))
        wanted = list(EncodeRows(state.now.model, rows).answer())
    else:
        wanted = [np.array(at) for at in clicked]
    np.testing.assert_allclose(path.points, wanted, atol=1e-4)
    QTest.keyClick(view, Qt.Key.Key_Backspace)
    assert len(state.now.path.points) == 1


# -- layers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", all_layers())
def test_a_layer_draws_in_a_plane_or_says_why_not(
    show: Show, state: State, qtbot: Any, jobs: Jobs, kind: str, name: str
) -> None:
    stranger = layers[name].stranger(planes[kind])
    view = show(kind)
    assert (name in view.layers) != bool(stranger)
    if stranger:
        assert not stranger.endswith(".") and stranger[0].islower()
        return
    z = np.array([[-0.5, 0.5], [0.5, -0.5]], np.float32)
    usual = {other: layers[other].usual for other in layers}
    if name != "atlas":  # its pictures come when they are decoded
        usual["atlas"] = replace(usual["atlas"], visible=False)
    state.update(selection=np.array([1, 2]), path=LatentPath(z), mark_a=z[0], hover=5, layers=usual)
    settle(qtbot, jobs)
    look_at(view, z)
    with_it = view.grab().toImage()
    turned = replace(usual[name], visible=not usual[name].visible)
    state.update(layers={**usual, name: turned})
    settle(qtbot, jobs)
    changed = view.grab().toImage() != with_it
    assert changed != bool(layers[name].absence(state.now))  # as ridges, of one dimension only


@pytest.mark.parametrize("kind", ["pca", "sums"])
def test_a_path_and_its_ends_lie_where_their_pictures_lie(
    show: Show, state: State, qtbot: Any, jobs: Jobs, kind: str
) -> None:
    view = show(kind)
    ends = np.array([[-1, 0.5], [1, -0.5]], np.float32)
    state.update(path=LatentPath(ends), mark_a=ends[0], mark_b=ends[1])
    settle(qtbot, jobs)
    rows = np.stack([Decode(state.now.model, z).answer().row for z in ends])
    wanted = planes[kind].project_rows(state.now, rows)
    np.testing.assert_allclose(view.layers["path"].route[[0, -1]], wanted, atol=1e-4)
    flags = [(flag.pos().x(), flag.pos().y()) for flag in view.layers["flags"].flags]
    np.testing.assert_allclose(flags, wanted, atol=1e-4)
    state.update(path_at=1.0)
    np.testing.assert_allclose(view.dot_at, wanted[1], atol=1e-4)
    state.update(path=None, mark_a=None, mark_b=None)
    assert not view.layers["flags"].flags and view.dot_at is None
    assert view.layers["path"].line.path().isEmpty()


def test_the_places_of_z_in_a_plane_that_is_not_seen_are_asked_for_once_it_is(
    show: Show, state: State, qtbot: Any, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    real = Project.answer
    monkeypatch.setattr(Project, "answer", lambda q, task: asked.append(len(q.z)) or real(q, task))
    view = show("pca")
    view.hide()
    qtbot.waitUntil(lambda: not state.now.seen)
    state.update(mark_a=np.ones(2, np.float32))
    settle(qtbot, jobs)
    assert not view.layers["flags"].flags and not asked
    view.show()
    qtbot.waitUntil(lambda: bool(view.layers["flags"].flags))
    assert asked == [1]


def test_of_two_places_that_one_asks_for_only_the_last_is_told(
    show: Show, qtbot: Any, jobs: Jobs
) -> None:
    view, told = show("pca"), []
    view.place("test", np.ones((1, 2), np.float32), partial(told.append))
    qtbot.waitUntil(lambda: jobs.busy or bool(told))
    told.clear()
    view.place("test", np.zeros((2, 2), np.float32), partial(told.append))
    settle(qtbot, jobs)
    assert [len(xy) for xy in told] == [2]


@pytest.mark.parametrize("change", ["another model", "other axes", "another end"])
def test_a_place_of_what_is_no_longer_asked_is_not_shown(
    show: Show, state: State, qtbot: Any, jobs: Jobs, change: str
) -> None:
    view = show("pca")
    told: list[Any] = []
    view.place("test", np.ones((1, 2), np.float32), told.append)
    if change == "another end":
        view.place("test", np.zeros((1, 2), np.float32), told.append)
    settle_after = len(told)
    if change == "another model":
        state.update(model=None)
    elif change == "other axes":
        qtbot.waitUntil(lambda: jobs.busy or bool(told))
        told.clear()
        state.update_plane("pca", axes=(1, 0))
    settle(qtbot, jobs)
    assert settle_after == 0 and len(told) <= (change == "another end")


# -- the menu ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", MOVABLE)
def test_the_place_of_a_menu_is_marked_in_any_plane(
    show: Show, state: State, qtbot: Any, jobs: Jobs, kind: str
) -> None:
    view = show(kind)
    pixel = view.pixel_at(inside(view, 0.45, 0.6))
    there = view.point_at(pixel)
    menu = view.menu.open(view.viewport().mapToGlobal(pixel))
    next(a for a in menu.actions() if a.text() == "Set as A").trigger()
    qtbot.waitUntil(lambda: bool(view.layers["flags"].flags))
    (flag,) = view.layers["flags"].flags
    z = state.now.mark_a
    if kind == "latent":
        np.testing.assert_allclose(z, there, atol=1e-5)
        np.testing.assert_allclose((flag.pos().x(), flag.pos().y()), there, atol=1e-5)
    else:
        row = planes["pca"].unproject_rows(state.now, np.array([there], np.float32))
        assert row is not None and z.shape == (2,)


# -- the pointer ------------------------------------------------------------------------------


@pytest.mark.parametrize(("side", "left"), [(500, 350), (200, 350), (200, 0), (200, 700)])
@pytest.mark.parametrize("kind", KINDS)
def test_a_pointer_that_rests_on_a_point_gets_its_ring_and_card(
    show: Show, state: State, qtbot: Any, jobs: Jobs, kind: str, side: int, left: int
) -> None:
    """In a plane too small for the card it stands outside, where there is room."""
    view = show(kind)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    view.setParent(window)
    view.setGeometry(left, 50, side, side)
    with qtbot.waitExposed(window):
        window.show()
        view.show()
    there = view.positions
    assert there is not None
    row = int(np.argmax(there.xy[:, 0]))
    QTest.mouseMove(view.viewport(), view.pixel_at(tuple(there.xy[row].tolist())))
    card = window.findChild(HoverCard)
    qtbot.waitUntil(card.isVisible)
    assert state.now.hover == there.index[row]
    assert f"sample {there.index[row]}" in card.accessibleName()
    assert view.geometry().intersects(card.geometry()) == (side == 500)
    assert window.rect().contains(card.geometry())
    QTest.mouseMove(view.viewport(), view.pixel_at(emptiest(view)))
    qtbot.waitUntil(card.isHidden)
    assert state.now.hover is None
    card.setParent(view)
    view.setParent(None)  # it goes by itself
