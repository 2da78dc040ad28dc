"""What was asked stays asked until it is answered."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.app.session import Session
from explorer.app.state import NOTHING, Action, State
from explorer.app.words import asking


@pytest.fixture
def asked(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A question on the screen; the answers that were given."""
    given: list[str] = []
    yes, no = Action("Yes", lambda: given.append("yes")), Action("No", lambda: given.append("no"))
    session.say("really?", "warn", actions=[yes, no])
    return given


def test_an_answer_is_carried_out_once_and_ends_the_question(
    session: Session, state: State, asked: list[str]
) -> None:
    session.answer(state.now.message.actions[1])
    assert asked == ["no"] and state.now.message is None


def test_a_question_that_was_put_away_is_not_asked_again(
    session: Session, state: State, asked: list[str]
) -> None:
    session.put_away()
    session.say("the disk is full", "bad")
    session.put_away()
    assert state.now.message is None and asked == []


@pytest.mark.parametrize("tone", ["hint", "done", "warn", "bad"])
def test_a_question_comes_back_after_what_was_said_over_it(
    session: Session, state: State, asked: list[str], tone: str
) -> None:
    session.say("something else", tone)
    assert state.now.message.text.lower() == "something else"
    session.put_away()
    assert state.now.message.text == "Really?"


def test_a_question_that_has_become_untrue_does_not_come_back(
    session: Session, state: State, asked: list[str]
) -> None:
    true = [True]
    session.say("the disk is full", "bad", actions=[Action("Wait", lambda: None)],
                holds=lambda: true[0])  # fmt: skip
    session.say("something else", "done")
    session.put_away()
    assert state.now.message.text == "The disk is full"
    true.clear()
    true.append(False)
    session.say("there is room", "done")
    session.put_away()
    assert state.now.message.text == "Really?"


def test_what_needs_no_answer_makes_room_by_itself(
    session: Session, state: State, asked: list[str], qtbot: Any
) -> None:
    session._asks._back.setInterval(0)
    session.say("something else", "done")
    qtbot.waitUntil(lambda: bool(state.now.message.text == "Really?"))
    assert not session._asks._back.isActive()


def test_a_sentence_can_be_read_before_a_question_takes_its_place_again() -> None:
    """A dozen words take some five seconds; who waits for twice as long has forgotten the rest."""
    assert 5_000 <= asking.BACK_MS <= 10_000


def test_an_error_said_over_a_question_stays_until_it_is_put_away(
    session: Session, state: State, asked: list[str], qtbot: Any
) -> None:
    session.say("something else", "done")
    assert session._asks._back.isActive()
    session.say("the disk is full", "bad")
    assert not session._asks._back.isActive()
    assert state.now.message.text == "The disk is full"


def test_where_no_question_is_true_any_more_nothing_is_waited_for(
    session: Session, state: State, qtbot: Any
) -> None:
    session.say("wait?", actions=[Action("Wait", lambda: None)], holds=lambda: False)
    session._asks._back.setInterval(0)
    session.say("something else", "done")
    qtbot.waitUntil(lambda: not session._asks._back.isActive())
    assert state.now.message.text == "something else"


def test_a_question_is_no_hint_that_goes_with_the_selection(session: Session, state: State) -> None:
    session.say("go on?", actions=[Action("Go on", lambda: None)])
    state.update(selection=NOTHING.copy())
    assert state.now.message.text == "go on?"
