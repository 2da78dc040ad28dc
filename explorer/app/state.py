"""The one place that holds what the program is about: a frozen snapshot, replaced, never edited."""

from __future__ import annotations

import dataclasses
import sys
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QMetaMethod, QObject, Signal

from explorer.analysis.paths import LatentPath
from explorer.analysis.pca import Pca
from explorer.compute import Comparison, Decoded, LinearDecoded
from explorer.compute.paths import Film, Survey
from explorer.data.dataset import Dataset
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.training.config import TrainingConfig
from explorer.training.history import TrainingSnapshot

Vector = NDArray[np.float32]
Index = NDArray[np.int64]

NOTHING = np.zeros(0, dtype=np.int64)
NOTHING.flags.writeable = False


@dataclass(frozen=True)
class Action:
    """What the user may do about a message. text: a verb, as on a button."""

    text: str
    act: Callable[[], object]


@dataclass(frozen=True)
class Message:
    """A sentence for the message bar. tone: "hint", "done", "warn" or "bad".

    actions: one to three things to do about it, the likeliest first; such a message stays until it
    is answered or put away (`explorer.app.asking`). seen: what follows from either. holds: whether
    it is true still; one that is not does not come back.
    """

    text: str
    tone: str = "hint"
    details: str = ""
    actions: tuple[Action, ...] = ()
    seen: Callable[[], object] | None = None
    holds: Callable[[], bool] | None = None


@dataclass(frozen=True)
class LayerLook:
    """How a layer of the latent plane is shown. opacity: 0 to 1."""

    visible: bool = True
    opacity: float = 1.0


@dataclass(frozen=True, eq=False)
class Bookmark:
    """A named z: (d,). space: the `space_of` the model it was set in."""

    name: str
    z: Vector
    space: str


