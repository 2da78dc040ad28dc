"""Letters: the formulas' own travel with the program; where there are no others, it says so."""

from __future__ import annotations

import logging
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from explorer import paths

FORMULAS = "Explorer Formulas"  # the name inside the files of resources/fonts


@cache  # once a process: Qt forgets what it knows of fonts with each one that comes
def load() -> None:
    """Make the bundled letters known to Qt; early, before it has looked for any other."""
    for file in sorted((paths.resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def warn_without_any() -> None:
    """On a machine without any font (a bare server), letters would be boxes: say so once."""
    if not set(QFontDatabase.families()) - {FORMULAS}:
        logging.getLogger(__name__).warning(
            "no font is installed: install one (Debian: apt install fonts-dejavu-core)"
        )


def formula_font(size: float, *, italic: bool) -> QFont:
    """The letters of the formulas, the same on every machine."""
    load()
    face = QFont([FORMULAS, "serif"])
    face.setStyleHint(QFont.StyleHint.Serif)
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    face.setPixelSize(max(round(size), 1))
    face.setItalic(italic)
    return face
