"""Put something on the clipboard, and say so."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QImage

from explorer.app.session import Session


def copy_image(session: Session, image: QImage) -> None:
    """A picture."""
    QGuiApplication.clipboard().setImage(image.copy())
    session.say("Copied the picture")


def copy_text(session: Session, text: str, said: str = "Copied") -> None:
    """A text."""
    QGuiApplication.clipboard().setText(text)
    session.say(said)
