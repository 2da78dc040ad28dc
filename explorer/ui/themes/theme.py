"""Colours, sizes and the style sheet, in one place, for both themes.

The tokens travel in the application's palette, so every widget can read them from its own palette
with `tokens_of` and hears of a change as an ordinary PaletteChange event.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from explorer import paths
from explorer.ui.themes.switch import ThemeSwitch

GRID = 8
INSIDE = 12
CORNER = 6
TEXT, SMALL, BIG = 13, 11, 16
APPLIED = "theme"  # the application's property that names its theme
CHECKED = {"light": "#1F5FD6", "dark": "#3D74D9"}  # the ground of a white check mark


@dataclass(frozen=True)
class Tokens:
    """The named colours of one theme; text on window or surface has a contrast of 4.5 or more."""

    name: str
    window: str
    surface: str
    hairline: str
    text: str
    quiet: str
    accent: str
    warn: str
    bad: str


LIGHT = Tokens(
    "light", "#F6F6F4", "#FFFFFF", "#DEDEDA", "#1D2126", "#5F6772", "#1F5FD6", "#B45309", "#B42318"
)
DARK = Tokens(
    "dark", "#15171B", "#1D2025", "#30343B", "#E7E9EC", "#9BA3AE", "#7AA7FF", "#F0B35A", "#FF8A80"
)

ROLES = Tokens("roles", *(f"palette({role})" for role in (
    "window", "base", "mid", "text", "placeholder-text", "highlight", "link-visited", "bright-text"
)))  # fmt: skip
"""What the tokens are called in a style sheet, where Qt looks them up in the palette."""

# Okabe & Ito (2008), its black standing for "the text colour", then Tol's muted scheme (2021).
_CLASS_COLOURS = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442", "text",
    "#882255", "#44AA99", "#332288", "#999933", "#AA4499", "#117733", "#88CCEE", "#DDCC77",
)  # fmt: skip
_SHADES = {"light": (100, 80, 65, 50), "dark": (100, 125, 80, 150)}  # percent of lightness
MOST_COLOURS = 127  # of points


def tokens_of(widget: QWidget) -> Tokens:
    """The tokens of the theme that ``widget`` is painted in."""
    return DARK if widget.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def class_colour(label: int, tokens: Tokens) -> QColor:
    """The colour of class ``label``; beyond the safe sixteen, hues are repeated in other shades.

    Never so light or dark that they sink into the ground. Points have 127 colours at most.
    """
    label %= MOST_COLOURS
    name = _CLASS_COLOURS[label % len(_CLASS_COLOURS)]
    colour = QColor(tokens.text if name == "text" else name)
    if tokens is DARK and name in ("#332288", "#882255", "#117733"):
        colour = colour.lighter(170)  # these three sink into the dark ground
    if tokens is LIGHT and name == "#F0E442":
        colour = colour.darker(120)  # yellow sinks into the light one
    shades = _SHADES[tokens.name]
    return colour.lighter(shades[label // len(_CLASS_COLOURS) % len(shades)])


def class_lut(count: int, tokens: Tokens) -> NDArray[np.uint8]:
    """(k, 4) RGBA of ``count`` classes, k at most 127; without classes one colour, the accent."""
    colours = [class_colour(i, tokens) for i in range(min(count, MOST_COLOURS))] or [
        QColor(tokens.accent)
    ]
    return np.array([(c.red(), c.green(), c.blue(), 255) for c in colours], np.uint8)


def font(size: int = TEXT, *, bold: bool = False) -> QFont:
    """The system's font in one of the three sizes, with tabular figures."""
    made = QFont(QGuiApplication.font())
    made.setPixelSize(size)
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def apply(app: QApplication, name: str = "system") -> Tokens:
    """Dress the application: "light", "dark" or "system"; returns the tokens in force."""
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    app.styleHints().setColorScheme(schemes.get(name, Qt.ColorScheme.Unknown))
    dark = name == "dark" or (
        name == "system" and app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    )
    tokens = DARK if dark else LIGHT
    if app.property(APPLIED) is None:
        app.setProperty(APPLIED, tokens.name)
        app.setStyle("Fusion")
        app.setFont(font())
        app.setPalette(palette(tokens))
        app.setStyleSheet(style_sheet())
    elif app.property(APPLIED) != tokens.name:
        app.setProperty(APPLIED, tokens.name)
        app.setPalette(palette(tokens))
        _theme_switch(app).begin()
    return tokens


