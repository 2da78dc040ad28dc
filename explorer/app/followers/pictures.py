"""The decoded pictures follow z: asked for as it moves, shown as they come, never a stale one."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot

from explorer.app.background.answers import Answers
from explorer.app.parts.naming import kind_name
from explorer.app.parts.planes import Place
from explorer.app.snapshot import Snapshot
from explorer.app.state import State
from explorer.compute.comparing.own import CompareOwn
from explorer.compute.comparing.sample import Compare, Comparison
from explorer.compute.decoding.latent import Decode, Decoded
from explorer.compute.decoding.linear import DecodeLinearly, LinearDecoded
from explorer.compute.question import Question
from explorer.errors import Cancelled, ExplorerError
from explorer.models.config import ModelSnapshot

PCA = "pca"
PATIENCE = 0.003  # seconds that a picture is waited for, so that it is seen with its z


class LivePictures(QObject):
    """Fills in ``decoded``, ``pca_decoded`` and ``comparison`` as what they depend on changes."""

    def __init__(self, state: State, answers: Answers, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._answers = state, answers
        self._at_work: ModelSnapshot | None = None  # its module is in the lane
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._on_soon_timeout)
        state.watch("model z preview pca planes.pca.axes", self._decode)
        state.watch("model pca selection own dataset", self._compare)
        state.watch("model pca planes.pca.axes planes.pca.cursor", self._decode_linear)
        state.watch("z", self._follow)
        state.watch("seen", self._see)

    def _decode(self) -> None:
        """Ask for the picture at z; in training, once the moment's points have been shown."""
        now = self._state.now
        if now.model is self._at_work:
            self._ask_decoded(PATIENCE)
        elif now.training == "running":
            self._soon.start()
        else:
            self._ask_decoded(0.0)

    @Slot()
    def _on_soon_timeout(self) -> None:
        self._ask_decoded(0.0)

    def _ask_decoded(self, patience: float) -> None:
        now = self._state.now
        if now.model is None or now.shown_z is None:
            return
        if len(now.shown_z) != now.model.config.latent_dim:
            return
        pca = now.pca if PCA in now.seen else None  # nobody would see what PCA makes of it
        question = Decode(now.model, now.shown_z, pca, now.plane(PCA).axes)
        self._answers.ask(
            question, self._show_decoded, owner=self, patience=patience,
            failed=partial(self._show_none, "decoded"),
        )  # fmt: skip

    def _show_decoded(self, decoded: Decoded) -> None:
        """While dragged, that of the z of a moment ago is shown until the next is there."""
        self._at_work = self._state.now.model
        if _cursor(self._state.now) is None:
            self._state.update(source=self, decoded=decoded, pca_decoded=decoded.linear)
        else:
            self._state.update(source=self, decoded=decoded)

    def _decode_linear(self) -> None:
        now = self._state.now
        cursor, view = _cursor(now), _view(now)
        if now.pca is None or now.dataset is None or (cursor is None and now.model is None):
            self._state.update(source=self, pca_decoded=None)
            return
        if (
            PCA not in now.seen and kind_name(now.moved) != PCA
        ):  # z does not follow its picture either
            self._state.update(source=self, pca_decoded=None)
            return
        if cursor is None:  # then `decode` answers for both planes
            if now.decoded is None or now.pca_decoded is not now.decoded.linear:
                self._decode()
            return
        point = np.array(cursor, np.float32)
        axes = now.plane(view).axes
        question = DecodeLinearly(now.dataset, now.pca, axes, point, now.model, view)
        self._answers.ask(
            question, self._show_linear, owner=self,
            failed=partial(self._show_none, "pca_decoded"),
        )  # fmt: skip

    def _see(self) -> None:
        """What was left out while no view showed the PCA plane is asked for once one does."""
        now = self._state.now
        if PCA not in now.seen or now.pca_decoded is not None:
            return
        if _cursor(now) is None:
            self._decode()
        else:
            self._decode_linear()

    def _follow(self) -> None:
        """z that is not where the PCA picture is put, as an undo may give it back, goes there."""
        now = self._state.now
        known = None if now.pca_decoded is None else now.pca_decoded.z
        if kind_name(now.moved) == PCA and known is not None and known is not now.z:
            self._decode_linear()

    def _show_linear(self, decoded: LinearDecoded) -> None:
        now = self._state.now
        if _cursor(now) is None:
            return  # z is moved again, and the picture of its decoded one is on its way
        follows = kind_name(now.moved) == PCA and decoded.z is not None
        self._state.update(source=self, pca_decoded=decoded, z=decoded.z if follows else now.z)

    def _compare(self) -> None:
        """Ask about the sample selected first, or about the own picture that is looked at."""
        now = self._state.now
        question: Question[Comparison]
        if now.own is not None and now.preparation is not None:
            question = CompareOwn(now.own, now.preparation, now.dataset, now.model, now.pca)
        elif now.dataset is not None and now.sample is not None:
            question = Compare(now.dataset, now.sample, now.model, now.pca)
        else:
            self._state.update(source=self, comparison=None)
            return
        failed = partial(self._show_none, "comparison")
        self._answers.ask(question, self._show_comparison, owner=self, failed=failed)

    def _show_comparison(self, comparison: Comparison) -> None:
        self._state.update(source=self, comparison=comparison)

    def _show_none(self, name: str, error: ExplorerError) -> None:
        """Where there is no answer, the picture before is not left standing in its place."""
        if not isinstance(error, Cancelled):
            self._state.update(source=self, **{name: None})


def _view(now: Snapshot) -> str:
    """The view of the PCA plane that its one cursor is in: the one moved last, else the first."""
    return now.moved if kind_name(now.moved) == PCA else PCA


def _cursor(now: Snapshot) -> Place | None:
    """Where it was put; None while it follows z."""
    return now.plane(_view(now)).cursor
