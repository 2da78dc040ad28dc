"""explorer.app.leaving: whether the window may go, and what is said where it may not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from explorer.app.leaving import leave
from explorer.app.state import Action, Message, State
from explorer.app.verbs import Verbs
from explorer.app.words.messages import Messages

ANYWAY = "Close all the same"


class Leaving:
    """The parts that are asked, as the test has them."""

    def __init__(self, state: State, *, keeping: list[bool], done: bool, kept: bool) -> None:
        self.state, self.told = state, list[Any]()
        self.session = Verbs()
        self.session.say = Messages(state, state).say  # type: ignore[method-assign]
        still = list(keeping)

        told = self.told

        class Jobs:
            @property
            def keeping(self) -> bool:
                return still[0]

            def finish(self, limit: float) -> bool:
                told.append(("finish", limit))
                still.pop(0)
                return done

        self.jobs, self.still = Jobs(), still
        self.trainer = SimpleNamespace(
            leave=lambda: self.told.append("leave"), stay=lambda: self.told.append("stay")
        )
        self.keeper = SimpleNamespace(leave=lambda: self.told.append("keep") or kept)

    def __call__(self) -> bool:
        parts: list[Any] = [self.state, self.session, self.jobs, self.trainer, self.keeper]
        return leave(*parts, 10.0)


def actions(state: State) -> list[str]:
    return [] if state.now.message is None else [one.text for one in state.now.message.actions]


def test_where_nothing_is_being_kept_it_goes_at_once(state: State) -> None:
    leaving = Leaving(state, keeping=[False], done=False, kept=True)
    assert leaving() and leaving.told == ["leave", "keep"] and state.now.message is None


def test_what_is_being_kept_is_waited_for(state: State) -> None:
    leaving = Leaving(state, keeping=[True, False], done=True, kept=True)
    assert leaving() and leaving.told == ["leave", ("finish", 10.0), "keep"]


def test_what_takes_too_long_is_said_as_long_as_it_takes(state: State, qtbot: Any) -> None:
    leaving = Leaving(state, keeping=[True, True], done=False, kept=True)
    assert not leaving() and leaving.told == ["leave", ("finish", 10.0), "stay"]
    message = state.now.message
    assert message is not None and message.tone == "warn"
    assert message.text.endswith("still being kept, after 10 s: wait for it")
    assert actions(state) == [ANYWAY]
    with qtbot.waitSignal(leaving.session.closing_wanted):
        message.actions[0].act()
    assert message.holds is not None and message.holds()
    leaving.still[0] = False
    assert not message.holds()


@pytest.mark.parametrize(
    ("before", "after"), [([], [ANYWAY]), (["Keep it here"], ["Keep it here", ANYWAY]),
                          ([ANYWAY], [ANYWAY])],
)  # fmt: skip
def test_what_could_not_be_kept_is_said_with_a_way_to_close(
    state: State, before: list[str], after: list[str]
) -> None:
    given = tuple(Action(text, lambda: None) for text in before)
    state.update(message=Message("The disk is full", "bad", "details", actions=given))
    leaving = Leaving(state, keeping=[True, False], done=False, kept=True)
    assert not leaving() and leaving.told[-1] == "stay"
    message = state.now.message
    assert message is not None
    assert (message.text, message.tone, message.details) == ("The disk is full", "bad", "details")
    assert actions(state) == after


def test_where_the_keeper_asks_its_question_stands(state: State) -> None:
    asked = Message("Keep the model?", "warn")
    state.update(message=asked)
    leaving = Leaving(state, keeping=[False], done=True, kept=False)
    assert not leaving() and leaving.told == ["leave", "keep", "stay"]
    assert state.now.message is asked


def test_where_nothing_was_said_nothing_is_added(state: State) -> None:
    leaving = Leaving(state, keeping=[True, False], done=False, kept=True)
    assert not leaving() and state.now.message is None
