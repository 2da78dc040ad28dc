"""What can be played with: where mouse and keys lead, and how frame and handle are painted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from explorer.ui.themes import theme
from explorer.ui.widgets.charts import playground
from explorer.ui.widgets.charts.playground import HANDLE, HEIGHT, HIGHEST, Playground, paint_frame
from tests.ui import painted

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
ROOM = QRectF(60, 40, 200, 100)
MIDDLE = ROOM.center()
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Spot(Playground):
    """A handle in the middle of a frame, which writes down where it was to go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told_to: list[Any] = []

    def plot_rect(self) -> QRectF:
        return ROOM

    def put(self, at: QPointF) -> None:
        self.told_to.append(at.toTuple())

    def nudge(self, dx: int, dy: int, *, far: bool) -> None:
        self.told_to.append((dx, dy, far))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = playground.QPainter(self), theme.tokens_of(self)
        painter.fillRect(self.rect(), tokens.surface)
        paint_frame(painter, ROOM, tokens, bottom=[(60, "0"), (160, "1/2")], left=[(90, "half")],
                    names=("place", "density"))  # fmt: skip
        self.paint_handle(painter, MIDDLE, tokens)
        painter.end()


class Ground(QWidget):
    """What lies below, and hears of the keys that are left to it."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.key())


@pytest.fixture
def ground(shown: Callable[..., Any], light: None) -> Ground:
    made: Ground = shown(Ground(), 320, 200)
    return made


@pytest.fixture
def spot(ground: Ground, qtbot: Any) -> Spot:
    made = Spot(ground)
    made.resize(320, 200)
    made.show()
    return made


def test_a_press_and_a_drag_lead_to_the_pointer(spot: Spot) -> None:
    QTest.mouseMove(spot, QPoint(10, 10))
    QTest.mousePress(spot, LEFT, pos=QPoint(70, 50))
    QTest.mouseMove(spot, QPoint(300, 10))  # beside the frame, too
    QTest.mouseRelease(spot, LEFT, pos=QPoint(300, 10))
    QTest.mouseMove(spot, QPoint(90, 90))
    assert spot.told_to == [(70, 50), (300, 10)]


def test_another_button_moves_nothing(spot: Spot) -> None:
    QTest.mousePress(spot, RIGHT, pos=QPoint(70, 50))
    QTest.mouseMove(spot, QPoint(90, 90))
    QTest.mouseRelease(spot, RIGHT, pos=QPoint(90, 90))
    assert spot.told_to == []


@pytest.mark.parametrize(
    ("key", "step"),
    [(Qt.Key.Key_Left, (-1, 0)), (Qt.Key.Key_Right, (1, 0)), (Qt.Key.Key_Up, (0, 1)),
     (Qt.Key.Key_Down, (0, -1))],
)  # fmt: skip
def test_arrows_step_and_with_shift_far(
    spot: Spot, ground: Ground, key: Qt.Key, step: tuple[int, int]
) -> None:
    QTest.keyClick(spot, key)
    QTest.keyClick(spot, key, SHIFT)
    assert spot.told_to == [(*step, False), (*step, True)] and key not in ground.keys


def test_other_keys_are_left_to_what_is_below(spot: Spot, ground: Ground) -> None:
    QTest.keyClick(spot, Qt.Key.Key_A)
    assert spot.told_to == [] and ground.keys == [Qt.Key.Key_A]


def test_what_moved_is_told_and_painted(spot: Spot, qtbot: Any) -> None:
    painted.pixels(spot)
    before: list[object] = []
    spot.paintEvent = before.append  # type: ignore[method-assign]
    with qtbot.waitSignal(spot.changed):
        spot.told()
    painted.pixels(spot)
    assert before


def test_a_click_or_tab_brings_the_keys_and_the_handle_says_so(
    spot: Spot, ground: Ground, qtbot: Any
) -> None:
    ground.activateWindow()
    spot.clearFocus()
    tokens = theme.tokens_of(spot)

    def middle() -> tuple[int, ...]:
        return tuple(painted.pixels(spot)[int(MIDDLE.y()), int(MIDDLE.x())])

    assert middle() == painted.rgb(tokens.surface)
    QTest.mouseClick(spot, LEFT, pos=QPoint(10, 10))
    qtbot.waitUntil(spot.hasFocus)
    assert middle() == painted.rgb(tokens.accent)
    spot.clearFocus()
    assert middle() == painted.rgb(tokens.surface)
    QTest.keyClick(ground, Qt.Key.Key_Tab)
    qtbot.waitUntil(spot.hasFocus)


def test_the_handle_is_a_ring_in_the_accent_around_its_place(spot: Spot) -> None:
    spot.clearFocus()
    tokens = theme.tokens_of(spot)
    ring = painted.of_colour(painted.pixels(spot), tokens.accent, near=60)
    left, top, right, bottom = painted.box_of(ring)
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((160, 90), abs=1)
    assert right - left == pytest.approx(2 * HANDLE, abs=3) == bottom - top


def test_another_theme_is_seen_at_once(light: None, spot: Spot, qapp: Any) -> None:
    assert tuple(painted.pixels(spot)[5, 5]) == painted.rgb(theme.LIGHT.surface)
    theme.apply(qapp, "dark")
    assert tuple(painted.pixels(spot)[5, 5]) == painted.rgb(theme.DARK.surface)


def test_two_hairlines_are_the_axes(spot: Spot) -> None:
    lines = painted.of_colour(painted.pixels(spot), theme.tokens_of(spot).hairline)
    assert painted.box_of(lines) == (60, 40, 260, 140)
    assert lines[140, 60:261].all() and lines[40:141, 60].all()
    assert not lines[40:139, 62:].any()


def test_words_stand_where_their_ticks_are(spot: Spot, monkeypatch: pytest.MonkeyPatch) -> None:
    said = dict(painted.written(monkeypatch, playground, spot.grab))
    assert list(said) == ["0", "1/2", "half", "place", "density"]
    for word, x in (("0", 60), ("1/2", 160)):
        assert said[word].center().x() == x and said[word].top() >= ROOM.bottom()
    assert said["half"].center().y() == 90 and said["half"].right() < ROOM.left()
    assert said["place"].center().x() == ROOM.center().x()
    assert said["place"].top() >= said["0"].center().y()  # below the numbers
    assert said["density"].bottom() < ROOM.top() and said["density"].left() < ROOM.left()
    assert all(QRectF(spot.rect()).contains(box) for box in said.values())


def test_words_are_small_and_quiet(spot: Spot, monkeypatch: pytest.MonkeyPatch) -> None:
    pens: list[tuple[str, int]] = []

    class Listening(QPainter):
        def drawText(self, *args: Any) -> None:
            pens.append((self.pen().color().name(), self.font().pixelSize()))
            super().drawText(*args)

    with monkeypatch.context() as patch:
        patch.setattr(playground, "QPainter", Listening)
        spot.grab()
    assert set(pens) == {(theme.tokens_of(spot).quiet.lower(), theme.SMALL)}


def test_it_is_a_strip_that_grows_to_a_limit(spot: Spot) -> None:
    assert spot.sizeHint() == QSize(320, HEIGHT)
    spot.resize(1000, 1000)
    assert spot.height() == HIGHEST and spot.width() == 1000
    spot.resize(1, 1)
    assert spot.height() == HEIGHT and spot.width() == 260
    assert spot.cursor().shape() == Qt.CursorShape.CrossCursor
