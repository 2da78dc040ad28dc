"""Another theme is there at once, and the window is then what it would be had it opened so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QWidget

from explorer.ui.themes import theme
from explorer.ui.themes.switch import ThemeSwitch
from explorer.ui.widgets.legend.hover_card import HoverCard
from explorer.ui.window import MainWindow, open_window
from tests.ui.onscreen import idle


@pytest.fixture
def window(qtbot: Any, tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    made = _opened(qtbot, tmp_path / "a", "light")
    yield made
    made.close()
    theme.apply(qapp, "light")


def _opened(qtbot: Any, folder: Path, name: str) -> MainWindow:
    made = open_window("digits", settings_dir=folder)
    qtbot.addWidget(made)
    made.appearance.set_theme(name)
    qtbot.waitUntil(lambda: made.state.now.decoded is not None and not made.jobs.busy)
    made.session.put_away()
    _settle(qtbot)
    return made


def _settle(qtbot: Any) -> None:
    dresser = QApplication.instance().findChild(ThemeSwitch)
    qtbot.waitUntil(lambda: dresser is None or not dresser.busy)
    for _ in range(3):
        QApplication.processEvents()


def _pictures(window: MainWindow, qtbot: Any) -> list[QImage]:
    """The window with each dock in front in turn."""
    taken = []
    for name in ("training", "evidence", "applications", "generate", "formula", "probe", "samples"):
        window.findChild(QDockWidget, f"{name}Dock").raise_()
        _settle(qtbot)
        taken.append(window.grab().toImage())
    return taken


def test_after_a_switch_the_window_is_as_one_opened_in_that_theme(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    light = _pictures(window, qtbot)
    window.appearance.set_theme("dark")
    _settle(qtbot)
    dark = _pictures(window, qtbot)
    fresh = _opened(qtbot, tmp_path / "b", "dark")
    assert _pictures(fresh, qtbot) == dark
    fresh.close()
    window.appearance.set_theme("light")
    _settle(qtbot)
    assert _pictures(window, qtbot) == light and light != dark


class _Counter(QObject):
    """How often the style of a widget changes as a whole, which lays it out anew."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.StyleChange
        return False


def test_a_switch_changes_no_style_and_what_is_seen_first(window: MainWindow, qtbot: Any) -> None:
    idle(window, window.jobs)  # else what comes late differs, not what is dressed late
    counter = _Counter()
    for widget in window.findChildren(QWidget):
        widget.installEventFilter(counter)
    window.appearance.set_theme("dark")
    assert counter.count < 20  # of some 700: those with a sheet of their own
    QApplication.processEvents()
    seen = window.grab().toImage()
    _settle(qtbot)
    assert window.grab().toImage() == seen


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=lambda t: t.name)
def test_no_class_colour_sinks_into_the_ground(tokens: theme.Tokens) -> None:
    ground = _luminance(QColor(tokens.surface))
    for label in range(8):
        colour = _luminance(theme.class_colour(label, tokens))
        light, dark = max(ground, colour), min(ground, colour)
        assert (light + 0.05) / (dark + 0.05) >= 1.8, label


def _luminance(colour: QColor) -> float:
    """As WCAG 2.2 defines it."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    r, g, b = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_what_is_shown_before_its_turn_is_dressed(window: MainWindow) -> None:
    card = window.findChild(HoverCard)
    card.show()
    QApplication.processEvents()
    card.hide()
    window.appearance.set_theme("dark")
    assert QApplication.instance().findChild(ThemeSwitch).busy
    card.show()
    assert theme.tokens_of(card) is theme.DARK
    assert all(theme.tokens_of(label) is theme.DARK for label in card.findChildren(QLabel))
