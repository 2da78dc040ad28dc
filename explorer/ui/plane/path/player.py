"""What follows from a path: its pictures, where it leaves the data, and travelling along it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from explorer.analysis.latent import paths
from explorer.analysis.latent.joins import joins
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.path import pictures
from explorer.compute.path.pictures import DecodePath, PathPictures
from explorer.compute.path.route import FindRoute
from explorer.compute.path.survey import MeasurePath, PathMeasurements
from explorer.data.dataset import Floats
from explorer.export.things import Thing
from explorer.models.config import ModelSnapshot

TICK_MS = 33
SECONDS = 4.0  # from one end of a path to the other
COUNT = 12  # pictures, until a strip says how many it has room for


class PathPlayer(QObject):
    """Fills in the state's ``path_pictures`` and ``survey``, and moves z along the path."""

    playing_changed = Signal()

    def __init__(self, state: State, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._session = state, session
        self._filmed: ModelSnapshot | None = None  # that the film is of
        self.loop = False
        self._count = COUNT
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._clock = QElapsedTimer()
        state.travelled.connect(self.pause)
        state.watch("path", self._begin)
        state.watch("path model codes", self._ask)
        state.watch("path_pictures codes", self._ask_survey)

    # -- questions --------------------------------------------------------------------------

    def set_count(self, count: int) -> None:
        """How many pictures there is room for."""
        if count != self._count:
            self._count = count
            self._ask()

    def _begin(self) -> None:
        self.pause()

    def _ask(self) -> None:
        now = self._state.now
        if now.path is None or now.model is None or len(now.path.points) < 2:
            return
        film = DecodePath(now.path, now.model, self._count)
        if joins[now.path.kind].over_codes and now.codes is not None:
            route = FindRoute(now.path, now.codes)
            self._session.answers.ask(route, partial(self._ask_film, film), owner=self)
        else:
            self._ask_film(film)

    def _ask_film(self, film: DecodePath, route: Floats | None = None) -> None:
        question = replace(film, route=route)
        shown = partial(self._show_film, film.model)
        self._session.answers.ask(question, shown, owner=self)

    def _show_film(self, model: ModelSnapshot, film: PathPictures) -> None:
        self._filmed = model
        self._state.update(source=self, path_pictures=film)

    def _ask_survey(self) -> None:
        """What is shown stays until the film of another model, and its survey, are there."""
        now = self._state.now
        if now.path_pictures is not None and now.model is not None and now.model is self._filmed:
            question = MeasurePath(now.model, now.path_pictures, now.codes)
            self._session.answers.ask(question, self._show_survey, owner=self)

    def _show_survey(self, survey: PathMeasurements) -> None:
        self._state.update(source=self, survey=survey)

    # -- travelling -------------------------------------------------------------------------

    @property
    def playing(self) -> bool:
        """Whether z travels by itself."""
        return self._timer.isActive()

    @Slot()
    def play(self) -> None:
        """Set out from where the dot is, from the start if it has arrived."""
        now = self._state.now
        if now.path_pictures is None or self.playing:
            return
        self._state.mark()
        if now.path_at >= 1:
            self.go(0.0)
        self._clock.start()
        self._timer.start()
        self.playing_changed.emit()

    @Slot()
    def pause(self) -> None:
        """Stay where it is."""
        if self.playing:
            self._timer.stop()
            self.playing_changed.emit()

    @Slot()
    def stop(self) -> None:
        """Back to the start."""
        self.pause()
        self._state.mark()
        self.go(0.0)

    def go(self, share: float) -> None:
        """Hold the z after ``share`` of the path's length, 0 to 1."""
        film = self._state.now.path_pictures
        if film is not None:
            self._state.update(source=self, path_at=float(share))
            self._session.move(paths.at(film.route, share))

    @Slot()
    def _on_timer_timeout(self) -> None:
        share = self._state.now.path_at + self._clock.restart() / 1000 / SECONDS
        if self._state.now.path_pictures is None:
            self.pause()
        elif share < 1:
            self.go(share)
        elif self.loop:
            self.go(share % 1)
        else:
            self.go(1.0)
            self.pause()

    # -- keeping ----------------------------------------------------------------------------

    def kept(self) -> Thing | None:
        """The path as what can leave: a strip of its pictures, a loop, its codes."""
        film, model = self._state.now.path_pictures, self._state.now.model
        return None if film is None or model is None else pictures.kept(model, film)
