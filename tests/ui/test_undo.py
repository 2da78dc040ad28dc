"""One undo over everything: each gesture of the real window, by mouse and keys, back and forth.

A gesture is one step: after one undo all that the hand changes, and every picture, is as before;
after a redo it is as it was after the gesture.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QSlider,
    QSpinBox,
    QToolButton,
    QWidget,
)

from explorer.app.history.past import CHOSEN, SHOWN, _differs
from explorer.app.parts.planes import PLANE_FIELDS, plane_fields
from explorer.app.planes import planes
from explorer.app.state import Snapshot
from explorer.compute.keeping.train import Train
from explorer.models import autoencoder
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.training.config import TrainingConfig
from explorer.training.record.moment import Moment, moment_of
from explorer.training.record.time_line import TimeLine
from explorer.ui import synthetic_input
from explorer.ui.plane.layers import layers
from explorer.ui.plane.menu import PlaneMenu
from explorer.ui.plane.path.strip import PathStrip
from explorer.ui.plane.tools import tools
from explorer.ui.widgets.legend.legend_row import LegendRow
from explorer.ui.widgets.pictures.film_strip import FilmStrip
from explorer.ui.widgets.pictures.gallery_view import GalleryView
from explorer.ui.widgets.pictures.mask_view import MaskView
from explorer.ui.widgets.pictures.picture_view import PictureView
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane
from explorer.ui.window import MainWindow
from tests.fakes import toy_dataset
from tests.ui.onscreen import idle
from tests.ui.standing import Standing, standing

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
Act = Callable[[MainWindow], object]
DATA = toy_dataset()
CONFIG = ModelConfig(latent_dim=3, hidden=8)
layers.discover("explorer.ui.plane.layers")
tools.discover("explorer.ui.plane.tools")


def _model(seed: int) -> ModelSnapshot:
    weights = autoencoder.weights_of(autoencoder.build(CONFIG, DATA.preparation, seed=seed))
    return ModelSnapshot(f"toy {seed}", CONFIG, DATA.preparation, weights)


def _moment(seed: int) -> Moment:
    mean = np.random.default_rng(seed).normal(size=(len(DATA), 3)).astype(np.float32)
    made = _model(seed)
    codes = Codes(made.id, mean, np.full_like(mean, 0.1), np.arange(len(DATA)))
    return moment_of(seed, seed + 1.0, made, codes)


MOMENTS = tuple(_moment(seed) for seed in range(4))


@pytest.fixture(scope="module", autouse=True)  # before a test counts what it leaves
def opened(qapp: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """The window of all the tests below."""
    with standing(tmp_path_factory.mktemp("settings")) as made:
        yield made


@pytest.fixture
def window(opened: Standing, qtbot: Any) -> MainWindow:
    """Toy data, a model of three dimensions, and the four moments of its training."""
    return _filled(opened.begin(), qtbot)


@pytest.fixture
def new_window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    """The same in a window that nothing was done in."""
    made = MainWindow(tmp_path / "settings")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield _filled(made, qtbot)
    made.close()


def _filled(made: MainWindow, qtbot: Any) -> MainWindow:
    last = MOMENTS[-1]
    made.state.update(
        dataset=DATA, model=last.model, codes=last.codes, moments=MOMENTS, epoch=last.epoch,
        z=np.zeros(3, np.float32), model_config=CONFIG,
        training_config=TrainingConfig(epochs=2, batch_size=16),
    )  # fmt: skip
    made.plane_area.plane.setFocus()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    _settle(made)
    return made


# -- what is looked at ------------------------------------------------------------------------


class Seen(NamedTuple):
    """The state, and what every picture shows."""

    now: Snapshot
    pictures: dict[str, Any]
    views: dict[str, Any]


def _settle(window: MainWindow) -> None:
    for plane in _planes(window).values():
        QApplication.sendEvent(plane, QEvent(QEvent.Type.Leave))
    idle(window, window.jobs)


def _planes(window: MainWindow) -> dict[str, ScatterPlane]:
    return {
        name: synthetic_input.find(window, ScatterPlane, name) for name in ("plane", "pcaPlane")
    }


def _seen(window: MainWindow) -> Seen:
    _settle(window)
    pictures = {str(i): view.image() for i, view in enumerate(window.findChildren(PictureView))}
    strip = synthetic_input.find(window, FilmStrip, "filmStrip")
    pictures["film"] = [image.copy() for image in strip._images] or None
    views = {name: (plane.getViewBox().viewRange(), plane.cursor_at and plane.pixel_at(
        plane.cursor_at)) for name, plane in _planes(window).items()}  # fmt: skip
    return Seen(window.state.now, pictures, views)


def _changed(a: Snapshot, b: Snapshot, names: tuple[str, ...] = CHOSEN) -> set[str]:
    """Fields, and those of planes one by one."""
    plane_names = plane_fields(a.planes, b.planes) if "planes" in names else set()
    fields = {n for n in names if n != "planes" and _differs(getattr(a, n), getattr(b, n))}
    return fields | plane_names


def _check_same(one: Seen, other: Seen) -> None:
    places = {"z"}  # found anew by the model, to its last digit
    assert _changed(one.now, other.now, (*CHOSEN, *SHOWN)) <= places
    for name in places:
        np.testing.assert_allclose(
            *(np.nan if getattr(seen.now, name) is None else getattr(seen.now, name)
              for seen in (one, other)), atol=1e-5)  # fmt: skip
    for name, picture in one.pictures.items():
        again = other.pictures[name]
        assert (picture is None) == (again is None), name
        if name == "film" or picture is None:
            assert picture == again
        else:
            np.testing.assert_allclose(again.astype(int), picture.astype(int), atol=1)
    for name, (span, cursor) in one.views.items():
        again, pixel = other.views[name]
        np.testing.assert_allclose(again, span, atol=1e-9)
        assert cursor == pixel or (cursor - pixel).manhattanLength() <= 1


# -- mouse and keys ---------------------------------------------------------------------------


def _drag(widget: QWidget, *at: QPoint, button: Qt.MouseButton = LEFT, keys: Any = NONE) -> None:
    QTest.mousePress(widget, button, keys, at[0])
    for point in at[1:]:
        QTest.mouseMove(widget, point)
        synthetic_input.rest(20)
    QTest.mouseRelease(widget, button, keys, at[-1])


def _over(plane: ScatterPlane, *points: tuple[float, float]) -> list[QPoint]:
    return [plane.pixel_at(point) for point in points]


def _wheel(widget: QWidget, at: QPoint, notches: int = 3) -> None:
    for _ in range(notches):
        event = QWheelEvent(
            QPointF(at), QPointF(widget.mapToGlobal(at)), QPoint(), QPoint(0, 120),
            Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)


def _hold_key(widget: QWidget, key: Qt.Key, times: int = 4) -> None:
    for i in range(times):
        press = QKeyEvent(QEvent.Type.KeyPress, key, NONE, "", i > 0)
        QApplication.sendEvent(widget, press)
    QTest.keyRelease(widget, key)


def _choose(box: QComboBox, row: int) -> None:
    box.setCurrentIndex(row)
    box.activated.emit(row)


def _name(window: MainWindow, name: str, kind: type[Any] = QWidget) -> Any:
    return synthetic_input.find(window, kind, name)


def _plane(window: MainWindow) -> ScatterPlane:
    return _planes(window)["plane"]


def _pca(window: MainWindow) -> ScatterPlane:
    return _planes(window)["pcaPlane"]


def _tool(name: str) -> Act:
    """What takes a tool into the hand."""
    return lambda window: QTest.keyClick(window, tools[name].key)


def _all(*acts: Act) -> Act:
    def act(window: MainWindow) -> None:
        for one in acts:
            one(window)
            idle(window, window.jobs)

    return act


def _front(window: MainWindow, name: str) -> None:
    next(dock for dock in window.docks if dock.objectName() == f"{name}Dock").raise_()
    idle(window, window.jobs)


def _code(window: MainWindow, row: int) -> QPoint:
    codes = window.state.now.codes
    assert codes is not None
    a, b = codes.mean[row, :2].tolist()
    return _plane(window).pixel_at((a, b))


# -- the gestures -----------------------------------------------------------------------------

GESTURES: dict[str, tuple[Act, set[str]]] = {}
BEFORE: dict[str, Act] = {}  # what must have been done for the gesture to make sense


def gesture(*changes: str, before: Act | None = None, name: str = "") -> Callable[[Act], Act]:
    """changes: the fields that the hand changes by it."""

    def keep(act: Act) -> Act:
        title = name or act.__name__.strip("_").replace("_", " ")
        assert title not in GESTURES
        GESTURES[title] = (act, set(changes))
        if before is not None:
            BEFORE[title] = before
        return act

    return keep


MOVES = ("z",)
PUTS = ("z", "planes.pca.cursor")


@gesture(*MOVES)
def press_on_the_plane(window: MainWindow) -> None:
    plane = _plane(window)
    QTest.mouseClick(plane.viewport(), LEFT, NONE, plane.pixel_at((2.9, -2.9)))


@gesture(*MOVES)
def drag_on_the_plane(window: MainWindow) -> None:
    plane = _plane(window)
    _drag(plane.viewport(), *_over(plane, (0, 0), (1, 1), (2.5, -2.5)))


@gesture(*MOVES, "selection")
def click_on_a_point(window: MainWindow) -> None:
    QTest.mouseClick(_plane(window).viewport(), LEFT, NONE, _code(window, 7))


@gesture(*MOVES)
def an_arrow_key_held_down(window: MainWindow) -> None:
    _hold_key(_plane(window), Key.Key_Right)


@gesture("planes.latent.view")
def wheel_over_the_plane(window: MainWindow) -> None:
    plane = _plane(window)
    _wheel(plane.viewport(), plane.pixel_at((1, 1)))


@gesture("planes.latent.view")
def pan_with_the_middle_button(window: MainWindow) -> None:
    plane = _plane(window)
    _drag(plane.viewport(), *_over(plane, (0, 0), (0.5, 0), (1, 1)), button=MIDDLE)


@gesture("planes.latent.view")
def pan_with_space_held_down(window: MainWindow) -> None:
    plane = _plane(window)
    QTest.keyPress(plane, Key.Key_Space)
    _drag(plane.viewport(), *_over(plane, (0, 0), (1, 1)))
    QTest.keyRelease(plane, Key.Key_Space)


@gesture("planes.latent.view", before=_tool("pan"), name="tool: pan")
def _pan(window: MainWindow) -> None:
    plane = _plane(window)
    _drag(plane.viewport(), *_over(plane, (0, 0), (1, 1)))


@gesture("planes.latent.view", before=wheel_over_the_plane)
def fit_by_its_key(window: MainWindow) -> None:
    QTest.keyClick(window, Key.Key_F)


@gesture(*MOVES, "planes.latent.view", before=wheel_over_the_plane)
def double_click_on_empty_ground(window: MainWindow) -> None:
    plane = _plane(window)
    at = _empty_ground(plane)
    QTest.mouseClick(plane.viewport(), LEFT, NONE, at)
    QTest.mouseDClick(plane.viewport(), LEFT, NONE, at)


def _empty_ground(plane: ScatterPlane) -> QPoint:
    room = plane.getViewBox().sceneBoundingRect().toRect().adjusted(30, 30, -30, -30)
    places = [QPoint(x, y) for x in range(room.left(), room.right(), 7)
              for y in range(room.top(), room.bottom(), 7)]  # fmt: skip
    clear = [at for at in places if plane.viewport().childAt(at) is None
             or plane.viewport().childAt(at) is plane._cursor]  # fmt: skip
    return next(at for at in clear if plane.nearest(at.toPointF()) is None)


@gesture("selection", before=_tool("lasso"), name="tool: lasso")
def _lasso(window: MainWindow) -> None:
    plane = _plane(window)
    corners = _over(plane, (-1, -1), (1, -1), (1, 1), (-1, 1))
    _drag(plane.viewport(), *corners)


@gesture("path", before=_tool("path"), name="tool: path")
def _path(window: MainWindow) -> None:
    plane = _plane(window)
    QTest.mouseClick(plane.viewport(), LEFT, NONE, plane.pixel_at((0, 0)))


@gesture("path", before=_tool("path"))
def draw_a_path(window: MainWindow) -> None:
    plane = _plane(window)
    _drag(plane.viewport(), *_over(plane, (-1, -1), (0, 0), (1, 0), (1, 1), (2, 1)))


@gesture(*MOVES, before=_tool("probe"), name="tool: probe")
def _probe(window: MainWindow) -> None:
    plane = _plane(window)
    QTest.mouseClick(plane.viewport(), LEFT, NONE, plane.pixel_at((-2.9, -2.9)))


@gesture("path", before=_all(_tool("path"), draw_a_path))
def clear_the_path_by_esc(window: MainWindow) -> None:
    QTest.keyClick(_plane(window), Key.Key_Escape)


@gesture("path", before=_all(_tool("path"), draw_a_path))
def clear_the_path_by_its_button(window: MainWindow) -> None:
    synthetic_input.click(window, "pathClearButton")


def _click_a_path(window: MainWindow) -> None:
    plane = _plane(window)
    for point in ((-1, -1), (1, 1)):
        QTest.mouseClick(plane.viewport(), LEFT, NONE, plane.pixel_at(point))
    QTest.keyClick(plane, Key.Key_Return)


@gesture("path", before=_all(_tool("path"), _click_a_path))
def another_kind_of_path(window: MainWindow) -> None:
    _choose(_name(window, "pathKind"), 1)


@gesture(*MOVES, "path_at", before=_all(_tool("path"), _click_a_path))
def scrub_on_the_film(window: MainWindow) -> None:
    strip = _name(window, "filmStrip")
    _drag(strip, QPoint(200, 20), QPoint(300, 20), QPoint(400, 20))


@gesture(*MOVES, "path_at", before=_all(_tool("path"), _click_a_path))
def a_key_held_down_on_the_film(window: MainWindow) -> None:
    _hold_key(_name(window, "filmStrip"), Key.Key_Right)


@gesture(*MOVES, "path_at", before=_all(_tool("path"), _click_a_path, scrub_on_the_film))
def stop_travelling(window: MainWindow) -> None:
    synthetic_input.click(window, "pathStopButton")


@gesture("selection", before=click_on_a_point)
def clear_the_selection_by_esc(window: MainWindow) -> None:
    QTest.keyClick(window, Key.Key_Escape)


@gesture("planes.latent.axes")
def another_axis_of_the_plane(window: MainWindow) -> None:
    _choose(window.toolbar._axes[1], 2)


@gesture("planes.latent.axes", "planes.latent.view", before=wheel_over_the_plane)
def another_axis_of_a_plane_seen_from_near(window: MainWindow) -> None:
    _choose(window.toolbar._axes[1], 2)


@gesture("follow")
def follow_the_pointer(window: MainWindow) -> None:
    QTest.keyClick(window, Key.Key_H)


@gesture("smooth")
def smooth_pictures(window: MainWindow) -> None:
    _action(window, "Smooth pictures").trigger()


def _action(window: MainWindow, text: str) -> QAction:
    return next(action for action in window.findChildren(QAction) if action.text() == text)


@gesture("muted")
def click_in_the_legend(window: MainWindow) -> None:
    QTest.mouseClick(window.findChildren(LegendRow)[0], LEFT, NONE, QPoint(5, 10))  # its swatch


def _toggle(key: str) -> Act:
    return lambda window: QTest.keyClick(window, key)


for _one in layers:
    if layers[_one].key:
        gesture("layers", name=f"layer: {_one}")(_toggle(layers[_one].key))


@gesture("layers")
def switch_a_layer_in_the_menu(window: MainWindow) -> None:
    _in_the_menu(window, f"layerSwitch-{min(layers)}", QCheckBox).click()


@gesture("layers")
def fade_a_layer(window: MainWindow) -> None:
    slider = _in_the_menu(window, "layerOpacity-points", QSlider)
    _hold_key(slider, Key.Key_Left)


def _in_the_menu(window: MainWindow, name: str, kind: type[Any]) -> Any:
    button = _name(window, "layersButton", QToolButton)
    return button.menu().findChild(kind, name)


def _in_the_planes_menu(window: MainWindow, text: str) -> None:
    viewport = window.plane_area.plane.viewport()
    menu = window.plane_area.plane.findChild(PlaneMenu).open(viewport.mapToGlobal(QPoint(90, 90)))
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()
    window.activateWindow()  # as a screen's own windows do once a menu is gone


@gesture("bookmarks")
def bookmark(window: MainWindow) -> None:
    _in_the_planes_menu(window, "Bookmark it")


@gesture("mark_a")
def set_as_a(window: MainWindow) -> None:
    _in_the_planes_menu(window, "Set as A")


@gesture("mark_b")
def set_as_b(window: MainWindow) -> None:
    _in_the_planes_menu(window, "Set as B")


@gesture(*MOVES)
def drag_a_slider(window: MainWindow) -> None:
    track = _name(window, "latentSlider0")
    middle = track.height() // 2
    _drag(track, *(QPoint(round(track.width() * x), middle) for x in (0.5, 0.6, 0.9)))


@gesture(*MOVES)
def a_key_held_down_on_a_slider(window: MainWindow) -> None:
    _hold_key(_name(window, "latentSlider1"), Key.Key_Right)


@gesture(*MOVES)
def a_wheel_on_a_slider(window: MainWindow) -> None:
    track = _name(window, "latentSlider1")
    track.setFocus()
    _wheel(track, track.rect().center())


@gesture(*MOVES, before=a_key_held_down_on_a_slider)
def a_double_click_on_a_slider(window: MainWindow) -> None:
    track = _name(window, "latentSlider1")
    at = QPoint(track.width() - 20, track.height() // 2)
    QTest.mouseClick(track, LEFT, NONE, at)
    QTest.mouseDClick(track, LEFT, NONE, at)


def _value_box(window: MainWindow) -> QAbstractSpinBox:
    track = _name(window, "latentSlider0")
    return track.parentWidget().findChild(QAbstractSpinBox)  # type: ignore[no-any-return]


@gesture(*MOVES)
def type_into_a_value_box(window: MainWindow) -> None:
    box = _value_box(window)
    box.setFocus()
    QTest.keyClicks(box, "1.5")
    QTest.keyClick(box, Key.Key_Return)


@gesture(*MOVES)
def an_arrow_key_held_down_in_a_value_box(window: MainWindow) -> None:
    box = _value_box(window)
    box.setFocus()
    _hold_key(box, Key.Key_Up)


@gesture("moved", *PUTS)
def drag_on_the_pca_plane(window: MainWindow) -> None:
    plane = _pca(window)
    _drag(plane.viewport(), *_over(plane, (0, 0), (0.5, 0.5), (0.8, -0.4)))


@gesture(*MOVES, before=drag_on_the_pca_plane)
def drag_on_the_pca_plane_again(window: MainWindow) -> None:
    plane = _pca(window)
    _drag(plane.viewport(), *_over(plane, (0, 0), (-0.5, 0.5)))


@gesture("moved", *PUTS, before=drag_on_the_pca_plane)
def drag_on_the_latent_plane_after_the_pca_plane(window: MainWindow) -> None:
    drag_on_the_plane(window)


@gesture("moved", *PUTS, "selection")
def click_on_a_point_of_the_pca_plane(window: MainWindow) -> None:
    plane, scores = _pca(window), window.state.now.pca_scores
    assert scores is not None
    at = plane.pixel_at((float(scores[3, 0]), float(scores[3, 1])))
    QTest.mouseClick(plane.viewport(), LEFT, NONE, at)


@gesture("planes.pca.view")
def wheel_over_the_pca_plane(window: MainWindow) -> None:
    plane = _pca(window)
    _wheel(plane.viewport(), plane.pixel_at((0, 0)))


@gesture("planes.pca.axes")
def other_principal_components(window: MainWindow) -> None:
    _choose(_pca_boxes(window)[1], 2)


def _pca_boxes(window: MainWindow) -> list[QComboBox]:
    boxes = window.findChildren(QComboBox)
    return [box for box in boxes if box.accessibleName().startswith("Component on the")]


@gesture("planes.pca.axes", "planes.pca.view", before=wheel_over_the_pca_plane)
def other_components_of_a_plane_seen_from_near(window: MainWindow) -> None:
    _choose(_pca_boxes(window)[1], 2)


@gesture("selection")
def click_in_the_gallery(window: MainWindow) -> None:
    view = _name(window, "samplesView", GalleryView)
    at = view.visualRect(view.model().index(2, 0)).center()
    QTest.mouseClick(view.viewport(), LEFT, NONE, at)


@gesture(*MOVES, "selection")
def double_click_in_the_gallery(window: MainWindow) -> None:
    click_in_the_gallery(window)
    view = _name(window, "samplesView", GalleryView)
    at = view.visualRect(view.model().index(2, 0)).center()
    QTest.mouseDClick(view.viewport(), LEFT, NONE, at)


@gesture("model_config", "training_config")
def another_model_in_the_form(window: MainWindow) -> None:
    box = _name(window, "preset", QComboBox)
    _choose(box, box.findData("iwae"))


@gesture("model_config")
def a_wheel_on_a_whole_number(window: MainWindow) -> None:
    box = _name(window, "latent_dim", QSpinBox)
    box.setFocus()
    _wheel(box, box.rect().center())


@gesture("training_config")
def type_a_number_into_the_form(window: MainWindow) -> None:
    line = _name(window, "lr", QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "0.5")
    QTest.keyClick(line, Key.Key_Return)


@gesture("model", "epoch")
def a_key_on_the_time_line(window: MainWindow) -> None:
    _front(window, "training")
    slider = _name(window, "timeline", QSlider)
    slider.setFocus()
    _hold_key(slider, Key.Key_Left, 2)


@gesture("model", "epoch")
def play_the_time_line(window: MainWindow) -> None:
    _front(window, "training")
    slider = _name(window, "timeline", QSlider)
    play = slider.parentWidget().findChild(QToolButton)
    play.click()
    while slider.value() < 2:
        synthetic_input.rest(10)
    play.click()


@gesture(*MOVES, "own")
def drop_a_picture(window: MainWindow) -> None:
    path = Path(window._settings.fileName()).with_name("own.png")
    Image.fromarray(DATA.x[5, :, :, 0]).save(path)
    synthetic_input.drop(window, path)


@gesture("own", before=_all(drop_a_picture))
def put_the_picture_away(window: MainWindow) -> None:
    window.session.drop_own()


def _uses(window: MainWindow, title: str) -> None:
    _front(window, "applications")
    box = _name(window, "application", QComboBox)
    _choose(box, box.findText(title))
    window.state.update(selection=np.array([4]))
    idle(window, window.jobs)


@gesture("noise", before=lambda window: _uses(window, "Remove noise"))
def the_noise_slider(window: MainWindow) -> None:
    _hold_key(_name(window, "noiseSlider", QSlider), Key.Key_Right)


@gesture("noise_kind", before=lambda window: _uses(window, "Remove noise"))
def another_noise(window: MainWindow) -> None:
    box = _name(window, "noiseKind", QComboBox)
    _choose(box, box.findData("patch"))


def _brush(window: MainWindow) -> None:
    _uses(window, "Fill a hole")
    box = _name(window, "holeBox", QComboBox)
    _choose(box, box.findData("brush"))


@gesture("brushed", before=_brush)
def a_stroke_of_the_brush(window: MainWindow) -> None:
    view = _name(window, "originalInpaintView", MaskView)
    room = view.picture_rect().toRect()
    _drag(view, room.center(), room.center() + QPoint(5, 5), room.center() + QPoint(10, 0))


@gesture("brushed", before=_all(_brush, a_stroke_of_the_brush))
def another_stroke_of_the_brush(window: MainWindow) -> None:
    view = _name(window, "originalInpaintView", MaskView)
    room = view.picture_rect().toRect()
    _drag(view, room.topLeft() + QPoint(5, 5), room.topLeft() + QPoint(8, 8))


# -- each of them -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", GESTURES)
def test_a_gesture_is_one_step_back_and_forth(request: pytest.FixtureRequest, name: str) -> None:
    act, changes = GESTURES[name]
    new = "model" in changes  # a panel that is not seen keeps its picture until then
    window = request.getfixturevalue("new_window" if new else "window")
    if name in BEFORE:
        BEFORE[name](window)
    before = _seen(window)
    act(window)
    after = _seen(window)
    looked_at = (*CHOSEN, "model", "epoch", "dataset")
    follow = {"planes.pca.cursor", "moved"}  # they may, and may not
    assert _changed(before.now, after.now, looked_at) ^ changes <= follow
    QTest.keyClick(window, Key.Key_Z, CONTROL)
    _check_same(before, _seen(window))
    QTest.keyClick(window, Key.Key_Z, CONTROL | SHIFT)
    _check_same(after, _seen(window))


def test_the_gestures_above_are_of_every_field_tool_and_layer() -> None:
    wanted = {f"planes.{name}.{field}" for name in planes for field in PLANE_FIELDS}
    wanted = (wanted | set(CHOSEN)) - {"planes", "planes.latent.cursor"}  # it is z
    assert set().union(*(changes for _, changes in GESTURES.values())) >= wanted
    assert {f"tool: {name}" for name in tools} <= set(GESTURES)
    assert {f"layer: {name}" for name in layers if layers[name].key} <= set(GESTURES)


# -- what makes no step, or another one -------------------------------------------------------

NOTHINGS: dict[str, Act] = {
    "a press where z is": lambda window: QTest.mouseClick(
        _plane(window).viewport(), LEFT, NONE, _plane(window).pixel_at(_plane(window).cursor_at)
    ),
    "fit where all is seen": lambda window: QTest.keyClick(window, Key.Key_F),
    "Esc without a selection": lambda window: QTest.keyClick(window, Key.Key_Escape),
    "the model chosen again": lambda window: _choose(
        _name(window, "preset", QComboBox), _name(window, "preset", QComboBox).currentIndex()
    ),
    "a field looked into": lambda window: QTest.keyClick(_value_box(window), Key.Key_Return),
    "the axes as they are": lambda window: _choose(window.toolbar._axes[1], 1),
}


@pytest.mark.parametrize("name", NOTHINGS)
def test_a_gesture_that_changes_nothing_is_no_step(new_window: MainWindow, name: str) -> None:
    window = new_window
    press_on_the_plane(window)
    _settle(window)
    NOTHINGS[name](window)
    _settle(window)
    window.session.undo()
    _settle(window)
    assert not window.state.undo(), "the press was the only step"


def test_a_wheel_that_turns_again_after_a_move_is_another_step(window: MainWindow) -> None:
    plane = _plane(window)
    wheel_over_the_plane(window)
    near = window.state.now.plane("latent").view
    QTest.mouseMove(plane.viewport(), plane.pixel_at((0.3, 0.2)))
    wheel_over_the_plane(window)
    window.session.undo()
    assert window.state.now.plane("latent").view == near
    window.session.undo()
    assert window.state.now.plane("latent").view is None


# -- fields -----------------------------------------------------------------------------------


def _press(window: MainWindow, key: Qt.Key, keys: Any = CONTROL) -> None:
    """As the keyboard does: to whatever has the focus."""
    focus = QApplication.focusWidget()
    QTest.keyClick(window if focus is None else focus, key, keys)


@pytest.mark.parametrize("name", ["value box", "latent_dim", "lr"])
def test_undo_in_a_field_takes_typing_back_and_then_is_the_program_s(
    window: MainWindow, name: str
) -> None:
    press_on_the_plane(window)
    moved = window.state.now.z
    field = _value_box(window) if name == "value box" else _name(window, name)
    line = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
    field.setFocus()
    line.selectAll()
    before = line.text()
    QTest.keyClicks(field, "7")
    assert line.text() == "7"
    for _ in range(3):
        if line.text() != before:
            _press(window, Key.Key_Z)  # the letter, and the selection that it replaced
    assert line.text() == before
    assert window.state.now.z is moved
    _press(window, Key.Key_Z)
    assert window.state.now.z.tolist() == [0, 0, 0]
    _press(window, Key.Key_Z, CONTROL | SHIFT)
    _press(window, Key.Key_Z, CONTROL | SHIFT)


def test_undo_in_a_value_box_takes_its_own_value_back(window: MainWindow) -> None:
    type_into_a_value_box(window)
    assert window.state.now.z.tolist() == [1.5, 0, 0]
    _press(window, Key.Key_Z)
    assert window.state.now.z.tolist() == [0, 0, 0]
    assert _value_box(window).text() == "0.00"
    _press(window, Key.Key_Z, CONTROL | SHIFT)
    assert window.state.now.z.tolist() == [1.5, 0, 0]


# -- words ------------------------------------------------------------------------------------


def _said(window: MainWindow) -> str:
    message = window.state.now.message
    return "" if message is None else message.text


def test_what_was_said_of_what_is_undone_goes(window: MainWindow) -> None:
    QTest.keyClick(window, layers["points"].key)
    assert "hidden" in _said(window)
    window.session.undo()
    assert _said(window) == ""
    window.session.redo()
    assert _said(window) == ""


def test_a_layer_switched_otherwise_ends_what_was_said_of_it(window: MainWindow) -> None:
    QTest.keyClick(window, layers["points"].key)
    assert "hidden" in _said(window)
    _in_the_menu(window, "layerSwitch-points", QCheckBox).click()
    assert _said(window) == ""


def test_nothing_to_undo_is_said_and_ends_with_what_is_done_next(window: MainWindow) -> None:
    _settle(window)
    window.state.forget()
    window.session.undo()
    assert _said(window) == "Nothing to undo"
    window.session.redo()
    assert _said(window) == "Nothing to redo"
    press_on_the_plane(window)
    window.session.undo()
    assert _said(window) == ""


# -- the model and the data -------------------------------------------------------------------


def _train(window: MainWindow, qtbot: Any) -> None:
    synthetic_input.click(window, "trainButton")
    assert window.state.now.training == "running"
    qtbot.waitUntil(lambda: window.state.now.training == "idle")
    _settle(window)


def test_a_training_is_undone_and_redone(window: MainWindow, qtbot: Any) -> None:
    click_on_a_point(window)
    wheel_over_the_plane(window)
    before = _seen(window)
    _train(window, qtbot)
    after = _seen(window)
    assert after.now.model is not before.now.model
    assert after.now.codes is not None and len(after.now.codes.index) == len(DATA)
    window.session.undo()
    _check_same(before, _seen(window))
    assert _said(window) == ""
    window.session.redo()
    _check_same(after, _seen(window))


@pytest.mark.parametrize("moments", [0, 1])
@pytest.mark.expects_errors
def test_the_model_that_a_failed_run_replaced_comes_back(
    window: MainWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch, moments: int
) -> None:
    def fail(_request: object, task: Any) -> None:
        if moments:
            task.partial(TimeLine((_moment(9),)))
        raise MemoryError

    monkeypatch.setattr(Train, "answer", fail)
    click_on_a_point(window)
    before = _seen(window)
    _train(window, qtbot)
    assert (window.state.now.model is before.now.model) == (moments == 0)
    window.session.undo()
    _check_same(before, _seen(window))


def test_while_a_training_runs_the_hand_is_undone_and_the_model_is_not(
    window: MainWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    def wait(_request: object, task: Any) -> None:
        task.partial(TimeLine((_moment(9),)))
        ended.wait()
        task.check()

    monkeypatch.setattr(Train, "answer", wait)
    synthetic_input.click(window, "trainButton")
    qtbot.waitUntil(lambda: window.state.now.model.id == "toy 9")
    wheel_over_the_plane(window)
    window.session.undo()
    assert (window.state.now.plane("latent").view, window.state.now.model.id) == (None, "toy 9")
    window.session.undo()
    assert _said(window) == "Nothing to undo while a training runs"
    assert window.state.now.model.id == "toy 9"
    synthetic_input.click(window, "stopButton")
    ended.set()
    qtbot.waitUntil(lambda: window.state.now.training == "idle")
    window.session.undo()
    _settle(window)
    assert window.state.now.model is MOMENTS[-1].model


def test_other_data_is_undone_and_redone(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    other = toy_dataset(30, seed=5)
    np.savez(tmp_path / "other.npz", x=other.x[..., 0], y=other.labels)
    click_on_a_point(window)
    wheel_over_the_plane(window)
    before = _seen(window)
    window.open(str(tmp_path / "other.npz"))
    qtbot.waitUntil(lambda: window.state.now.dataset is not DATA)
    after = _seen(window)
    assert (after.now.model, len(after.now.dataset)) == (None, 30)
    window.session.undo()
    _check_same(before, _seen(window))
    window.session.redo()
    _check_same(after, _seen(window))
    assert synthetic_input.find(window, PictureView, "decodedView").image() is None


def test_undo_ends_what_moves_by_itself(window: MainWindow, qtbot: Any) -> None:
    _all(_tool("path"), _click_a_path)(window)
    player = window.plane_area.findChild(PathStrip).player
    held = window.state.now.z
    synthetic_input.click(window, "pathPlayButton")
    qtbot.waitUntil(lambda: window.state.now.path_at > 0)
    window.session.undo()
    assert not player.playing
    _settle(window)
    assert window.state.now.z is held


def test_undo_ends_a_time_line_that_plays(window: MainWindow, qtbot: Any) -> None:
    _front(window, "training")
    slider = _name(window, "timeline", QSlider)
    play = slider.parentWidget().findChild(QToolButton)
    play.click()
    qtbot.waitUntil(lambda: slider.value() == 1)
    window.session.undo()
    assert not play.isChecked()
    _settle(window)
    assert (window.state.now.model, slider.value()) == (MOMENTS[-1].model, 3)


def test_codes_that_had_not_been_found_are_found_after_an_undo(
    window: MainWindow, qtbot: Any
) -> None:
    window.state.update(codes=None, moments=())
    window.state.mark(whole=True)
    window.state.renew(dataset=toy_dataset(30, seed=5))
    _settle(window)
    window.session.undo()
    _settle(window)
    codes = window.state.now.codes
    assert codes is not None and codes.model_id == MOMENTS[-1].model.id
    assert len(codes.index) == len(DATA)


def test_the_first_data_are_not_taken_away(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    other = toy_dataset(30, seed=5)
    np.savez(tmp_path / "other.npz", x=other.x[..., 0], y=other.labels)
    window.state.renew()
    QTest.keyClick(window, Key.Key_H)
    window.open(str(tmp_path / "other.npz"))
    qtbot.waitUntil(lambda: window.state.now.dataset is not None)
    before = window.state.now
    window.session.undo()
    assert _said(window) == "Nothing to undo"
    assert not _changed(before, window.state.now, (*CHOSEN, "dataset"))