def _theme_switch(app: QApplication) -> ThemeSwitch:
    found = app.findChild(ThemeSwitch)
    return ThemeSwitch(app) if found is None else found


def palette(tokens: Tokens) -> QPalette:
    """The tokens as Qt's roles."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    made = QPalette(QColor(tokens.surface), QColor(tokens.window))
    for which, colour in {
        role.Window: tokens.window, role.Base: tokens.surface, role.AlternateBase: tokens.window,
        role.Button: tokens.surface, role.WindowText: tokens.text, role.Text: tokens.text,
        role.ButtonText: tokens.text, role.PlaceholderText: tokens.quiet, role.Mid: tokens.hairline,
        role.Dark: tokens.hairline, role.Light: tokens.surface, role.Midlight: tokens.hairline,
        role.Highlight: tokens.accent, role.Accent: tokens.accent, role.Link: tokens.accent,
        role.HighlightedText: tokens.surface, role.BrightText: tokens.bad,
        role.LinkVisited: tokens.warn, role.Shadow: CHECKED[tokens.name],
        role.ToolTipBase: tokens.surface, role.ToolTipText: tokens.text,
    }.items():  # fmt: skip
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, which, QColor(tokens.quiet))
    return made


def style_sheet() -> str:
    """What the palette cannot say: hairlines, corners, paddings, the focus ring.

    It is the same for each theme: colours are those of the palette, by the names of their roles.
    """
    t = ROLES
    arrow, check, close, float_ = (
        (paths.resources() / "icons" / f"{name}-any.svg").as_posix()
        for name in ("down", "check", "close", "float")
    )
    return f"""
    * {{ font-size: {TEXT}px; }}
    QMainWindow, QDialog {{ background: {t.window}; }}
    QMainWindow::separator {{ background: {t.hairline}; width: 1px; height: 1px; }}
    QMainWindow::separator:hover {{ background: {t.accent}; }}
    QDockWidget {{ background: {t.surface}; color: {t.text}; font-weight: 600;
        titlebar-close-icon: url("{close}"); titlebar-normal-icon: url("{float_}"); }}
    QDockWidget::close-button, QDockWidget::float-button {{ border: 0; background: transparent;
        icon-size: 14px; }}
    QDockWidget::title {{ background: {t.surface}; text-align: left; padding: 8px 12px 4px 12px; }}
    QDockWidget > QWidget {{ background: {t.surface}; }}
    Panel {{ background: {t.surface}; }}
    QLabel {{ background: transparent; }}
    QLabel#menuHead:disabled {{ color: {t.text}; }}
    QLabel[role="quiet"] {{ color: {t.quiet}; font-size: {SMALL}px; }}
    QLabel[role="head"] {{ font-weight: 600; }}
    QLabel[role="big"] {{ font-size: {BIG}px; font-weight: 600; }}
    QLabel[role="warn"] {{ color: {t.warn}; }}
    QLabel[role="caution"] {{ color: {t.warn}; font-size: {SMALL}px; }}
    QLabel[role="keys"] {{ color: {t.quiet}; font-size: {SMALL}px; border: 1px solid {t.hairline};
        border-radius: 4px; padding: 1px 6px; }}
    QLabel[role="note"] {{ background: {t.accent}; color: {t.surface}; border-radius: 4px;
        padding: 3px 8px; }}
    QFrame[role="card"] {{ background: {t.surface}; border: 1px solid {t.quiet};
        border-radius: 8px; }}
    QLineEdit[role="search"] {{ border: 0; border-bottom: 1px solid {t.hairline};
        border-radius: 0; padding: 6px 14px 10px 14px; font-size: {BIG}px; }}
    QLineEdit[role="search"]:focus {{ border: 0; border-bottom: 2px solid {t.accent};
        padding: 6px 14px 9px 14px; }}
    QToolBar {{ background: {t.surface}; border: 0; border-bottom: 1px solid {t.hairline};
        padding: 4px 8px; spacing: 4px; }}
    QToolBar::separator {{ background: {t.hairline}; width: 1px; margin: 6px 4px; }}
    QPushButton, QToolButton, QComboBox, QSpinBox, QDoubleSpinBox, QLineEdit {{
        background: {t.surface}; color: {t.text}; border: 1px solid {t.hairline};
        border-radius: {CORNER}px; padding: 4px 8px; min-height: 20px; }}
    QToolButton {{ border-color: transparent; }}
    QPushButton:hover, QToolButton:hover, QComboBox:hover {{ border-color: {t.quiet}; }}
    QPushButton:pressed, QToolButton:pressed {{ background: {t.hairline}; }}
    QToolButton:checked {{ background: {t.window}; border-color: {t.hairline}; color: {t.accent}; }}
    QPushButton[role="primary"] {{ background: {t.accent}; color: {t.surface};
        border-color: {t.accent}; font-weight: 600; }}
    QPushButton:disabled, QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled,
    QLineEdit:disabled {{ color: {t.quiet};
        background: {t.window}; border-color: {t.hairline}; }}
    QToolButton:disabled {{ color: {t.quiet}; }}
    QCheckBox {{ spacing: 8px; }}
    QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {t.quiet};
        border-radius: 3px; background: {t.surface}; }}
    QCheckBox::indicator:checked {{ background: palette(shadow); border-color: palette(shadow);
        image: url("{check}"); }}
    QCheckBox::indicator:focus, QCheckBox::indicator:hover {{ border-color: {t.accent}; }}
    QCheckBox::indicator:disabled {{ border-color: {t.hairline}; background: {t.window}; }}
    QPushButton:focus, QToolButton:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus,
    QLineEdit:focus {{ border: 2px solid {t.accent}; padding: 3px 7px; }}
    QToolButton[role="small"] {{ padding: 0; min-height: 16px; background: transparent; }}
    QToolButton[role="small"]:checked:!focus:!hover {{ border-color: transparent; }}
    QToolButton::menu-indicator {{ image: none; }}
    QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button,
    QDoubleSpinBox::down-button {{ width: 0; border: 0; }}
    QComboBox {{ combobox-popup: 0; }}
    QComboBox::drop-down {{ border: 0; width: 20px; }}
    QComboBox::down-arrow {{ image: url("{arrow}"); width: 12px; height: 12px; }}
    QComboBox QAbstractItemView {{ background: {t.surface}; border: 1px solid {t.hairline};
        selection-background-color: {t.accent}; selection-color: {t.surface}; }}
    QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {t.hairline}; }}
    QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {t.accent}; }}
    QSlider::handle:horizontal {{ width: 14px; height: 14px; margin: -5px 0; border-radius: 7px;
        background: {t.surface}; border: 2px solid {t.accent}; }}
    QSlider::handle:horizontal:focus {{ background: {t.accent}; }}
    QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled {{
        background: {t.hairline}; border-color: {t.hairline}; }}
    QTabBar {{ background: {t.surface}; }}
    QTabBar::tab {{ background: transparent; color: {t.quiet}; border: 0; padding: 6px 8px 4px 8px;
        margin-left: 4px; border-bottom: 2px solid transparent; }}
    QTabBar::tab:selected {{ color: {t.text}; border-bottom: 2px solid {t.accent}; }}
    QTabBar::tab:hover {{ color: {t.text}; }}
    QProgressBar {{ border: 0; border-radius: 2px; background: {t.hairline};
        max-height: 4px; min-height: 4px; }}
    QProgressBar::chunk {{ border-radius: 2px; background: {t.accent}; }}
    QScrollBar:vertical {{ width: 10px; background: transparent; margin: 0; }}
    QScrollBar:horizontal {{ height: 10px; background: transparent; margin: 0; }}
    QScrollBar::handle {{ background: {t.hairline}; border-radius: 4px; margin: 1px;
        min-height: 24px; min-width: 24px; }}
    QScrollBar::handle:hover {{ background: {t.quiet}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QMenu {{ background: {t.surface}; border: 1px solid {t.hairline}; padding: 4px; }}
    QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t.accent}; color: {t.surface}; }}
    QMenu::item:disabled {{ color: {t.quiet}; }}
    QMenu::separator {{ height: 1px; background: {t.hairline}; margin: 4px 8px; }}
    QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.hairline};
        padding: 4px; }}
    QScrollArea, QListView {{ border: 0; background: {t.surface}; }}
    """
