"""The KL of a Gaussian to play with: mouse, keys, and that map and curves are the formulas."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from explorer.ui.themes import theme
from explorer.ui.widgets.formula import kl_play
from explorer.ui.widgets.formula.kl_play import BANDS, BETWEEN, LEFT, TOP, KlPlay
from tests.ui import painted

BUTTON = Qt.MouseButton.LeftButton


def kl(mu: float, sigma: float) -> float:
    """1/2 (mu^2 + sigma^2 - 1 - 2 log sigma)."""
    return 0.5 * (mu**2 + sigma**2 - 1 - 2 * math.log(sigma))


@pytest.fixture
def play(qtbot: Any) -> KlPlay:
    made = KlPlay()
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    return made


def test_the_map_stands_at_the_left_and_its_corners_are_its_ends(play: KlPlay) -> None:
    room = play.plot_rect()
    assert (room.left(), room.top()) == (LEFT, TOP)
    assert room.width() == round(0.52 * (400 - LEFT - BETWEEN))
    assert play.pixel_at(-3.0, 0.05) == room.bottomLeft()
    assert play.pixel_at(3.0, 2.5) == room.topRight()


@pytest.mark.parametrize("point", [(-2.0, 0.3), (0.0, 1.0), (1.5, 2.2)])
def test_a_click_puts_the_handle_below_the_pointer(
    play: KlPlay, point: tuple[float, float]
) -> None:
    heard: list[float] = []
    play.changed.connect(lambda: heard.append(play.value))
    QTest.mouseClick(play, BUTTON, pos=play.pixel_at(*point).toPoint())
    assert (play.mu, play.sigma) == pytest.approx(point, abs=0.03)
    assert heard == [pytest.approx(kl(play.mu, play.sigma))]


def test_a_drag_in_the_map_moves_the_handle_and_ends_at_its_edge(play: KlPlay) -> None:
    QTest.mousePress(play, BUTTON, pos=play.pixel_at(-1.0, 2.0).toPoint())
    QTest.mouseMove(play, play.pixel_at(0.0, 1.0).toPoint())
    assert play.value < 0.01
    QTest.mouseMove(play, QPoint(399, 0))
    assert (play.mu, play.sigma) == (3.0, 2.5)
    QTest.mouseMove(play, QPoint(0, 199))
    QTest.mouseRelease(play, BUTTON, pos=QPoint(0, 199))
    assert (play.mu, play.sigma) == (-3.0, 0.05)


@pytest.mark.parametrize(
    ("key", "dx", "dy"), [("Left", -1, 0), ("Right", 1, 0), ("Up", 0, 1), ("Down", 0, -1)]
)
def test_arrow_keys_move_the_handle(play: KlPlay, key: str, dx: int, dy: int) -> None:
    play.set_point(0.5, 1.0)
    QTest.keyClick(play, getattr(Qt.Key, f"Key_{key}"))
    assert (play.mu, play.sigma) == pytest.approx((0.5 + 0.05 * dx, 1.0 + 0.05 * dy))
    QTest.keyClick(play, getattr(Qt.Key, f"Key_{key}"), Qt.KeyboardModifier.ShiftModifier)
    assert (play.mu, play.sigma) == pytest.approx((0.5 + 0.55 * dx, 1.0 + 0.55 * dy))


def test_other_keys_and_buttons_do_nothing(play: KlPlay, qtbot: Any) -> None:
    with qtbot.assertNotEmitted(play.changed):
        QTest.keyClick(play, Qt.Key.Key_A)
        QTest.mouseClick(play, Qt.MouseButton.RightButton, pos=QPoint(100, 100))


def test_a_reader_hears_where_it_is(play: KlPlay) -> None:
    play.set_point(-1.0, 0.5)
    assert play.accessibleDescription() == f"mu -1.00, sigma 0.50, KL {kl(-1, 0.5):.3f} nats"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_map_has_a_shade_a_band_of_the_kl(
    light: None, play: KlPlay, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    play.set_point(-3.0, 2.5)
    seen, shades = painted.pixels(play), {}
    for mu in np.linspace(-2.4, 2.4, 13):
        for sigma in np.linspace(0.2, 2.0, 13):
            at = play.pixel_at(mu, sigma).toPoint()
            near = [kl(mu + a, sigma + b) for a in (-0.08, 0.08) for b in (-0.04, 0.04)]
            band = {int(np.digitize(value, BANDS)) for value in (*near, kl(mu, sigma))}
            if len(band) == 1 and abs(mu) + abs(sigma - 1) > 0.3:  # within, and no cross there
                shades.setdefault(band.pop(), set()).add(tuple(seen[at.y(), at.x()]))
    assert len(shades) >= 5
    assert all(len(colours) == 1 for colours in shades.values())
    assert len(set.union(*shades.values())) == len(shades)


def test_the_handle_is_a_ring_where_it_was_put(play: KlPlay) -> None:
    play.clearFocus()
    play.set_point(1.5, 1.5)
    seen, at = painted.pixels(play), play.pixel_at(1.5, 1.5).toPoint()
    tokens = theme.tokens_of(play)
    assert tuple(seen[at.y(), at.x()]) == painted.rgb(tokens.surface)
    ring = painted.of_colour(seen, tokens.accent, near=20)
    left, top, right, bottom = painted.box_of(ring[:, : int(play.plot_rect().right())])
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((at.x(), at.y()), abs=1)
    assert right - left == pytest.approx(13, abs=2)


def test_the_density_beside_it_is_q(play: KlPlay) -> None:
    play.set_point(-1.0, 0.5)
    seen = painted.of_colour(painted.pixels(play), theme.tokens_of(play).accent, near=90)
    left = play.plot_rect().right() + BETWEEN
    wide, high = 400 - left - 2, 200 - TOP - 34
    top = 1.15 / (0.5 * math.sqrt(2 * math.pi))
    for x in (-2.0, -1.0, 0.0):
        density = math.exp(-0.5 * ((x + 1) / 0.5) ** 2) / (0.5 * math.sqrt(2 * math.pi))
        at = QPointF(left + (x + 4.5) / 9 * wide, TOP + high - density / top * high).toPoint()
        assert seen[at.y() - 2 : at.y() + 3, at.x() - 1 : at.x() + 2].any(), x


@pytest.mark.parametrize(("width", "word"), [(260, "N("), (700, "q = N(")])
def test_words_say_the_value_and_are_shorter_where_there_is_little_room(
    play: KlPlay, monkeypatch: pytest.MonkeyPatch, width: int, word: str
) -> None:
    play.resize(width, 200)
    play.set_point(-1.0, 0.5)
    said = [text for text, _ in painted.written(monkeypatch, kl_play, play.grab)]
    assert f"KL {kl(-1, 0.5):.3f} nats" in said
    assert f"{word}\u22121.00, 0.50\u00b2)" in said


def test_the_map_is_drawn_once_for_a_size_and_a_theme(
    play: KlPlay, qapp: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    original = kl_play._map
    monkeypatch.setattr(kl_play, "_map", lambda *given: made.append(given) or original(*given))
    for mu in (-1.0, 0.0, 1.0):
        play.set_point(mu, 1.0)
        painted.pixels(play)
    assert len(made) <= 1
    play.resize(420, 200)
    painted.pixels(play)
    theme.apply(qapp, "dark")
    painted.pixels(play)
    theme.apply(qapp, "light")
    assert len(made) >= 2
