"""Which gesture an event belongs to: a press, a key held down, turns of a wheel in a row."""

from __future__ import annotations


class Gesture:
    """``now`` is one object from a gesture's beginning to the next one's: a step of undo each.

    No clock is asked: a wheel that has turned goes on with its gesture until the user does
    something else, and a key repeats until it is let go.
    """

    def __init__(self) -> None:
        self.now: object = object()
        self._turning = False

    def begin(self) -> None:
        """A press, or a button or command."""
        self.now, self._turning = object(), False

    def key(self, *, repeats: bool) -> None:
        """A key, or one that is held down."""
        if not repeats:
            self.begin()

    def turn(self) -> None:
        """A notch of the wheel, or a little of a pinch."""
        if not self._turning:
            self.begin()
        self._turning = True

    def rest(self) -> None:
        """The pointer moves on: the wheel has turned."""
        self._turning = False
