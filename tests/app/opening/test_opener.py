"""app.opening.opener: what is asked for, what is offered where it is refused, what is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from explorer.app.opening import opener
from explorer.app.opening.opener import Opener
from explorer.app.state import Message, State
from explorer.app.verbs import Verbs
from explorer.compute.opening.binarised import Binarise, Reopened
from explorer.compute.opening.source import Open, Opened
from explorer.data.choices import NO_CHOICES, Choices, ChoiceWanted
from explorer.data.pictures.own import Own, OwnPicture
from explorer.errors import DataError
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.training.record.moment import moment_of
from tests.fakes import toy_dataset

DATA, OTHER = toy_dataset(20), replace(toy_dataset(20, seed=1), name="other", source="other")
MODEL = ModelSnapshot("m", ModelConfig(), DATA.preparation, {})
CODES = Codes("m", *np.zeros((2, 20, 2), np.float32), np.arange(20))
PAD, CUT = Choices(lengths="pad"), Choices(lengths="cut")
UNEVEN = ChoiceWanted("of 2 lengths", ways=(PAD, CUT), where="a.npz", remedy="pad or cut them")


class Session(Verbs):
    """What it is told, and by what name; ``ask``: the questions, which the test answers."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self.state, self.told, self.asked = state, list[Any](), list[Any]()

    def ask(self, question: Any, then: Callable[[Any], object], **more: Any) -> None:
        self.asked.append(SimpleNamespace(question=question, then=then, **more))

    def say(self, text: str, tone: str = "hint", *rest: Any, **more: Any) -> None:
        self.told.append(SimpleNamespace(text=text, tone=tone, rest=rest, **more))

    def encode(self) -> None:
        self.told.append("encode")

    def stop(self) -> None:
        self.told.append("stop")

    def start_of(self, model: ModelSnapshot, codes: Codes | None) -> dict[str, object]:
        return {"z": np.full(model.config.latent_dim, 7, np.float32)}

    def configure(self, model: Any = None, training: Any = None) -> None:
        self.told.append("configure")
        given = {"model_config": model, "training_config": training}
        self.state.update(**{name: one for name, one in given.items() if one is not None})


@pytest.fixture
def session(state: State) -> Session:
    return Session(state)


@pytest.fixture
def opening(state: State, session: Session) -> Opener:
    return Opener(state, session, session)  # type: ignore[arg-type]


def found(**more: Any) -> Opened:
    return Opened(**{"source": "x", "dataset": DATA, "model": None, "codes": None} | more)


# -- asking -----------------------------------------------------------------------------------


def test_what_is_opened_is_shown_and_then_told(opening, session, state) -> None:
    heard: list[object] = []
    opening.open("a.npz", PAD, lambda: heard.append(state.now.dataset))
    (ask,) = session.asked
    assert isinstance(ask.question, Open)
    assert (ask.question.source, ask.question.choices) == ("a.npz", PAD)
    assert state.now.dataset is None and heard == []
    ask.then(found())
    assert heard == [DATA] and state.now.dataset is DATA


def test_a_refusal_offers_the_ways_out_until_other_data_is_there(opening, session, state) -> None:
    state.update(dataset=DATA)
    got: list[object] = []
    opening.open_with("a.npz", got.append, Choices(header=True))
    session.asked[0].failed(UNEVEN)
    (said,) = session.told
    assert (said.text, said.tone) == ("of 2 lengths (a.npz)", "bad")
    details, actions = said.rest
    assert details == str(UNEVEN)
    assert [action.text for action in actions] == ["Lengths: pad", "Lengths: cut"]
    actions[1].act()
    again = session.asked[1].question
    assert (again.source, again.choices) == ("a.npz", Choices(header=True, lengths="cut"))
    session.asked[1].then("opened")
    assert got == ["opened"]
    assert said.holds()
    state.update(dataset=OTHER)
    assert not said.holds()


@pytest.mark.parametrize(
    "error", [DataError("broken"), ChoiceWanted("odd", ways=(), where="a", remedy="none")]
)
def test_other_refusals_offer_nothing(opening, session, error) -> None:
    opening.open("a.npz")
    assert session.asked[0].question.choices == NO_CHOICES
    session.asked[0].failed(error)
    assert session.told == []


# -- showing ----------------------------------------------------------------------------------


