"""A picture on the screen as a file, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage

from explorer.errors import EnvironmentFault, ExplorerError
from explorer.writing import exported

SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp")


def export_image(image: QImage, target: str | Path, what: str = "the picture") -> Path:
    """Write ``image`` in the format that the name says, else as PNG; the path with its suffix.

    Raises EnvironmentFault.
    """
    out = Path(target)
    if out.suffix.lower() not in SUFFIXES:
        out = out.with_name(f"{out.name}.png")
    content = QBuffer()
    content.open(QBuffer.OpenModeFlag.WriteOnly)
    if not image.save(content, out.suffix[1:].upper()):  # type: ignore[call-overload]
        raise EnvironmentFault(f"{what} could not be written", where=out, remedy="save it as PNG")
    with exported(out, what) as file:
        file.write(content.data().data())
    return out


def told_export(image: QImage, target: str | Path, what: str = "the picture") -> tuple[str, str]:
    """The same, with what is to be said of it and in which tone."""
    try:
        return f"Exported to {export_image(image, target, what)}", "done"
    except ExplorerError as error:
        return str(error), "bad"
