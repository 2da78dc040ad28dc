"""The one place that holds what the program is about: a frozen snapshot, replaced, never edited."""

from __future__ import annotations

import dataclasses
import sys
import weakref
from collections.abc import Callable
from typing import Any

import numpy as np
import shiboken6
from PySide6.QtCore import QMetaMethod, QObject, Signal

from explorer.app.following import following
from explorer.app.history.past import Past
from explorer.app.parts.planes import is_plane_field, plane_fields
from explorer.app.parts.rules import rules_of
from explorer.app.snapshot import (
    DERIVED,
    NOTHING,
    Action,
    Bookmark,
    LayerAppearance,
    Message,
    Snapshot,
    View,
    replaced,
    space_of,
)

__all__ = [
    "FIELDS", "NOTHING", "Action", "Bookmark", "LayerAppearance", "Message", "Snapshot", "State",
    "View", "Watch", "space_of",
]  # fmt: skip

FIELDS = frozenset(f.name for f in dataclasses.fields(Snapshot))
SETTINGS = frozenset(name for name, rule in rules_of(Snapshot).items() if rule.setting)


class State(QObject):
    """Reads with ``now``, replaces with ``update``, tells with ``changed`` and ``watch``.

    ``mark`` remembers where we are before a gesture; ``undo`` goes back to the last mark.
    """

    changed = Signal(object, object)  # frozenset of field names, source
    travelled = Signal()  # by an undo or a redo: what moves by itself stands still

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told = QMetaMethod.fromSignal(self.changed)
        self._now = Snapshot()
        self._past = Past()
        self._watches: list[Watch] = []
        self._routes: dict[frozenset[str], list[Watch]] = {}  # who hears of which fields

    @property
    def now(self) -> Snapshot:
        """The present snapshot."""
        return self._now

    def update(self, source: object = None, **fields: object) -> None:
        """Replace fields and emit ``changed`` once for those that differ; arrays by identity.

        What would stand beside another subject than its own goes with it (`following`).
        """
        unknown = fields.keys() - FIELDS
        if unknown:
            raise TypeError(f"the state has no {sorted(unknown)}")
        fields |= following(self._now, fields)
        differing = {n: _frozen(v) for n, v in fields.items() if differs(getattr(self._now, n), v)}
        if differing:
            before = self._now
            self._now = replaced(before, differing)
            fields_changed = frozenset(differing)
            if "planes" in differing:
                fields_changed |= plane_fields(before.planes, self._now.planes)
            for watch in self._concerned(fields_changed):
                if not watch.hear() and watch in self._watches:
                    self._watches.remove(watch)
                    self._routes.clear()
            if self.isSignalConnected(self._told):  # to tell nobody costs as much as a watch
                self.changed.emit(fields_changed, source)

    def update_plane(self, name: str, source: object = None, **changes: object) -> None:
        """Replace axes, view or cursor of one plane."""
        self.update(source=source, planes=self._now.planes_with(name, **changes))

    def _concerned(self, fields: frozenset[str]) -> list[Watch]:
        route = self._routes.get(fields)
        if route is None:
            route = [watch for watch in self._watches if not watch.names.isdisjoint(fields)]
            route.sort(key=lambda watch: watch.last)  # and else in the order that they came in
            self._routes[fields] = route
        return route

    def renew(self, source: object = None, **fields: object) -> None:
        """Begin anew with another data set: all but the settings as on the first day."""
        fresh = Snapshot()
        others = {n: getattr(fresh, n) for n in FIELDS - SETTINGS}
        self.update(source=source, **{**others, **fields})

    def watch(self, names: str, listener: Callable[[], object], *, last: bool = False) -> Watch:
        """Call ``listener`` now and whenever one of the space-separated fields may have changed.

        What one plane has is a field, too, as "planes.pca.axes".
        ``listener`` is a bound method; it is held weakly, so a watch never keeps a widget alive.
        last: it hears after the others, as who asks for long work does, which would slow them down.
        """
        watch = Watch(fields_of(names), listener, last=last)
        self._watches.append(watch)
        self._routes.clear()
        listener()
        return watch

    def subject(self, names: str) -> Callable[[], bool]:
        """Whether the space-separated fields are still what they are now.

        It is handed to `Jobs.run` with a question, so that an answer about something that is no
        longer shown is thrown away.
        """
        fields_of(names)
        then = {name: value_of(self._now, name) for name in names.split()}
        return lambda: not any(differs(v, value_of(self._now, n)) for n, v in then.items())

    def mark(self, gesture: object = None, *, whole: bool = False) -> None:
        """Remember the present for ``undo``; call it before a gesture changes anything.

        gesture: marks of the same one that follow each other are one step. whole: the model shown
        is left by this gesture, though a training has not ended yet.
        """
        self._past.mark(self._now, gesture, whole=whole)

    def forget(self) -> None:
        """Here the past begins."""
        self._past = Past()

    def weight(self) -> int:
        """Bytes of the arrays that only the past keeps alive."""
        return self._past.weight(self._now)

    def undo(self) -> bool:
        """Go back to before the last gesture that changed anything; False where there is none."""
        return self._travel(self._past.back(self._now))

    def redo(self) -> bool:
        """Take the last ``undo`` back; False where there is none."""
        return self._travel(self._past.forth(self._now))

    def _travel(self, fields: dict[str, Any] | None) -> bool:
        if fields is None:
            return False
        self.travelled.emit()
        self.update(source=self, **{**fields, "preview": None})
        return True


class Watch:
    """One listener's subscription to some fields.

    Called by the state itself, not through a signal: a drag makes hundreds of calls a second, and
    a Qt slot costs twenty times a Python call.
    """

    def __init__(
        self, names: frozenset[str], listener: Callable[[], object], *, last: bool
    ) -> None:
        self.names, self.last = names, last
        self._listener: weakref.WeakMethod[Callable[[], Any]] = weakref.WeakMethod(listener)

    def hear(self) -> bool:
        """Call the listener; False once it is dead."""
        listener = self._listener()
        if listener is None or not alive(listener):
            return False
        try:
            listener()
        except Exception:  # noqa: BLE001 - one panel's fault must not silence the others
            sys.excepthook(*sys.exc_info())
        return True


def alive(method: Callable[[], object]) -> bool:
    """Whether the widget that a bound method is of is still there."""
    owner = getattr(method, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


def fields_of(names: str) -> frozenset[str]:
    """The fields that space-separated names speak of. Raises TypeError for one that is unknown."""
    found = frozenset(DERIVED.get(name, name) for name in names.split())
    unknown = {name for name in found - FIELDS if not is_plane_field(name)}
    if unknown:
        raise TypeError(f"the state has no {sorted(unknown)}")
    return found


def value_of(now: Snapshot, name: str) -> object:
    """A field of the state, or of one plane."""
    if name not in FIELDS and is_plane_field(name):
        _, plane, field = name.split(".")
        return getattr(now.plane(plane), field)
    return getattr(now, name)


def differs(old: object, new: object) -> bool:
    """Whether one value of the state is another; arrays are compared by identity."""
    if old is new:
        return False
    if isinstance(old, np.ndarray) or isinstance(new, np.ndarray):
        return True
    return bool(old != new)


def _frozen(value: object) -> object:
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    return value
