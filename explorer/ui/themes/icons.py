"""One family of line icons, recoloured from the theme."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from explorer import paths
from explorer.ui.themes.theme import Tokens

SIZE = 20
FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#000000"'
    ' stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">{}</svg>'
)
FAINT = 0.6  # opacity of what is disabled


def icon(name: str, tokens: Tokens) -> QIcon:
    """An icon in the text colour; faint when disabled.

    name: of ``resources/icons/<name>.svg``, or the shapes themselves, as '<path d="M4 20 20 4"/>':
    so that a tool needs no file but its own.
    """
    source = FRAME.format(name) if name.startswith("<") else _file(name)
    made = QIcon()
    made.addPixmap(_drawn(source, tokens.text), QIcon.Mode.Normal, QIcon.State.Off)
    made.addPixmap(_drawn(source, tokens.accent), QIcon.Mode.Normal, QIcon.State.On)
    made.addPixmap(_drawn(source, tokens.quiet, FAINT), QIcon.Mode.Disabled)
    return made


def _file(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def _drawn(source: str, colour: str, opacity: float = 1.0) -> QPixmap:
    key, kept = f"{source} {colour} {opacity}", QPixmap()
    if not QPixmapCache.find(key, kept):
        kept = _rendered(source, colour, opacity)
        QPixmapCache.insert(key, kept)
    return kept


def _rendered(source: str, colour: str, opacity: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(source.replace("#000000", colour).encode()))
    pixmap = QPixmap(SIZE * 2, SIZE * 2)  # drawn at twice the size, sharp on dense screens
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    renderer.render(painter, QRectF(0, 0, SIZE, SIZE))
    painter.end()
    return pixmap