def test_it_takes_the_place_of_what_was_there_as_one_step_of_undo(opening, session, state) -> None:
    own = Own((OwnPicture("a", DATA.x[0], DATA.preparation),))
    state.update(dataset=OTHER, own=own, noise=0.1)
    moment = replace(moment_of(3, 1.5, MODEL, CODES))
    opening.show(found(model=MODEL, codes=CODES, moments=(moment,)))
    now = state.now
    assert session.told[0] == "stop" and "configure" in session.told
    assert "encode" not in session.told, "its codes are known"
    assert (now.dataset, now.model, now.codes) == (DATA, MODEL, CODES)
    assert (now.moments, now.epoch, now.z.tolist()) == ((moment,), moment.epoch, [7, 7])
    assert now.own is own
    assert now.message.text.startswith("Drag on the plane: the picture follows")
    assert state.undo() and state.now.dataset is OTHER and state.now.model is None


def test_what_is_opened_while_a_training_ends_can_be_undone(opening, session, state) -> None:
    state.update(dataset=OTHER, training="stopping")
    opening.show(found())
    state.update(training="idle")
    assert state.undo() and state.now.dataset is OTHER


def test_into_an_empty_window_there_is_no_way_back(opening, session, state) -> None:
    opening.show(found())
    assert state.now.dataset is DATA and not state.undo()
    assert (state.now.epoch, state.now.z) == (None, None)
    assert "encode" in session.told
    assert state.now.message == Message("Press Train to learn a latent plane of this data")


def test_a_model_without_data_keeps_its_own_settings(opening, session, state) -> None:
    model = replace(MODEL, config=ModelConfig(latent_dim=5))
    training = state.now.training_config
    opening.show(found(dataset=None, model=model))
    assert state.now.model_config == model.config and state.now.training_config is training


def test_what_was_set_by_hand_and_goes_is_said_after_the_greeting(opening, session, state) -> None:
    opening.show(found(dataset=OTHER))
    rate = state.now.training_config.lr * 3
    state.update(training_config=replace(state.now.training_config, lr=rate))
    opening.show(found())
    greeting, _, reset = state.now.message.text.partition(". ")
    assert greeting == "Press Train to learn a latent plane of this data"
    assert reset and state.now.training_config.lr != rate


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({}, Message("Press Train to learn a latent plane of this data")),
        ({"model": MODEL}, Message("Drag on the plane: the picture follows")),
        ({"model": MODEL, "notes": ("grey ones", "two.png is broken")},
         Message("Grey ones", "warn", "Grey ones\ntwo.png is broken")),
    ],
)  # fmt: skip
def test_a_greeting_says_what_to_do_next_or_what_was_odd(more: Any, message: Message) -> None:
    assert opener._greeting(found(**more)) == message


# -- another binarisation ---------------------------------------------------------------------


def test_the_same_data_is_asked_for_with_another_binarisation(opening, session, state) -> None:
    opening.binarise("fixed")
    state.update(dataset=DATA, model=MODEL, codes=CODES)
    opening.binarise("none")
    assert session.asked == [] and session.told == []
    opening.binarise("fixed")
    question = session.asked[0].question
    assert isinstance(question, Binarise)
    assert (question.dataset, question.binarisation, question.model) == (DATA, "fixed", MODEL)


def test_the_data_of_a_training_is_not_changed(opening, session, state) -> None:
    state.update(dataset=DATA, training="running")
    opening.binarise("fixed")
    (said,) = session.told
    assert session.asked == [] and said.tone == "warn" and said.text.startswith("Stop the training")


@pytest.mark.parametrize(
    ("model", "codes", "encodes"),
    [(None, None, False), (MODEL, CODES, False), (MODEL, None, True),
     (MODEL, replace(CODES, model_id="another moment"), True)],
    ids=["no model", "known", "unknown", "of another moment"],
)  # fmt: skip
def test_what_is_binarised_takes_the_place_of_the_data_and_the_model_stays(
    opening, session, state, model: Any, codes: Any, encodes: bool
) -> None:
    state.update(dataset=OTHER, model=model)
    opening._show_binarised(Reopened(DATA, codes))
    now = state.now
    assert (now.dataset, now.model) == (DATA, model)
    assert session.told == (["configure", "encode"] if encodes else ["configure"])
    assert (now.codes is codes) or encodes
    assert state.undo() and state.now.dataset is OTHER
