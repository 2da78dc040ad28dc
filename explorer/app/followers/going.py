"""A sample is a place: z goes to its code. And where z stands before the user has moved it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject

from explorer.analysis.latent import placing
from explorer.app.background.answers import Answers
from explorer.app.parts.naming import kind_name
from explorer.app.parts.planes import FIRST, LATENT, SAMPLE, PlaneState, PlaneStates
from explorer.app.planes import all_planes
from explorer.app.snapshot import Snapshot, Vector
from explorer.app.state import State
from explorer.compute.encoding.code import FindCode
from explorer.compute.latent.codebook import has_codebook
from explorer.models.config import Codes, ModelSnapshot


class Going(QObject):
    """Moves z to samples, and to where data is as a model or its codes come."""

    def __init__(self, state: State, answers: Answers, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._answers = state, answers
        self._placed: Vector | None = None  # by the program: the user's is another object
        self._waits: Vector | None = None  # the same, where it is yet to go to data
        self._axes: tuple[int, int] | None = None  # by the program too
        self._training = state.now.training
        self._went: Vector | None = None  # z, while it stands for the sample gone to
        self._sample: int | None = None  # that one
        state.watch("training", self._begin)
        state.watch("codes", self._on_codes)

    # -- to a sample ------------------------------------------------------------------------

    def go_to(self, sample: int, gesture: object = None) -> None:
        """Select a sample and hold its code in all dimensions, as one step of undo.

        The cursor of the PCA plane goes to its scores. Where the sample has no code, as it may be
        while a model is trained, it is found. Until the user moves z, or selects another, z stays
        with the sample: other moments of a training have other codes.
        """
        now = self._state.now
        if now.dataset is None or not 0 <= sample < len(now.dataset):
            return
        self._state.mark(gesture)
        code = code_of(now, sample)
        self._state.update(
            source=self, selection=np.array([sample], np.int64), preview=None,
            **_cursors(now, sample, now.z if code is None else code),
        )  # fmt: skip
        self._sample, self._went = sample, self._state.now.z
        if code is None:
            self._ask(sample)

    def _ask(self, sample: int) -> None:
        now = self._state.now
        if now.model is None or now.dataset is None:
            return
        question = FindCode(now.model, now.dataset, sample)
        self._answers.ask(question, self._arrive, owner=self, also="selection z")

    def _arrive(self, code: Vector) -> None:
        self._went = code
        self._state.update(source=self, z=code, preview=None)

    def _on_codes(self) -> None:
        """To the sample that z stands for, or else to data."""
        now, sample = self._state.now, self._sample
        if sample is None or now.z is not self._went or now.sample != sample:
            self._find()
        elif now.codes is not None:
            code = code_of(now, sample)
            if code is None:
                self._ask(sample)
            elif now.z is None or not np.array_equal(code, now.z):
                self._arrive(code)

    # -- before the user has moved it ---------------------------------------------------------

    def start(
        self, model: ModelSnapshot, codes: Codes | None, views: Sequence[str] | None = None
    ) -> dict[str, object]:
        """z and the axes of the latent plane for a model that is shown from now on.

        views: those that are turned to these axes; all where it is None.
        """
        middle = None if codes is None else placing.central(codes.mean)
        self._placed = np.zeros(model.config.latent_dim, np.float32) if middle is None else middle
        self._axes = (0, 1)
        if codes is not None and not has_codebook(model):
            self._axes = placing.telling(codes.mean, codes.kl_per_dim)
        self._waits = self._placed if codes is None else None
        following = self._state.now.planes_following()
        views = _latent_views(self._state.now) if views is None else views
        return {"z": self._placed, "moved": LATENT, "planes": turned(following, views, self._axes)}

    def _begin(self) -> None:
        """What a training makes is another space: its first codes, and its last, are data."""
        before, self._training = self._training, self._state.now.training
        if (before == "idle") != (self._training == "idle"):
            self._waits = self._placed

    def _find(self) -> None:
        """Go to data once there are codes, unless the user has moved z."""
        now = self._state.now
        if now.model is None or now.codes is None or now.z is not self._waits:
            return
        still = [view for view in _latent_views(now) if now.plane(view).axes == self._axes]
        found = self.start(now.model, now.codes, still)
        if LATENT not in still:
            self._axes = None
        self._state.update(source=self, **found)


def code_of(now: Snapshot, sample: int) -> Vector | None:
    """The code (d,) of a sample, if it is among those that are known."""
    if now.codes is None:
        return None
    rows = np.flatnonzero(now.codes.index == sample)
    return now.codes.mean[int(rows[0])].copy() if len(rows) else None


def _cursors(now: Snapshot, sample: int, z: Vector | None) -> dict[str, object]:
    """Each plane's cursor at the sample; where none knows its place, they follow z as ever."""
    places = {kind.name: kind.of_sample(now, sample) for kind in all_planes(now)}
    known = {n: replace(now.plane(n), cursor=at) for n, at in places.items() if at is not None}
    following = {**now.planes_following(), **known}
    return {"z": z, "moved": SAMPLE if known else LATENT, "planes": following}


def turned(states: PlaneStates, views: Sequence[str], axes: tuple[int, int]) -> PlaneStates:
    """The planes, where these views show these axes; what they show is of those that they had."""
    others = {view: PlaneState(axes) for view in views if states.get(view, FIRST).axes != axes}
    return {**states, **others} if others else states


def _latent_views(now: Snapshot) -> list[str]:
    """The first and the further ones."""
    return [LATENT, *(view for view in now.views if kind_name(view) == LATENT)]
