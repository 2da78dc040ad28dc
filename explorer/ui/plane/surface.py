"""What layers and tools draw and act on: the points of one kind of plane, and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from explorer.app.parts.naming import kind_name
from explorer.app.planes import Plane, Positions
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.decoding.placing import EncodeRows, Project
from explorer.data.dataset import Floats
from explorer.ui.widgets.plane.frame import Point, View
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane
from explorer.ui.widgets.sight import Sight

Points = NDArray[np.float32]  # (m, 2)
NOWHERE = np.zeros((0, 2), np.float32)


class Surface(ScatterPlane):
    """A scatter plane over one kind of plane; its zoom is in the state, under its own name.

    position_fields, cursor_fields, projection_fields: what of the state the positions of samples,
    the cursor and the places of latent vectors follow from, for `State.watch`.
    """

    def __init__(
        self, kind: Plane, state: State, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.kind, self.state, self.session = kind, state, session
        axes = f"planes.{kind.name}.axes"
        self.position_fields = f"{kind.positions_of} {axes}"
        cursors = f"planes.{kind.name}.cursor planes.{kind_name(kind.name)}.cursor"
        self.cursor_fields = f"{kind.cursor_of} {axes} {cursors}"
        self.projection_fields = f"{kind.projects_of} {axes}"
        self.positions: Positions | None = None
        self.seen = False  # on the screen: what is not is asked for nothing
        self._sight = Sight(self.viewport(), self._on_sight_changed)
        self._wanted: dict[object, tuple[Floats, Callable[[Points], object]]] = {}
        self._asks = QTimer(self, singleShot=True, interval=0)
        self._asks.timeout.connect(self._on_asks_timeout)
        self.view_changed.connect(self._on_view_changed)
        state.watch(f"planes.{kind.name}.view", self._show_view)  # before any layer hears
        state.watch(self.position_fields, self._find_positions)

    def _find_positions(self) -> None:
        self.positions = self.kind.positions(self.state.now)

    def _show_view(self) -> None:
        self.show_view(self.state.now.plane(self.kind.name).view)

    @Slot(object)
    def _on_view_changed(self, view: View | None) -> None:
        self.state.mark(self.gesture.now)
        self.state.update_plane(self.kind.name, self, view=view)

    def _on_sight_changed(self, seen: bool) -> None:
        """What is drawn here, and asked for only where it is seen, is asked for from now on."""
        self.seen, name, views = seen, kind_name(self.kind.name), list(self.state.now.seen)
        if seen:
            views.append(name)
        elif name in views:
            views.remove(name)
        self.state.update(source=self, seen=tuple(views))
        self._asks.start()

    def leave(self) -> None:
        """It is being hidden, and may be deleted: it asks for nothing from now on."""
        self._sight.leave()

    # -- samples ----------------------------------------------------------------------------

    def of_samples(self, samples: NDArray[np.int64]) -> Points:
        """Where samples (m,) lie; fewer, where the places of some are not known."""
        there = self.positions
        if there is None or not len(samples):
            return NOWHERE
        return there.xy[np.flatnonzero(np.isin(there.index, samples))]

    def sample_of(self, row: int) -> int | None:
        """The sample of a row of the points."""
        there = self.positions
        return None if there is None or row >= len(there.index) else int(there.index[row])

    # -- latent vectors ---------------------------------------------------------------------

    def place(self, asker: object, z: Floats, then: Callable[[Points], object]) -> None:
        """Tell where latent vectors (m, d) lie: now, or once it is known and the plane is seen.

        asker: what it asks for next takes the place of this.
        """
        self._wanted.pop(asker, None)
        if not len(z):
            then(NOWHERE)
        elif not self.kind.of_pictures:
            xy = self.kind.project_z(self.state.now, z)
            then(NOWHERE if xy is None else xy)
        else:
            self._wanted[asker] = (z, then)
            self._asks.start()

    @Slot()
    def _on_asks_timeout(self) -> None:
        """All that was asked for since, in one question."""
        now, wanted = self.state.now, dict(self._wanted)
        if not wanted or now.model is None or not self.seen:
            return
        d = now.model.config.latent_dim
        wanted = {asker: ask for asker, ask in wanted.items() if ask[0].shape[1] == d}
        if wanted:
            z = np.concatenate([ask[0] for ask in wanted.values()])
            lay = partial(self.kind.project_rows, now)
            self.session.answers.ask(
                Project(now.model, z, lay), partial(self._tell_places, wanted), owner=self,
                also=self.projection_fields,
            )  # fmt: skip

    def _tell_places(
        self, wanted: dict[object, tuple[Floats, Callable[[Points], object]]], xy: Points
    ) -> None:
        """Where it was hidden meanwhile, it is asked anew as it is seen."""
        start = 0
        for asker, ask in wanted.items() if self.isVisible() else ():
            end = start + len(ask[0])
            if self._wanted.get(asker) is ask:
                del self._wanted[asker]
                ask[1](xy[start:end])
            start = end

    def unproject(self, points: Sequence[Point], then: Callable[[Floats], object]) -> None:
        """Tell which z (m, d) points stand for: now, or once it is known; else say why not."""
        now, at = self.state.now, np.array(points, np.float32).reshape(-1, 2)
        known = [self.kind.unproject_z(now, (float(a), float(b))) for a, b in points]
        z = [one for one in known if one is not None]
        rows = None if z else self.kind.unproject_rows(now, at)
        if z:
            then(np.stack(z))
        elif rows is not None and now.model is not None:
            self.session.answers.ask(EncodeRows(now.model, rows), then, owner=self)
        elif self.kind.immovable(now):
            self.session.say(self.kind.immovable(now))
