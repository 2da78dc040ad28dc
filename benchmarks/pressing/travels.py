"""A deed: undo everything and redo everything, after which all is as it was."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from benchmarks.pressing import gestures, rules
from benchmarks.pressing.deeds import deed
from explorer.app.history.past import CHOSEN, SHOWN
from explorer.app.snapshot import Snapshot

if TYPE_CHECKING:
    from benchmarks.pressing.presser import Presser

MOST = 500  # steps one way
LOOKED_AT = 0.1  # of the steps are followed by a look at the window
KNOWN = {"codes", "pca", "pca_scores", "moments"}  # what may be found out meanwhile


@deed(often=1)
def there_and_back(presser: Presser, rng: random.Random) -> str:
    """Take back all that was done, and do it all again."""
    presser.window.plane_area.plane.setFocus()  # what was being typed is typed
    if presser.window.state.now.training != "idle" or not presser.settle():
        return "something is going on"
    before = presser.window.state.now
    back = _steps(presser, rng, gestures.CTRL)
    _look(presser, f"after {back} undos")
    forth = _steps(presser, rng, gestures.CTRL | gestures.SHIFT, back)
    if _look(presser, f"after {back} undos and {forth} redos"):
        now = presser.window.state.now
        for name in (*CHOSEN, *SHOWN):
            if not same(name, before, now):
                was, now_is = short(before, name), short(now, name)
                presser.notice(f"back and forth: {name} was {was} and is {now_is}")
    return f"{back} undos, {forth} redos"


def _steps(
    presser: Presser, rng: random.Random, keys: Qt.KeyboardModifier, most: int = MOST
) -> int:
    """Press the key until nothing changes, or so often."""
    for done in range(most):
        before = presser.window.state.now
        QTest.keyClick(presser.window.windowHandle(), Qt.Key.Key_Z, keys)
        now = presser.window.state.now
        if all(getattr(before, name) is getattr(now, name) for name in (*CHOSEN, *SHOWN)):
            return done
        if rng.random() < LOOKED_AT:
            presser.settle(0.05)
    return most


def _look(presser: Presser, when: str) -> bool:
    """Whether it became still; what does not hold is told."""
    if not presser.settle():
        return False
    for said in rules.broken(presser.window, presser.truth):
        presser.notice(f"{when}: {said}")
    return True


def same(name: str, before: Snapshot, now: Snapshot) -> bool:
    """Whether a field is what it was, as far as it does not follow another one."""
    follows = {"pca": "z"}.get(now.moved)
    old, new = getattr(before, name), getattr(now, name)
    if name in KNOWN:
        return _KNOWN[name](old, new)
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray):
        close = rules.CLOSE if name == follows else {"rtol": 0, "atol": 0}
        return old.shape == new.shape and np.allclose(old, new, equal_nan=True, **close)
    if isinstance(old, np.ndarray) or isinstance(new, np.ndarray):
        return False
    return bool(old == new)


_KNOWN: dict[str, Callable[..., bool]] = {
    "codes": lambda old, new: old is None or (
        new is not None and new.model_id == old.model_id and len(new.index) >= len(old.index)),
    "pca": lambda old, new: old is None or new is not None,
    "pca_scores": lambda old, new: old is None or new is not None,
    "moments": lambda old, new: [m.model.id for m in old] == [m.model.id for m in new],
}  # fmt: skip


def short(now: Snapshot, name: str) -> str:
    """A field in a few words."""
    return " ".join(f"{getattr(now, name)!r}".split())[:100]