def space_of(model: ModelSnapshot) -> str:
    """The same for two models whose z mean alike: one configuration on one data set."""
    return f"{model.data.get('hash', '')} {model.config!r}"


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Everything on screen follows from this value.

    codes: of ``model`` and ``dataset``, whatever was asked for: `State.update` drops all others.
    z: (d,) the held latent vector; preview: (d,) what the pointer shows in passing, or None.
    decoded: the newest answer for the shown z. pca_scores: (n, k) of every sample.
    pca_point: (2,) the cursor of the PCA plane in ``pca_axes``; pca_decoded: its picture.
    lead: "latent" or "pca", the plane the hand moves in; the other one's cursor follows.
    hover: a sample, or None.
    plane_axes: the two latent dimensions that the plane shows. muted: classes shown faintly.
    follow: whether the picture follows the pointer. smooth: whether pictures are smoothed.
    selection: (m,) sample positions; the first one is the sample that is compared.
    epoch: of the model shown. history: what the time line replays.
    training: "idle", "running", "paused" or "stopping".
    layers: the looks that differ from what their layers usually have, by the layers' names.
    path: a way through latent space; film: its pictures, survey: where it leaves the data, as far
    as they are known; path_at: how far along it the moving dot is, 0 to 1.
    mark_a, mark_b: (d,) the two ends that a path may join. bookmarks: of all models.
    """

    dataset: Dataset | None = None
    model: ModelSnapshot | None = None
    codes: Codes | None = None
    z: Vector | None = None
    preview: Vector | None = None
    decoded: Decoded | None = None
    pca: Pca | None = None
    pca_scores: Vector | None = None
    pca_axes: tuple[int, int] = (0, 1)
    pca_point: Vector | None = None
    pca_decoded: LinearDecoded | None = None
    lead: str = "latent"
    comparison: Comparison | None = None
    hover: int | None = None
    selection: Index = field(default_factory=lambda: NOTHING)
    muted: frozenset[int] = frozenset()
    plane_axes: tuple[int, int] = (0, 1)
    tool: str = "probe"
    follow: bool = False
    smooth: bool = False
    epoch: float | None = None
    history: tuple[TrainingSnapshot, ...] = ()
    training: str = "idle"
    model_config: ModelConfig = field(default_factory=ModelConfig)
    training_config: TrainingConfig = field(default_factory=TrainingConfig)
    message: Message | None = None
    layers: Mapping[str, LayerLook] = field(default_factory=dict)
    path: LatentPath | None = None
    film: Film | None = None
    survey: Survey | None = None
    path_at: float = 0.0
    mark_a: Vector | None = None
    mark_b: Vector | None = None
    bookmarks: tuple[Bookmark, ...] = ()

    @property
    def bookmarks_here(self) -> tuple[Bookmark, ...]:
        """Those of the model shown."""
        if self.model is None:
            return ()
        space = space_of(self.model)
        return tuple(mark for mark in self.bookmarks if mark.space == space)

    @property
    def whole_codes(self) -> Codes | None:
        """The codes, where they are of every sample and not of some as while training."""
        whole = self.codes is not None and len(self.codes.index) == len(self.dataset or ())
        return self.codes if whole else None

    @property
    def shown_z(self) -> Vector | None:
        """What the image shows: the preview while there is one, else the held z."""
        return self.z if self.preview is None else self.preview


FIELDS = frozenset(f.name for f in dataclasses.fields(Snapshot))
SETTINGS = frozenset(
    {"tool", "follow", "smooth", "training", "model_config", "training_config", "layers",
     "bookmarks"}
)  # fmt: skip
UNDOABLE = (
    "z", "selection", "plane_axes", "pca_axes", "muted", "layers", "path", "mark_a", "mark_b",
    "bookmarks",
)  # fmt: skip


OWNERS = ("dataset", "model", "codes")


class State(QObject):
    """Reads with ``now``, replaces with ``update``, tells with ``changed`` and ``watch``.

    ``mark`` remembers where we are before a gesture; ``undo`` goes back to the last mark.
    """

    changed = Signal(object, object)  # frozenset of field names, source

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told = QMetaMethod.fromSignal(self.changed)
        self._now = Snapshot()
        self._past: list[Snapshot] = []
        self._future: list[Snapshot] = []
        self._watches: list[Watch] = []
        self._routes: dict[frozenset[str], list[Watch]] = {}  # who hears of which fields

    @property
    def now(self) -> Snapshot:
        """The present snapshot."""
        return self._now

    def update(self, source: object = None, **fields: object) -> None:
        """Replace fields and emit ``changed`` once for those that differ; arrays by identity.

        Codes go where they would stand beside another model or data set than their own.
        """
        unknown = fields.keys() - FIELDS
        if unknown:
            raise TypeError(f"the state has no {sorted(unknown)}")
        if not fields.keys().isdisjoint(OWNERS):
            fields["codes"] = _owned(self._now, fields)
        differing = {n: _frozen(v) for n, v in fields.items() if _differs(getattr(self._now, n), v)}
        if differing:
            if source is not self and not differing.keys().isdisjoint(UNDOABLE):
                self._future.clear()
            self._now = dataclasses.replace(self._now, **differing)  # type: ignore[arg-type]
            fields_changed = frozenset(differing)
            for watch in self._concerned(fields_changed):
                if not watch.hear() and watch in self._watches:
                    self._watches.remove(watch)
                    self._routes.clear()
            if self.isSignalConnected(self._told):  # to tell nobody costs as much as a watch
                self.changed.emit(fields_changed, source)

    def _concerned(self, fields: frozenset[str]) -> list[Watch]:
        route = self._routes.get(fields)
        if route is None:
            route = [watch for watch in self._watches if not watch.names.isdisjoint(fields)]
            self._routes[fields] = route
        return route

    def renew(self, source: object = None, **fields: object) -> None:
        """Begin anew with another data set: all but the settings as on the first day, no past."""
        fresh = Snapshot()
        others = {n: getattr(fresh, n) for n in FIELDS - SETTINGS}
        self.forget()
        self.update(source=source, **{**others, **fields})

    def watch(self, names: str, listener: Callable[[], object]) -> Watch:
        """Call ``listener`` now and whenever one of the space-separated fields changed.

        ``listener`` is a bound method; it is held weakly, so a watch never keeps a widget alive.
        """
        watch = Watch(frozenset(names.split()), listener)
        self._watches.append(watch)
        self._routes.clear()
        listener()
        return watch

    def subject(self, names: str) -> Callable[[], bool]:
        """Whether the space-separated fields are still what they are now.

        It is handed to `Jobs.run` with a question, so that an answer about something that is no
        longer shown is thrown away.
        """
        unknown = frozenset(names.split()) - FIELDS
        if unknown:
            raise TypeError(f"the state has no {sorted(unknown)}")
        then = {name: getattr(self._now, name) for name in names.split()}
        return lambda: not any(_differs(v, getattr(self._now, n)) for n, v in then.items())

    def mark(self) -> None:
        """Remember the present for ``undo``; call it before a gesture changes anything."""
        if not self._past or any(
            getattr(self._past[-1], n) is not getattr(self._now, n) for n in UNDOABLE
        ):
            self._past = [*self._past[-199:], self._now]

    def undo(self) -> bool:
        """Go back to the last mark that differs; False where there is none."""
        return self._travel(self._past, self._future)

    def redo(self) -> bool:
        """Take the last ``undo`` back; False where there is none."""
        return self._travel(self._future, self._past)

    def forget(self) -> None:
        """Drop the past, as after another model or data set was opened."""
        self._past.clear()
        self._future.clear()

    def _travel(self, source: list[Snapshot], target: list[Snapshot]) -> bool:
        while source:
            then = source.pop()
            fields = {n: getattr(then, n) for n in UNDOABLE}
            if any(_differs(getattr(self._now, n), v) for n, v in fields.items()):
                target.append(self._now)
                self.update(source=self, preview=None, **fields)
                return True
        return False


class Watch:
    """One listener's subscription to some fields.

    Called by the state itself, not through a signal: a drag makes hundreds of calls a second, and
    a Qt slot costs twenty times a Python call.
    """

    def __init__(self, names: frozenset[str], listener: Callable[[], object]) -> None:
        if names - FIELDS:
            raise TypeError(f"the state has no {sorted(names - FIELDS)}")
        self.names = names
        self._listener: weakref.WeakMethod[Callable[[], Any]] = weakref.WeakMethod(listener)

    def hear(self) -> bool:
        """Call the listener; False once it is dead."""
        listener = self._listener()
        if listener is None or not _alive(listener):
            return False
        try:
            listener()
        except Exception:  # noqa: BLE001 - one panel's fault must not silence the others
            sys.excepthook(*sys.exc_info())
        return True


def _alive(method: Callable[[], object]) -> bool:
    owner = getattr(method, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


def _owned(now: Snapshot, fields: Mapping[str, Any]) -> Codes | None:
    """The codes after an update, if the model then shown made them of the data then shown."""
    model, codes = fields.get("model", now.model), fields.get("codes", now.codes)
    if codes is None or model is None or codes.model_id != model.id:
        return None
    moved = fields.get("dataset", now.dataset) is not now.dataset
    return None if moved and codes is now.codes else codes


def _differs(old: object, new: object) -> bool:
    if old is new:
        return False
    if isinstance(old, np.ndarray) or isinstance(new, np.ndarray):
        return True
    return bool(old != new)


def _frozen(value: object) -> object:
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    return value
