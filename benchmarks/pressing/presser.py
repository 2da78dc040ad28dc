"""The random user: does a deed, waits until all is still, and looks whether all holds."""

from __future__ import annotations

import random
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.pressing import (
    arranged,
    controls,
    deeds,
    dialogs,
    exports,
    overlays,
    rules,
    screens,
    sights,
    travels,
    verbs,
    visits,
)
from benchmarks.pressing.hearing import Ear, listening
from benchmarks.pressing.popups import PopupAnswerer
from benchmarks.pressing.supplies import Supplies, prepare
from benchmarks.pressing.weighing import Heart
from explorer.ui.window import MainWindow

PARTS = (arranged, exports, overlays, sights, travels, verbs, visits)  # register themselves
HERE = Path(__file__).parent
WITHIN = ("control", "seldom", "resize")  # deeds that there are under a palette or a sheet, too
HURRIED = 0.25  # of the deeds are followed by the next one at once
BRIEF_MS = 1000  # what a timer for the next moments waits at most; others are not waited for
LIVELY_MS = 500  # of a repeating one: something is played
MOMENT = 0.3  # seconds that a training or a film is watched after a deed
TURN, TURNS = 0.002, 3  # seconds between two looks, and how often in a row nothing was seen to do
STUCK = 3  # times in a row that it did not become still before what runs is cancelled


@dataclass(frozen=True)
class Complaint:
    """What did not hold after which deed."""

    pressed: int
    deed: str
    text: str

    def __str__(self) -> str:
        return f"after {self.pressed} ({self.deed}): {self.text}"


class Presser:
    """Presses in ``window``; the same seed presses the same, as far as the window is the same.

    patience: seconds that it waits for the window to be still. epochs: of its trainings.
    """

    def __init__(
        self,
        window: MainWindow,
        supplies: Supplies,
        ear: Ear,
        *,
        seed: int = 0,
        patience: float = 4.0,
        epochs: tuple[int, ...] = (1, 3, 20, 200),
    ) -> None:
        self.window, self.supplies, self.epochs = window, supplies, epochs
        self.pressed, self.checked = 0, 0
        self.done: Counter[str] = Counter()
        self.touched: Counter[str] = Counter()  # widgets by their kinds
        self.complaints: list[Complaint] = []
        self.heart = Heart(window)
        self._ear, self._seed, self._patience = ear, seed, patience
        self._popups = PopupAnswerer(window, lambda: self._rng)
        self._rng = random.Random(seed)
        self.truth = rules.Truth()
        self.truth.follow(window.state)
        self._stuck = 0
        self._standing: list[str] = []
        self._noticed: list[str] = []

    def press(self, wanted: str | None = None) -> str:
        """One deed, and what it was; ``wanted``: which one."""
        self._rng = rng = random.Random(f"{self._seed}/{self.pressed}")
        name = wanted or deeds.next_name(rng)
        act = deeds.deeds[name].act
        if name not in WITHIN and controls.overlay_of(self.window) is not None:
            QTest.keyClick(self.window.windowHandle(), Qt.Key.Key_Escape)  # what lies over it goes
        if QGuiApplication.focusWindow() is None:  # where a popup was, without a window manager
            self.window.activateWindow()
        self.heart.deed = name
        self._popups.start()
        with dialogs.answered(self.supplies, rng):
            said = self._act(act, rng)
            self.heart.deed = f"{name}, {said}"
            hurried = rng.random() < HURRIED
            still = self.settle(0.02 if hurried else None)
        self._popups.stop()
        said = " > ".join([said, *self._popups.done])
        self.pressed += 1
        self.done[name] += 1
        self._check(f"{name}: {said}", still=still)
        if not hurried:
            self._unstick(still=still)
        self.heart.rest()
        return f"{name}: {said}"

    def _act(self, act: deeds.Act, rng: random.Random) -> str:
        try:
            return act(self, rng)
        except RuntimeError as error:
            if "already deleted" not in str(error) or not _own(error):
                raise
            return "what was pressed is gone"

    # -- waiting ----------------------------------------------------------------------------

    def settle(self, seconds: float | None = None) -> bool:
        """Let the window work until it is still; False where it is not within ``seconds``.

        A training and what is played go on meanwhile: they are looked at for a moment only.
        """
        start = time.monotonic()
        limit = self._patience if seconds is None else seconds
        quiet = 0
        while quiet < TURNS:
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            quiet = quiet + 1 if self._is_still() else 0
            most = min(limit, MOMENT) if self._goes_on() else limit
            if time.monotonic() - start > most:
                return False
            time.sleep(TURN)
        return True

    def _is_still(self) -> bool:
        busy = self.window.jobs.busy or self._popups.open or self._goes_on()
        return not busy and not any(map(_is_near, self.window.findChildren(QTimer)))

    def _goes_on(self) -> bool:
        """Whether something runs until somebody stops it."""
        if self.window.state.now.training != "idle":
            return True
        return any(map(_plays, self.window.findChildren(QTimer)))

    def finish(self) -> None:
        """Stop what is learned, put away what plays, and look once more."""
        self.window.session.stop()
        self._check("the end", still=self.settle())

    def _unstick(self, *, still: bool) -> None:
        """What runs for too long is cancelled, as by the button."""
        self._stuck = 0 if still else self._stuck + 1
        if self._stuck > STUCK and self.window.state.now.training == "idle":
            self.window.jobs.cancel()
            self._stuck = 0

    # -- looking ----------------------------------------------------------------------------

    def notice(self, text: str) -> None:
        """Complain of something that a deed found out by itself."""
        self._noticed.append(text)

    def _check(self, deed: str, *, still: bool) -> None:
        said, self._noticed = [*self._ear.heard(), *self._noticed], []
        if still:
            self.checked += 1
            broken = [*rules.broken(self.window, self.truth), *self._stale()]
            said += [text for text in broken if text not in self._standing]  # told once
            self._standing = broken
        self.complaints += [Complaint(self.pressed, deed, text) for text in said]

    def _stale(self) -> list[str]:
        """What stays old: a layout that Qt had still to do is asked for by the first look."""
        if screens.stale(self.window) and self.settle():
            return screens.stale(self.window)
        return []


def _own(error: Exception) -> bool:
    """Whether it was raised in this package: a widget that a deed held is gone by its first key."""
    return Path(traceback.extract_tb(error.__traceback__)[-1].filename).parent == HERE


def _is_near(timer: QTimer) -> bool:
    """Whether a timer is about to do what follows from a deed."""
    return timer.isActive() and timer.isSingleShot() and timer.interval() < BRIEF_MS


def _plays(timer: QTimer) -> bool:
    """Whether a timer moves something, over and over."""
    if not timer.isActive() or timer.isSingleShot() or timer.objectName() == "presser":
        return False
    return timer.interval() < LIVELY_MS


@contextmanager
def pressing(window: MainWindow, folder: Path, **more: object) -> Iterator[Presser]:
    """A presser with supplies in ``folder`` that hears what must not be said."""
    window.activateWindow()
    QApplication.setCursorFlashTime(0)  # one that blinks is never the same twice
    with listening() as ear:
        yield Presser(window, prepare(folder), ear, **more)  # type: ignore[arg-type]
    QApplication.clipboard().clear()  # what Python made must not outlive it there
