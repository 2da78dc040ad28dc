"""Pictures of the user's own: prepared as the data is, compared as samples are, one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from explorer.app.background.answers import Answers
from explorer.app.state import NOTHING, Action, Message, Snapshot, State
from explorer.app.verbs import Verbs
from explorer.app.words.spelling import sentence, shortened, spelled
from explorer.compute.measuring.usual import MeasureUsual, Usual, ground
from explorer.compute.opening.looking import Look, Looked
from explorer.data.files import several
from explorer.data.pictures.own import Own, OwnPicture, Source

NOTHING_THERE = "open data or a model first: a picture is looked at as one of its samples"
SLACK = 1.001  # one picture and a batch of them differ in the last digits
OTHER_GROUND = 0.5  # of the way from black to white


class OwnPictures(QObject):
    """Fills in ``own`` and ``usual``, moves z to where the model puts the picture, and says so."""

    def __init__(self, state: State, answers: Answers, session: Verbs) -> None:
        super().__init__(session)
        self._state, self._answers, self._session = state, answers, session
        self._arriving: OwnPicture | None = None  # z moves to its code once that is known
        self._holds: Callable[[], bool] = lambda: False  # whether ``_said`` is true still
        self._said: Message | None = None
        self._notes: tuple[str, ...] = ()
        state.watch("own comparison model", self._arrive)
        state.watch("own model dataset training", self._ask_usual)

    # -- mouse and keys ---------------------------------------------------------------------

    def look_at(self, sources: Sequence[Source]) -> None:
        """Prepare the pictures, and look at the first that can be read."""
        preparation = self._state.now.preparation
        if preparation is None:
            self._session.say(NOTHING_THERE, "warn")
            return
        question = Look(tuple(sources), preparation, self._state.now.dataset)
        self._answers.ask(question, self._show_looked, owner=self)

    def step(self, by: int) -> None:
        """Another one of the pictures, where there are several."""
        own = self._state.now.own
        if own is not None and len(own.pictures) > 1:
            self._show(own.stepped(by))

    def invert(self) -> None:
        """The picture with light and dark exchanged."""
        own = self._state.now.own
        if own is not None:
            self._show(own.with_picture(own.picture.inverted))

    def drop(self) -> None:
        """No picture."""
        if self._state.now.own is not None:
            self._state.mark()
            self._state.update(source=self, own=None)

    # -- showing ----------------------------------------------------------------------------

    def _show_looked(self, looked: Looked) -> None:
        self._notes = looked.notes
        self._show(looked.own)

    def _show(self, own: Own) -> None:
        self._state.mark()
        self._arriving = own.picture
        self._state.update(source=self, own=own, selection=NOTHING)

    def _arrive(self) -> None:
        """Move z to the code of a picture that was just brought, and say what it is."""
        now, arriving = self._state.now, self._arriving
        if self._said is not None and not self._holds():
            self._fall_silent()
        if arriving is None or now.own is None or now.own.picture is not arriving:
            self._arriving = None
            return
        seen = now.own_comparison
        if seen is None:
            return
        self._arriving = None
        if seen.mean is not None:
            self._session.move(seen.mean)
        self._say()

    # -- what is usual ----------------------------------------------------------------------

    def _ask_usual(self) -> None:
        """Once own pictures are looked at and nothing is being trained, for each model anew."""
        now = self._state.now
        wanted = now.own is not None and now.training == "idle" and now.usual is None
        if not wanted or now.model is None or now.dataset is None:
            return
        question = MeasureUsual(now.model, now.dataset)
        self._answers.ask(question, self._show_usual, owner=self)

    def _show_usual(self, usual: Usual) -> None:
        self._state.update(source=self, usual=usual)
        if self._said is not None and self._state.now.message is self._said:
            self._say()

    # -- words ------------------------------------------------------------------------------

    def _say(self) -> None:
        """What the picture is; it is taken back once that is no longer looked at."""
        now = self._state.now
        assert now.own is not None
        picture, self._holds = now.own.picture, self._state.subject("own model dataset")
        notes = [_place(now), unlike(now), *picture.notes, *self._notes]
        notes = [sentence(text) if i else text for i, text in enumerate(filter(None, notes))]
        self._session.say(
            ". ".join(notes[:2]), "done", "\n".join(notes[1:]), self._ways(now.own),
            holds=self._holds,
        )  # fmt: skip
        self._said = self._state.now.message

    def _ways(self, own: Own) -> list[Action]:
        """What else can be done with the pictures."""
        ways = []
        files = tuple(picture.path for picture in own.pictures if picture.path)
        if len(files) > 1:
            opened = partial(self._session.open, several.joined(files))
            ways.append(Action("Open them as a data set", opened))
        if other_ground(self._state.now):
            ways.append(Action("Exchange light and dark", self.invert))
        return ways

    def _fall_silent(self) -> None:
        said, self._said = self._said, None
        if said is not None and self._state.now.message is said:
            self._session.put_away()


def _place(now: Snapshot) -> str:
    """The first sentence: which picture, and where it is."""
    assert now.own is not None
    own, seen = now.own, now.own_comparison
    name, count = shortened(own.picture.name), len(own.pictures)
    which = f"{name}, {own.at + 1} of {count} looked at one by one," if count > 1 else name
    if seen is None or seen.mean is None:
        return f"{which} beside its PCA reconstruction; a trained model encodes it, too"
    return f"{which} encoded at {spelled(seen.mean)}"


def unlike(now: Snapshot) -> str:
    """That the model gives the own picture back worse than nearly all samples, with the numbers."""
    seen, usual = now.own_comparison, now.usual
    if seen is None or seen.mse is None or usual is None or seen.mse <= SLACK * usual.mse:
        return ""
    return f"unlike the data: MSE {seen.mse:.4f}, of 99 % of its samples below {usual.mse:.4f}"


def other_ground(now: Snapshot) -> bool:
    """Whether the own picture is dark around where samples are light, or the other way round."""
    if now.own is None or now.usual is None:
        return False
    there = ground(now.own.picture.whole[None]) / 255
    return abs(there - now.usual.ground) > OTHER_GROUND
