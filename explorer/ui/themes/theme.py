"""Colours, sizes and the style sheet, in one place, for both themes.

The tokens travel in the application's palette, so every widget can read them from its own palette
with `tokens_of` and hears of a change as an ordinary PaletteChange event.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from explorer.ui.themes.style_sheet import filled
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
    """The style sheet of the application, whose colours follow the palette."""
    sizes = {"text_px": TEXT, "small_px": SMALL, "big_px": BIG, "corner_px": CORNER}
    return filled({**asdict(ROLES), **sizes})
