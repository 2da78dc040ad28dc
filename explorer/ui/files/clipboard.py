"""What a clipboard or a drop holds for this program: files, a picture, or a reason why nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage, QImageWriter

from explorer.data.pictures.own import Pasted
from explorer.data.words.naming import printable

Found = list[str] | Pasted | str
LONGEST = 60  # letters of a text that a sentence quotes
FEW_LINES = 200  # of a text that may be paths


def dropped(data: QMimeData) -> Found:
    """Paths, or a picture dragged out of another program, or a sentence."""
    files = _files(data.urls())
    if files:
        return files
    if data.hasImage():
        return _picture(data, "the dropped picture")
    return "only files and folders of this machine can be opened"


def pasted(data: QMimeData | None) -> Found:
    """Paths, copied as files or as text; or a picture; or a sentence."""
    if data is None:
        return "the clipboard is empty"
    files = _files(data.urls())
    if files:
        return files
    if data.hasImage():
        return _picture(data, "the pasted picture")
    return _paths(data.text()) if data.hasText() else _nothing(data.formats())


def _nothing(formats: Sequence[str]) -> str:
    what = "holds neither a picture nor files" if formats else "is empty"
    return f"the clipboard {what}: copy a picture, or files in a file manager"


def _files(urls: Sequence[QUrl]) -> list[str]:
    return [url.toLocalFile() for url in urls if url.isLocalFile()]


def _picture(data: QMimeData, name: str) -> Found:
    image, buffer = QImage(data.imageData()), QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setCompression(0)  # it is read again at once
    if image.isNull() or not writer.write(image):
        return f"{name} cannot be read: save it as a file and open that"
    return Pasted(name, bytes(buffer.data().data()))


def _paths(text: str) -> Found:
    """The files that the lines of a text name, if they all are there."""
    lines = [line.strip().strip("\"'") for line in text.strip().splitlines()[:FEW_LINES]]
    paths = [_path(line) for line in lines if line]
    if paths and all(path is not None for path in paths):
        return [path for path in paths if path is not None]
    quoted = printable(" ".join(text.split())[:LONGEST])
    return f"the clipboard holds text that names no file: \u201c{quoted}\u201d"


def _path(line: str) -> str | None:
    named = QUrl(line).toLocalFile() if line.startswith("file:") else line
    try:
        path = Path(named).expanduser()
        return str(path) if named and path.exists() else None
    except (OSError, ValueError, RuntimeError):  # no path, or nobody's home
        return None
