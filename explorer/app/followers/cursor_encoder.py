"""z follows the cursor of a plane that is moved: it is where the encoder puts the picture there."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QObject

from explorer.app.background.answers import Answers
from explorer.app.parts.naming import kind_name
from explorer.app.planes import plane_named, planes
from explorer.app.state import State
from explorer.compute.decoding.placing import EncodeCursor
from explorer.data.dataset import Floats


class CursorEncoder(QObject):
    """Asks for the z of the cursor that was moved last, of every kind of plane that has rows there.

    A kind that has a picture of its own at its cursor (``pictured``) gets its z with that picture.
    """

    def __init__(self, state: State, answers: Answers, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._answers = state, answers
        self._asked: tuple[object, ...] = ()
        state.watch("model planes moved", self._encode)

    def _encode(self) -> None:
        now = self._state.now
        moved = kind_name(now.moved)
        if moved not in planes or planes[moved].pictured or now.model is None:
            self._asked = ()
            return
        kind, model = plane_named(now.moved), now.model
        plane = now.plane(kind.name)
        asked = (kind.name, plane.cursor, plane.axes, id(model))
        if plane.cursor is None or asked == self._asked:
            return
        self._asked = asked
        rows = kind.unproject_rows(now, np.array([plane.cursor], np.float32))
        if rows is not None:
            self._answers.ask(
                EncodeCursor(model, rows), partial(self._show, kind.name), owner=self,
                also=f"planes.{kind.name}.axes",
            )  # fmt: skip

    def _show(self, name: str, z: Floats) -> None:
        """Unless something else is moved by now."""
        if self._state.now.moved == name:
            self._state.update(source=self, z=z[0], preview=None)
