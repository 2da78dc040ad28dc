"""Whether a widget can be seen: not in a closed dock, behind a tab or out of its window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def is_on_screen(widget: QWidget) -> bool:
    """Shown, and in part within everything that it stands in.

    Qt hides no dock behind another one's tab, but puts it outside of the window. Its own word,
    ``visibleRegion``, leaves out what opaque children cover: of a plane, that is all of it.
    """
    if not widget.isVisible():
        return False
    part, parent = widget.rect(), widget.parentWidget()
    while parent is not None and not widget.isWindow():
        part = part.translated(widget.pos()) & parent.rect()
        if part.isEmpty():
            return False
        widget, parent = parent, parent.parentWidget()
    return True
