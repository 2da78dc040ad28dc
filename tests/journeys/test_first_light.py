"""The main job through the real window, with real events, on the bundled data and model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QEvent, QPoint, Qt, QThread
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QSlider, QWidget

from explorer.app.planes import planes
from explorer.data.pictures.pixels import picture_of
from explorer.models import autoencoder
from explorer.models.batches import to_numpy, to_tensor
from explorer.ui import synthetic_input, tour
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane
from explorer.ui.window import MainWindow, open_window

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    made = open_window(settings_dir=tmp_path / "settings")
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: bool(_alive(made)))
    _rest(qtbot, made)
    yield made
    made.close()


def _alive(window: MainWindow) -> bool:
    now = window.state.now
    return now.decoded is not None and now.codes is not None and now.pca_decoded is not None


def _rest(qtbot: Any, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.jobs.busy)
    synthetic_input.rest(1)


def _plane(window: MainWindow, name: str = "plane") -> ScatterPlane:
    return synthetic_input.find(window, ScatterPlane, name)


def _image(window: MainWindow, name: str) -> np.ndarray:
    return synthetic_input.find(window, QWidget, name).image()  # type: ignore[attr-defined,no-any-return]


def _decoded(window: MainWindow, z: np.ndarray) -> np.ndarray:
    """The truth: the model in the state, decoded here and now."""
    model = window.state.now.model
    assert model is not None
    with torch.no_grad():
        mean = autoencoder.from_snapshot(model).decode(torch.tensor(z)[None])
    return picture_of(to_numpy(mean)[0], model.preparation.shape)


def test_the_first_start_is_alive(window: MainWindow) -> None:
    now = window.state.now
    assert now.dataset is not None and now.dataset.name == "fashion"
    assert now.codes is not None and len(now.codes.mean) == len(now.dataset) == 7000
    for name in ("decodedView", "pcaDecodedView"):
        assert _image(window, name).shape == (28, 28, 1)


def test_a_drag_moves_z_and_the_picture_is_its_decoding(window: MainWindow, qtbot: Any) -> None:
    plane = _plane(window)
    synthetic_input.drag(plane, [(0.0, 0.0), (0.8, -0.5)])
    _rest(qtbot, window)
    z = window.state.now.z
    np.testing.assert_allclose(z, (0.8, -0.5), atol=0.02)
    np.testing.assert_allclose(
        _image(window, "decodedView").astype(int), _decoded(window, z).astype(int), atol=1
    )


def test_plane_slider_and_keys_move_the_same_z(window: MainWindow, qtbot: Any) -> None:
    synthetic_input.drag(_plane(window), [(0.0, 0.0), (0.5, 0.5)])
    slider = synthetic_input.find(window, QWidget, "latentSlider0")
    handle = slider if isinstance(slider, QSlider) else slider.findChild(QSlider)
    handle.setFocus()
    before = float(window.state.now.z[0])
    QTest.keyClick(handle, Qt.Key.Key_Right)
    moved = float(window.state.now.z[0])
    assert moved > before and window.state.now.z[1] == pytest.approx(0.5, abs=0.02)
    QTest.keyClick(_plane(window), Qt.Key.Key_Left)
    assert window.state.now.z[0] < moved
    _rest(qtbot, window)
    assert window.state.now.decoded.z is window.state.now.z


def test_hover_decodes_in_passing_and_gives_the_held_z_back(window: MainWindow, qtbot: Any) -> None:
    plane = _plane(window)
    synthetic_input.drag(plane, [(0.0, 0.0), (0.3, 0.3)])
    held = window.state.now.z
    QTest.keyClick(window, Qt.Key.Key_H)
    QTest.mouseMove(plane.viewport(), plane.pixel_at((-1, 1)))
    qtbot.waitUntil(lambda: window.state.now.preview is not None)
    _rest(qtbot, window)
    np.testing.assert_allclose(window.state.now.decoded.z, (-1, 1), atol=0.02)
    assert window.state.now.z is held
    QApplication.sendEvent(plane, QEvent(QEvent.Type.Leave))
    _rest(qtbot, window)
    assert window.state.now.decoded.z is held


def test_a_click_on_a_point_compares_its_reconstructions(window: MainWindow, qtbot: Any) -> None:
    plane, now = _plane(window), window.state.now
    row = int(np.argmin(np.square(now.codes.mean - (0.5, 0.5)).sum(axis=1)))
    at = plane.pixel_at((now.codes.mean[row, 0], now.codes.mean[row, 1]))
    QTest.mouseClick(plane.viewport(), LEFT, NONE, at)
    qtbot.waitUntil(lambda: window.state.now.comparison is not None)
    index = int(window.state.now.selection[0])
    seen = window.state.now.comparison
    assert seen.index == index
    np.testing.assert_array_equal(_image(window, "originalView"), now.dataset.x[index])
    x = now.dataset.unit(np.array([index]))
    model = autoencoder.from_snapshot(now.model)
    with torch.no_grad():
        back = to_numpy(model.decode(model.encode(to_tensor(now.dataset.x[[index]], 255)).mean))
    linear = now.pca.reconstruct(now.pca.project(x)[:, :2])
    assert seen.mse == pytest.approx(float(np.mean((back - x) ** 2)), rel=1e-4)
    assert seen.pca_mse == pytest.approx(float(np.mean((linear - x) ** 2)), rel=1e-4)
    assert _image(window, "reconstructionView").shape == (28, 28, 1)
    assert _image(window, "pcaReconstructionView").shape == (28, 28, 1)


def test_the_pca_plane_decodes_linearly_and_leads_z(window: MainWindow, qtbot: Any) -> None:
    synthetic_input.drag(_plane(window, "pcaPlane"), [(0.0, 0.0), (3.0, 1.0)])
    _rest(qtbot, window)
    now = window.state.now
    np.testing.assert_allclose(planes["pca"].cursor(now), (3.0, 1.0), atol=0.1)
    point = np.array([planes["pca"].cursor(now)], np.float64)
    truth = picture_of(
        (now.pca.mean + point @ now.pca.components[:2]).astype(np.float32)[0], (28, 28, 1)
    )
    np.testing.assert_allclose(
        _image(window, "pcaDecodedView").astype(int), truth.astype(int), atol=1
    )
    with torch.no_grad():
        z = autoencoder.from_snapshot(now.model).encode(to_tensor(truth[None], 255)).mean[0]
    np.testing.assert_allclose(now.z, z.numpy(), atol=0.05)


def test_the_pca_cursor_follows_the_decoded_picture(window: MainWindow, qtbot: Any) -> None:
    synthetic_input.drag(_plane(window), [(0.0, 0.0), (1.0, 1.0)])
    _rest(qtbot, window)
    now = window.state.now
    picture = _decoded(window, now.z).reshape(1, -1).astype(np.float32) / 255
    np.testing.assert_allclose(planes["pca"].cursor(now), now.pca.project(picture)[0, :2], atol=0.1)


def test_undo_goes_back_a_gesture_and_redo_comes_forth(window: MainWindow, qtbot: Any) -> None:
    plane = _plane(window)
    synthetic_input.drag(plane, [(0.0, 0.0), (0.5, 0.5)])
    first = window.state.now.z
    synthetic_input.drag(plane, [(0.5, 0.5), (-0.5, 0.2)])
    second = window.state.now.z
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.state.now.z is first
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_Z, both)
    assert window.state.now.z is second


def test_no_stale_frame_is_shown(window: MainWindow, qtbot: Any) -> None:
    shown: list[Any] = []
    window.state.changed.connect(
        lambda fields, _: shown.append(window.state.now.decoded) if "decoded" in fields else None
    )
    old = window.state.now.model
    synthetic_input.drag(_plane(window), [(0.0, 0.0), (0.5, 0.5)])
    weights = {k: np.zeros_like(v) for k, v in old.weights.items()}
    new = replace(old, id="zero", weights=weights)
    window.state.update(model=new)
    start = len(shown)
    _rest(qtbot, window)
    assert shown[start:]
    assert all(len(np.unique(d.image)) == 1 for d in shown[start:]), "a model of zeros draws grey"


def test_training_moves_the_points_once_and_stop_keeps_what_it_has(
    window: MainWindow, qtbot: Any
) -> None:
    state, before = window.state, window.state.now.codes
    state.update(training_config=replace(state.now.training_config, epochs=500))
    synthetic_input.click(window, "trainButton")
    window.session.train()  # pressed twice: nothing more
    qtbot.waitUntil(lambda: len(state.now.moments) >= 3)
    assert state.now.codes is not before and state.now.training == "running"
    synthetic_input.drag(_plane(window), [(0.0, 0.0), (0.5, 0.5)])  # the hand is answered meanwhile
    assert state.now.training == "running"
    synthetic_input.click(window, "stopButton")
    qtbot.waitUntil(lambda: state.now.training == "idle")
    _rest(qtbot, window)
    assert state.now.model.path is not None and Path(state.now.model.path).is_dir()
    assert len(state.now.codes.index) == len(state.now.dataset)


def test_pause_holds_training_and_lets_it_go_on(window: MainWindow, qtbot: Any) -> None:
    state = window.state
    state.update(training_config=replace(state.now.training_config, epochs=500))
    synthetic_input.click(window, "trainButton")
    qtbot.waitUntil(lambda: len(state.now.moments) >= 1)
    button = synthetic_input.find(window, QAbstractButton, "pauseButton")
    QTest.mouseClick(button, LEFT)
    assert state.now.training == "paused"
    QTest.mouseClick(button, LEFT)
    assert state.now.training == "running"
    count = len(state.now.moments)
    qtbot.waitUntil(lambda: len(state.now.moments) > count)


def test_closing_while_training_leaves_no_thread(window: MainWindow, qtbot: Any) -> None:
    synthetic_input.click(window, "trainButton")
    qtbot.waitUntil(lambda: bool(window.state.now.moments))
    window.close()
    assert window.jobs.findChildren(QThread)
    assert not any(lane.isRunning() for lane in window.jobs.findChildren(QThread))


def test_own_pictures_are_opened_trained_and_explored(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    folder = tour._own_pictures(tmp_path / "bilder 日本")
    synthetic_input.drop(window, folder)
    qtbot.waitUntil(lambda: window.state.now.dataset.name == folder.name)
    assert window.state.now.model is None and window.state.now.z is None
    synthetic_input.drag(
        _plane(window), [(0.0, 0.0), (0.5, 0.5)]
    )  # before a model is there: no harm
    assert window.state.now.z is None
    training = replace(window.state.now.training_config, epochs=1)
    window.state.update(training_config=training)
    synthetic_input.click(window, "trainButton")
    qtbot.waitUntil(lambda: window.state.now.model is not None)
    _rest(qtbot, window)
    assert _image(window, "decodedView").shape == (32, 32, 3)


@pytest.mark.parametrize("name", ["notes.txt", "empty folder", "cut.npz", "missing"])
def test_bad_input_is_one_sentence_and_changes_nothing(
    window: MainWindow, qtbot: Any, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    if name == "empty folder":
        path.mkdir()
    elif name != "missing":
        path.write_bytes(b"PK\x03\x04 not what it seems")
    before = window.state.now
    synthetic_input.drop(window, path)
    qtbot.waitUntil(lambda: bool(window.state.now.message.tone == "bad"))
    text = window.state.now.message.text
    assert name in text and "\n" not in text and "Traceback" not in text
    now = window.state.now
    assert (now.dataset, now.model, now.codes, now.z) == (
        before.dataset, before.model, before.codes, before.z
    )  # fmt: skip
    synthetic_input.drag(_plane(window), [(0.0, 0.0), (0.4, 0.1)])
    assert window.state.now.z is not before.z


def test_a_saved_model_opens_again_as_it_was(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    window.session.save(tmp_path / "kept")
    _rest(qtbot, window)
    then = window.state.now
    window.open(str(tmp_path / "kept"))
    qtbot.waitUntil(lambda: window.state.now.model is not then.model)
    _rest(qtbot, window)
    now = window.state.now
    np.testing.assert_array_equal(now.codes.mean, then.codes.mean)
    assert now.dataset.content_hash == then.dataset.content_hash


def test_click_in_the_gallery_marks_the_point(window: MainWindow, qtbot: Any) -> None:
    view = synthetic_input.find(window, QWidget, "samplesView")
    viewport = view.viewport() if hasattr(view, "viewport") else view
    QTest.mouseClick(viewport, LEFT, NONE, QPoint(24, 24))
    qtbot.waitUntil(lambda: window.state.now.comparison is not None)
    assert len(window.state.now.selection) == 1
