"""The past of the state: a step a gesture, bounded in number and in what it alone keeps alive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.app.history.sizes import Scales
from explorer.app.parts.naming import kind_name
from explorer.app.parts.planes import FIRST, LATENT, SAMPLE, PlaneStates, plane_fields
from explorer.app.parts.rules import Undo, rules_of
from explorer.app.planes import all_planes
from explorer.app.snapshot import Snapshot
from explorer.models.config import Codes
from explorer.training.record.moment import Moment

RULES = rules_of(Snapshot)

CHOSEN = tuple(name for name, rule in RULES.items() if rule.undo is Undo.ALWAYS)
"""What the user changes: undone at any time."""

SHOWN = tuple(name for name, rule in RULES.items() if rule.undo is Undo.IDLE)
"""What is shown, and what is known of it: undone while nothing trains."""

IN_SPACE = frozenset(name for name, rule in RULES.items() if rule.in_space)
MOST_STEPS = 200
MOST_BYTES = 2**28  # of memory: some dozens of models, or a few large data sets; more is not missed

Step = Mapping[str, Any]  # fields as they were before a gesture; those of SHOWN or none of them


class Past:
    """Steps back and forth. A gesture is held until the next one, or an undo, asks for its end."""

    def __init__(self) -> None:
        self._back: list[Step] = []
        self._forth: list[Step] = []
        self._held: Step | None = None
        self._gesture: object = None
        self._scales = Scales()

    def mark(self, now: Snapshot, gesture: object, *, whole: bool) -> None:
        """Remember ``now``, unless ``gesture`` is what is going on already."""
        if gesture is not None and gesture == self._gesture:
            return
        self._settle(now)
        self._held, self._gesture = _step(now, whole=whole or now.training == "idle"), gesture

    def back(self, now: Snapshot) -> dict[str, Any] | None:
        """The fields before the last gesture; None where there is none, or not while training."""
        self._settle(now)
        return self._travel(now, self._back, self._forth)

    def forth(self, now: Snapshot) -> dict[str, Any] | None:
        """The fields before the last step back; None where there is none."""
        self._settle(now)
        return self._travel(now, self._forth, self._back)

    def _settle(self, now: Snapshot) -> None:
        """The gesture has ended: it is a step if it changed anything."""
        held, self._held, self._gesture = self._held, None, None
        if held is None or not (_changed(held, now) or _trains(held, now)):
            return
        self._forth.clear()
        self._back = [*self._back[1 - MOST_STEPS :], held]
        if not _whole(held) or any(held[name] is not getattr(now, name) for name in SHOWN):
            while self._back and self.weight(now) > MOST_BYTES:
                self._back.pop(0)

    def _travel(self, now: Snapshot, source: list[Step], to: list[Step]) -> dict[str, Any] | None:
        while source and not _trains(source[-1], now):
            fields = _fitting(source.pop(), now)
            if _changed(fields, now):
                to.append(_step(now, whole=now.training == "idle"))
                return fields
        return None

    def weight(self, now: Snapshot) -> int:
        """Bytes of the arrays that only the past keeps alive."""
        kept = [step[name] for step in (*self._back, *self._forth) if _whole(step)
                for name in SHOWN]  # fmt: skip
        return self._scales.weigh(kept, [getattr(now, name) for name in SHOWN])


def _step(now: Snapshot, *, whole: bool) -> Step:
    return {name: getattr(now, name) for name in ((*CHOSEN, *SHOWN) if whole else CHOSEN)}


def _whole(step: Step) -> bool:
    return "model" in step


def _trains(step: Step, now: Snapshot) -> bool:
    """Whether a step is of before the training that is going on: the next moment would undo it."""
    return _whole(step) and now.training != "idle"


def _fitting(step: Step, now: Snapshot) -> dict[str, Any]:
    """The part of a step that makes sense beside what is shown, with what is known since."""
    if _whole(step):
        return {**step, "planes": _planes_open(step, now), **_known(step, now)}
    if _length(step["z"]) == _length(now.z):
        return {**step, "planes": _planes_open(step, now)}
    fields = {name: value for name, value in step.items() if name not in IN_SPACE}
    return {**fields, "planes": _planes_fitting(_planes_open(step, now), now)}


def _planes_open(step: Step, now: Snapshot) -> PlaneStates:
    """As they were, without the views that are closed by now; those opened since stay as they are.

    Of another data set or another space they begin anew.
    """
    then: PlaneStates = step["planes"]
    same = _length(step["z"]) == _length(now.z) and step.get("dataset", now.dataset) is now.dataset
    opened = {name: replace(now.plane(name), cursor=None) for name in now.views if same}
    known = {**opened, **then}
    open_ = {name: known[name] for name in known if name in now.views or kind_name(name) == name}
    return then if open_.keys() == then.keys() else open_


def _planes_fitting(then: PlaneStates, now: Snapshot) -> PlaneStates:
    """Views and axes as they were, but for those in the other space; no cursor moves."""
    kept = {
        kind.name: now.plane(kind.name) if kind.in_space
        else replace(then.get(kind.name, FIRST), cursor=now.plane(kind.name).cursor)
        for kind in all_planes(now)
    }  # fmt: skip
    return {**then, **kept}


def _known(step: Step, now: Snapshot) -> dict[str, Any]:
    """What has been found out since about the same things stays known."""
    if step["dataset"] is not now.dataset:
        return {}
    moments = now.moments if _same_run(step["moments"], now.moments) else step["moments"]
    codes = [step["codes"], *(moment.codes for moment in moments if moment.model is step["model"])]
    codes += [now.codes] if step["model"] is now.model else []
    known: dict[str, Any] = {"moments": moments, "codes": max(codes, key=_count)}
    return known | ({} if now.pca is None else {"pca": now.pca, "pca_scores": now.pca_scores})


def _same_run(a: tuple[Moment, ...], b: tuple[Moment, ...]) -> bool:
    return [id(moment.model) for moment in a] == [id(moment.model) for moment in b]


def _count(codes: Codes | None) -> int:
    return 0 if codes is None else len(codes.index)


def _length(z: NDArray[np.float32] | None) -> int:
    return 0 if z is None else len(z)


def _changed(step: Step, now: Snapshot) -> bool:
    """Whether the user changed anything; z is not looked at where it only follows a plane."""
    follows = step.get("moved") == now.moved not in (LATENT, SAMPLE)
    looked_at = {*CHOSEN, "dataset", "model"} - ({"z"} if follows else set()) - {"planes"}
    if "planes" in step and plane_fields(step["planes"], now.planes):
        return True
    return any(_differs(step[name], getattr(now, name)) for name in step if name in looked_at)


def _differs(old: object, new: object) -> bool:
    if old is new:
        return False
    if isinstance(old, np.ndarray) or isinstance(new, np.ndarray):
        return not np.array_equal(old, new)  # type: ignore[arg-type]  # None equals no array
    return old != new
