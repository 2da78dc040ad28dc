"""explorer.compute.question: what is true of every question, whatever it asks."""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass
from typing import Any

import pytest

from explorer import config
from explorer.app.background.lanes import LANES
from explorer.app.state import fields_of
from explorer.compute.question import Question, Questions, discover, settings_of
from explorer.errors import SettingsError
from explorer.task import NO_TASK, Task

EVERY = [pytest.param(kind, id=kind.name) for kind in discover()]


@dataclass(frozen=True, eq=False)
class Count(Question[int]):
    """How many there are."""

    does = "count"
    about = ("sample",)

    sample: int
    by: int = config.setting(1, "By", "The step", low=1, high=9)
    way: str | None = config.setting(None, "Way", "Up or down", choices=("up", "down"))

    def answer(self, task: Task = NO_TASK) -> int:
        """As many."""
        return self.sample // self.by


def test_a_question_is_named_by_its_registry_and_answers_itself() -> None:
    kinds = Questions("question")
    kinds.register("count")(Count)
    assert Count.name == "count" and kinds["count"] is Count
    question = Count(7, by=2)
    assert question.answer() == 3 and question.subject == {"sample": 7} and not question.quiet


def test_settings_are_read_back_from_json() -> None:
    question = Count(7, by=2, way="up")
    assert question.settings() == {"by": 2, "way": "up"}
    again = Count(7).with_settings(json.loads(json.dumps(question.settings())))
    assert dataclasses.astuple(again) == dataclasses.astuple(question)
    assert [s.name for s in settings_of(Count)] == ["by", "way"]


@pytest.mark.parametrize(
    ("given", "said"),
    [({"by": 10}, "by = 10"), ({"by": "two"}, "by = 'two'"), ({"way": "left"}, "up, down"),
     ({"sample": 3}, "no setting called 'sample': choose one of by, way")],
)  # fmt: skip
def test_settings_that_do_not_fit_are_an_error(given: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(said)):
        Count(7).with_settings(given)


@pytest.mark.parametrize("kind", EVERY)
def test_it_says_in_words_what_it_does(kind: type[Question[Any]]) -> None:
    assert re.fullmatch(r"[a-z][a-z ]*[a-z]", kind.name)
    assert re.fullmatch(r"[a-z][A-Za-z' ]*[A-Za-z]", kind.does)
    assert kind.__doc__ and not kind.__doc__.startswith(f"{kind.__name__}(")  # dataclass's own


@pytest.mark.parametrize("kind", EVERY)
def test_its_subject_is_of_its_fields_and_of_the_state(kind: type[Question[Any]]) -> None:
    names = {field.name for field in dataclasses.fields(kind)}
    assert set(kind.about) <= names
    fields_of(" ".join(kind.about))


@pytest.mark.parametrize("kind", EVERY)
def test_it_is_a_frozen_value_for_a_lane_there_is(kind: type[Question[Any]]) -> None:
    params = kind.__dataclass_params__  # type: ignore[attr-defined]
    assert params.frozen and not params.eq
    assert kind.lane in LANES and kind.policy in ("latest", "replace", "queue")
    assert not (kind.keeps and kind.cached)


@pytest.mark.parametrize("kind", EVERY)
def test_its_settings_have_defaults_that_are_read_back(kind: type[Question[Any]]) -> None:
    for setting in settings_of(kind):
        assert setting.label and setting.help
        kept = json.loads(json.dumps(config.to_json(setting.default)))
        assert kept == json.loads(json.dumps(setting.default))
