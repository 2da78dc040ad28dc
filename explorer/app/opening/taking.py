"""What comes as files, by a drop, a paste or a dialog: opened, looked at, or both, and said."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from explorer.app.background.answers import Answers
from explorer.app.opening.owning import NOTHING_THERE
from explorer.app.state import Action, State
from explorer.app.verbs import Verbs
from explorer.compute.opening.sorting import Sort, Sorted
from explorer.data.files import several
from explorer.data.kinds import kind_of
from explorer.data.words.naming import named

MOST_OFFERED = 2  # sources that a message offers to open instead


class Taking(QObject):
    """Takes all of several files: none is dropped without a word."""

    def __init__(self, state: State, answers: Answers, session: Verbs) -> None:
        super().__init__(session)
        self._state, self._answers, self._session = state, answers, session

    def take(self, paths: Sequence[str]) -> None:
        """Sort them, then do what they are for."""
        once = tuple(dict.fromkeys(paths))
        if once:
            self._answers.ask(Sort(once), self._show_sorted, owner=self)

    def _show_sorted(self, found: Sorted) -> None:
        if found.sources:
            first, *rest = found.sources
            then = partial(self._go_on, first, rest, found.pictures)
            self._session.open(first, then=then if rest or found.pictures else None)
        else:
            self._take_pictures(found.pictures)

    def _take_pictures(self, pictures: Sequence[str]) -> None:
        """With a model they are looked at, without one several are a data set."""
        now = self._state.now
        fits = now.preparation is not None and kind_of(now.preparation).takes_pictures
        if fits and (now.model is not None or len(pictures) == 1):
            self._session.look_at(*map(Path, pictures))
        elif len(pictures) == 1:
            preparation = now.preparation
            reason = (
                NOTHING_THERE
                if preparation is None
                else f"a picture is no sample of {preparation.kind}"
            )
            self._session.say(f"{reason} ({Path(pictures[0]).name})", "warn")
        else:
            self._session.open(several.joined(pictures), then=self._say_small)

    def _say_small(self) -> None:
        """On top of what the data warns of, which stays behind Details."""
        now = self._state.now
        if now.dataset is not None:
            details = "" if now.message is None else now.message.details
            text = f"{len(now.dataset):,} pictures are opened as a small data set: press Train"
            self._session.say(text, "done", details)

    def _go_on(self, opened: str, rest: Sequence[str], pictures: Sequence[str]) -> None:
        """The first of several sources is shown; pictures that came with it fit it, or do not."""
        preparation = self._state.now.preparation
        fits = preparation is not None and kind_of(preparation).takes_pictures
        if pictures and fits:
            self._session.look_at(*map(Path, pictures))
        left = [*rest, *(() if fits else pictures)]
        if not left:
            return
        names = named([Path(path).name for path in left])
        verb = "came with it and is not" if len(left) == 1 else "came with it and are not"
        self._session.say(
            f"{Path(opened).name} is opened; {names} {verb}", "warn",
            actions=self._others(rest, () if fits else pictures),
        )  # fmt: skip

    def _others(self, rest: Sequence[str], pictures: Sequence[str]) -> list[Action]:
        ways = [
            Action(f"Open {Path(path).name}", partial(self._session.open, path))
            for path in rest[:MOST_OFFERED]
        ]
        if len(pictures) > 1:
            joined = several.joined(pictures)
            ways.append(Action("Open the pictures", partial(self._session.open, joined)))
        return ways
