"""The one who asks questions in the background, and throws away answers that come too late."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar
from weakref import WeakMethod

from PySide6.QtCore import QObject, SignalInstance

from explorer.app.background.cache import Cache, asks_the_same
from explorer.app.background.jobs import Jobs
from explorer.app.state import State, alive, differs, value_of
from explorer.compute.question import Question
from explorer.errors import ExplorerError
from explorer.task import Task

A = TypeVar("A")

Kind = type[Question[Any]]


class Answers(QObject):
    """Asks each `Question` in its lane, for as long as what it is about is what the state holds.

    What is asked about something else by now is cancelled, and nothing of it is heard: no part, no
    answer, no error. Answers that took long are kept (`Cache`), and come at once the next time.
    """

    def __init__(self, state: State, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state, self._jobs = state, jobs
        self.cache = Cache()
        state.watch("dataset model", jobs.sweep)

    @property
    def busy_changed(self) -> SignalInstance:
        """Something was asked, or has ended."""
        return self._jobs.busy_changed

    def ask(
        self,
        question: Question[A],
        then: Callable[[A], object],
        *,
        owner: QObject,
        partial: Callable[[Any], object] | None = None,
        failed: Callable[[ExplorerError], object] | None = None,
        also: str = "",
        patience: float = 0.0,
    ) -> None:
        """Find the answer and call ``then`` with it, while ``owner`` lives; all on this thread.

        partial: hears what is known on the way. failed: hears why there is no answer, after the
        message bar. also: space-separated fields of the state that must stay as they are, beside
        what the question is about. patience: seconds to wait here for an answer that is nearly
        always quicker, so that it is seen in the same frame as its question.
        """
        kept = self.cache.get(question) if question.cached else None
        if kept is not None:
            if question.policy != "queue":
                self._jobs.forget(group_of(type(question)))
            then(kept)
            return
        self._jobs.run(
            group_of(type(question)), question.answer, owner=owner, policy=question.policy,
            lane=question.lane, quiet=question.quiet, keeps=question.keeps, does=question.does,
            done=self._kept(question, then) if question.cached else then, partial=partial,
            failed=failed, about=self.holding(question, also), patience=patience,
        )  # fmt: skip

    def holding(self, question: Question[Any], also: str = "") -> Callable[[], bool]:
        """Whether what a question is about, and fields beside it, are what they are now."""
        subject = question.subject
        subject.update((name, value_of(self.state.now, name)) for name in also.split())
        return partial(_holds, self.state, subject)

    def is_busy(self, kind: Kind) -> bool:
        """Whether a question of that kind's group waits for its answer."""
        return self._jobs.is_busy(group_of(kind))

    def cancel(self, kind: Kind) -> None:
        """Stop those of that kind's group."""
        self._jobs.cancel(group_of(kind))

    def task(self, kind: Kind) -> Task | None:
        """The task of the one of that kind's group that runs, to pause or resume it."""
        return self._jobs.task(group_of(kind))

    def _kept(self, question: Question[A], then: Callable[[A], object]) -> Callable[[A], object]:
        def keep(value: A) -> None:
            self.cache.put(question, value)
            then(value)

        return keep


def group_of(kind: Kind) -> str:
    """The name under which questions take each other's place."""
    return kind.group or kind.name


def _holds(state: State, subject: dict[str, object]) -> bool:
    now = state.now
    return not any(differs(value, value_of(now, name)) for name, value in subject.items())


class Answer(Generic[A]):
    """The newest answer to questions of one kind, for as long as what it is about is shown.

    show: a bound method of a QObject, held weakly; it is called for each answer, for each failure,
    and as an answer leaves. lasting: the fields of the state that it stays with, where they are not
    those that the question is about.
    """

    def __init__(
        self,
        answers: Answers,
        kind: type[Question[A]],
        show: Callable[[], object],
        *,
        lasting: str = "",
    ) -> None:
        self._answers, self._kind, self._lasting = answers, kind, lasting
        self._show: WeakMethod[Callable[[], Any]] = WeakMethod(show)
        self._value: A | None = None
        self._error: ExplorerError | None = None
        self._asked: Question[A] | None = None
        self._holds: Callable[[], bool] = bool
        answers.state.watch(lasting or " ".join(kind.about), self._leave)

    @property
    def value(self) -> A | None:
        """The answer, or None where there is none about what is shown."""
        return self._value if self._holds() else None

    @property
    def error(self) -> ExplorerError | None:
        """Why the question asked last, about what is shown, has no answer: stopped or failed."""
        return self._error if self._holds() else None

    @property
    def busy(self) -> bool:
        """Whether a question of this kind waits for its answer."""
        return self._answers.is_busy(self._kind)

    def ask(self, question: Question[A]) -> None:
        """Ask; the answer before stays until this one is there. What it tells in part is shown.

        The same again, while its answer is on its way or shown, changes nothing.
        """
        known = self._asked is not None and asks_the_same(self._asked, question)
        if known and (self.busy or self.value is not None):
            return
        self._asked, show = question, self._show()
        if show is None or not alive(show):
            return
        if self._error is not None:
            self._set(self.value, None)
        owner: QObject = getattr(show, "__self__")  # noqa: B009 - mypy takes it for a function
        hear = partial(self._hear, question)
        self._answers.ask(question, hear, partial=hear, failed=self._fail, owner=owner)

    def cancel(self) -> None:
        """Stop the question."""
        self._answers.cancel(self._kind)

    def clear(self) -> None:
        """No answer."""
        self._set(None, None)

    def _hear(self, question: Question[A], value: A) -> None:
        self._holds = self._answers.state.subject(self._lasting or " ".join(question.subject))
        self._set(value, None)

    def _fail(self, error: ExplorerError) -> None:
        value, names = self.value, self._lasting or " ".join(self._kind.about)
        self._holds = self._answers.state.subject(names)
        self._set(value, error)

    def _leave(self) -> None:
        if not (self._value is None and self._error is None) and not self._holds():
            self.clear()

    def _set(self, value: A | None, error: ExplorerError | None) -> None:
        self._value, self._error = value, error
        show = self._show()
        if show is not None and alive(show):
            show()
