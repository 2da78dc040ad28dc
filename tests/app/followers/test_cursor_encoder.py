"""app.followers.cursor_encoder: z is where the encoder puts what lies at the cursor moved last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.app.background.jobs import Jobs
from explorer.app.planes import Plane, PlaneOfRows, plane, planes, rows_of
from explorer.app.session import Session
from explorer.app.snapshot import Snapshot
from explorer.app.state import State
from explorer.compute.decoding.placing import EncodeCursor, EncodeRows
from explorer.models import autoencoder
from explorer.models.config import ModelConfig, ModelSnapshot
from tests.fakes import toy_dataset

NAME = "brightness"


@pytest.fixture(autouse=True)
def brightness() -> Iterator[None]:
    """A plane of the means of the upper and the lower half, which can be moved."""

    @plane(NAME)
    class Brightness(PlaneOfRows):
        title = "Brightness"

        def lay(self, now: Any, rows: Any) -> Any:
            half = rows.shape[1] // 2
            return np.column_stack([rows[:, :half].mean(1), rows[:, half:].mean(1)])

        def unproject_rows(self, now: Snapshot, points: Any) -> Any:
            half = rows_of(now).shape[1] // 2
            return np.repeat(points, half, axis=1)

    yield
    del planes._members[NAME]


@pytest.fixture
def shown(state: State, session: Session, jobs: Jobs, qtbot: Any) -> State:
    data = toy_dataset()
    config = ModelConfig(hidden=8)
    weights = autoencoder.weights_of(autoencoder.build(config, data.preparation, seed=0))
    model = ModelSnapshot("m", config, data.preparation, weights)
    state.update(dataset=data, model=model, z=np.zeros(2, np.float32))
    qtbot.waitUntil(lambda: not jobs.busy)
    return state


def z_of(state: State, point: tuple[float, float]) -> np.ndarray:
    rows = planes[NAME].unproject_rows(state.now, np.array([point], np.float32))
    assert rows is not None and state.now.model is not None
    found: np.ndarray = EncodeRows(state.now.model, rows).answer()[0]
    return found


def test_z_goes_where_the_cursor_is_put(
    shown: State, session: Session, jobs: Jobs, qtbot: Any
) -> None:
    for point in ((0.25, 0.75), (0.5, 0.125)):
        session.move_in(NAME, point)
        qtbot.waitUntil(lambda: not jobs.busy)
        np.testing.assert_allclose(shown.now.z, z_of(shown, point), atol=1e-5)
        assert shown.now.decoded.z is shown.now.z
        assert planes[NAME].cursor(shown.now) == point


def test_another_model_puts_it_elsewhere(
    shown: State, session: Session, jobs: Jobs, qtbot: Any
) -> None:
    session.move_in(NAME, (0.25, 0.75))
    qtbot.waitUntil(lambda: not jobs.busy)
    model = shown.now.model
    config = model.config
    weights = autoencoder.weights_of(autoencoder.build(config, model.preparation, seed=1))
    shown.update(model=replace(model, weights=weights))
    qtbot.waitUntil(lambda: not jobs.busy)
    np.testing.assert_allclose(shown.now.z, z_of(shown, (0.25, 0.75)), atol=1e-5)


def test_a_late_answer_does_not_take_z_from_who_moved_it_since(
    shown: State, session: Session, jobs: Jobs, qtbot: Any
) -> None:
    session.move_in(NAME, (0.25, 0.75))
    session.move(np.ones(2, np.float32))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert shown.now.z.tolist() == [1, 1] and shown.now.plane(NAME).cursor is None


def test_a_late_answer_of_a_plane_that_leads_no_more_is_not_shown(
    shown: State, session: Session, jobs: Jobs, qtbot: Any
) -> None:
    session.move_in(NAME, (0.25, 0.75))
    z = shown.now.z
    shown.update(moved="sample")  # its cursor stays
    qtbot.waitUntil(lambda: not jobs.busy)
    assert shown.now.z is z and shown.now.plane(NAME).cursor == (0.25, 0.75)


def test_what_leads_decides_what_is_asked(
    shown: State, session: Session, jobs: Jobs, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cursor asks again once something else has led; PCA's own question brings its z."""
    asked: list[object] = []
    monkeypatch.setattr(session.answers, "ask", lambda one, *_, **__: asked.append(one))

    def counted(**fields: Any) -> int:
        asked.clear()
        shown.update(**fields)
        return sum(isinstance(one, EncodeCursor) for one in asked)

    model, there = shown.now.model, shown.now.planes_with(NAME, cursor=(0.25, 0.75))
    assert counted(planes=there, moved=NAME) == 1
    assert counted(moved="sample") == 0
    assert counted(moved=NAME) == 1
    assert counted(planes=shown.now.planes_with("pca", cursor=(1.0, 1.0)), moved="pca") == 0
    assert counted(planes=there, moved=NAME) == 1
    assert counted(model=None, codes=None) == 0
    assert counted(model=model) == 1


def test_what_does_not_move_the_cursor_asks_nothing(
    shown: State, session: Session, jobs: Jobs, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.move_in(NAME, (0.25, 0.75))
    qtbot.waitUntil(lambda: not jobs.busy)
    asked: list[object] = []
    monkeypatch.setattr(session.answers, "ask", lambda one, *_, **__: asked.append(one))
    shown.update_plane(NAME, view=((0.0, 1.0), (0.0, 1.0)))
    shown.update_plane("pca", axes=(1, 2))
    assert not [one for one in asked if isinstance(one, EncodeCursor)]


def test_a_plane_can_be_moved_once_its_points_are_rows() -> None:
    data = toy_dataset()
    assert planes[NAME].immovable(Snapshot(dataset=data)) == ""
    assert planes[NAME].immovable(Snapshot()) == "Open data first"

    class Follows(PlaneOfRows):
        pass

    assert "only follows" in Follows().immovable(Snapshot(dataset=data))
    assert "only follows" in Plane().immovable(Snapshot(dataset=data))


def test_z_follows_the_cursor_of_a_further_view(
    shown: State, session: Session, jobs: Jobs, qtbot: Any
) -> None:
    shown.update(**shown.now.views_with(NAME))
    view = f"{NAME}:2"
    session.move_in(view, (0.5, 0.125))
    qtbot.waitUntil(lambda: not jobs.busy)
    np.testing.assert_allclose(shown.now.z, z_of(shown, (0.5, 0.125)), atol=1e-5)
    assert shown.now.moved == view and planes[NAME].cursor(shown.now) == (0.5, 0.125)
    shown.update(views=())
    qtbot.waitUntil(lambda: not jobs.busy)
    assert shown.now.moved == "latent"
