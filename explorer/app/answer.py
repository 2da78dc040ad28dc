"""An answer that leaves the screen together with what it speaks of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar
from weakref import WeakMethod

from explorer.app.state import State, alive

T = TypeVar("T")


class Answer(Generic[T]):
    """The newest answer to a question, for as long as what it is about is shown.

    about: names of the state, as for `State.subject`. show: a bound method, held weakly; it is
    called for each answer, and as one leaves.
    """

    def __init__(self, state: State, about: str, show: Callable[[], object]) -> None:
        self._state, self._about = state, about
        self._show: WeakMethod[Callable[[], Any]] = WeakMethod(show)
        self._value: T | None = None
        self._holds = self.subject()
        state.watch(about, self._leave)

    @property
    def value(self) -> T | None:
        """The answer, or None where there is none about what is shown."""
        return self._value if self._holds() else None

    def subject(self) -> Callable[[], bool]:
        """What a question asked now is about, for `Jobs.run`."""
        return self._state.subject(self._about)

    def put(self, value: T | None) -> None:
        """Hold another answer, or none."""
        self._value, self._holds = value, self.subject()
        show = self._show()
        if show is not None and alive(show):
            show()

    def _leave(self) -> None:
        if self._value is not None and not self._holds():
            self.put(None)
