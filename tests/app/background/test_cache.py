"""app.background.cache: the same question is answered at once, within a limit of memory."""

from __future__ import annotations

import gc
from dataclasses import dataclass

import numpy as np
import pytest

from explorer.app.background.cache import Cache, asks_the_same, nbytes_of
from explorer.compute.question import Question
from explorer.task import NO_TASK, Task


class Thing:
    """Compares by identity, as models and data do."""


@dataclass(frozen=True, eq=False)
class Ask(Question[np.ndarray]):  # type: ignore[type-arg]
    """Of a thing and a number."""

    thing: Thing | np.ndarray | None  # type: ignore[type-arg]
    number: float = 1.0

    def answer(self, task: Task = NO_TASK) -> np.ndarray:  # type: ignore[type-arg]
        """A hundred bytes."""
        return np.zeros(100, np.uint8)


class AskMore(Ask):
    """Another kind of question with the same fields."""


def test_a_question_is_known_again_by_what_it_is_about() -> None:
    cache, thing, row = Cache(), Thing(), np.zeros(3)
    of_thing, of_row, of_none = (Ask(about).answer() for about in (thing, row, None))
    for about, answer in ((thing, of_thing), (row, of_row), (None, of_none)):
        cache.put(Ask(about), answer)
    assert cache.get(Ask(thing)) is of_thing and cache.get(Ask(row)) is of_row
    assert cache.get(Ask(None, 1)) is of_none
    for other in (Ask(Thing()), Ask(row.copy()), Ask(thing, 2.0), AskMore(thing)):
        assert cache.get(other) is None


def test_the_least_recently_used_goes_first() -> None:
    cache, things = Cache(most_bytes=250), [Thing(), Thing(), Thing()]
    for thing in things[:2]:
        cache.put(Ask(thing), Ask(thing).answer())
    assert cache.get(Ask(things[0])) is not None
    cache.put(Ask(things[2]), Ask(things[2]).answer())
    assert [cache.get(Ask(thing)) is not None for thing in things] == [True, False, True]
    assert (len(cache), cache.nbytes) == (2, 200)
    cache.put(Ask(things[1]), np.zeros(251, np.uint8))  # alone it is too much
    assert len(cache) == 2 and cache.get(Ask(things[1])) is None


@pytest.mark.parametrize(("most", "kept"), [(200, 2), (199, 1), (100, 1), (99, 0)])
def test_what_just_fits_is_kept(most: int, kept: int) -> None:
    cache = Cache(most_bytes=most)
    for number in (1, 2):
        cache.put(Ask(None, number), np.zeros(100, np.uint8))
    assert len(cache) == kept


def test_two_questions_are_the_same_by_their_kind_and_what_they_are_about() -> None:
    thing, row = Thing(), np.zeros(3)
    for about in (thing, row, None):
        assert asks_the_same(Ask(about, 2), Ask(about, 2.0))
        assert not asks_the_same(Ask(about), Ask(about, 2))
        assert not asks_the_same(Ask(about), AskMore(about))
    assert not asks_the_same(Ask(thing), Ask(Thing()))
    assert not asks_the_same(Ask(row), Ask(row.copy()))


def test_answers_may_take_some_of_a_small_machine_and_not_most_of_it() -> None:
    """Some hundred pictures, or the codes of some large data sets; of 2 GB a few per cent."""
    assert 2**26 <= Cache()._most_bytes <= 2**28


def test_the_same_question_is_kept_once() -> None:
    cache, thing = Cache(), Thing()
    for _ in range(2):
        cache.put(Ask(thing), Ask(thing).answer())
    assert (len(cache), cache.nbytes) == (1, 100)


def test_an_answer_goes_with_what_it_was_about() -> None:
    cache, thing = Cache(), Thing()
    cache.put(Ask(thing), np.zeros(3))
    del thing
    gc.collect()
    cache.put(Ask(None), np.zeros(5))
    assert len(cache) == 1 and cache.get(Ask(None)) is not None


@pytest.mark.parametrize("value", [None, 3, "text", (), [np.zeros((2, 4))], {"a": np.zeros(8)}])
def test_arrays_are_weighed_wherever_they_are(value: object) -> None:
    assert nbytes_of(value) == (64 if value and isinstance(value, (list, dict)) else 0)


def test_an_array_that_is_there_twice_weighs_once() -> None:
    row = np.zeros(4)

    @dataclass(frozen=True)
    class Pair:
        one: np.ndarray  # type: ignore[type-arg]
        two: np.ndarray  # type: ignore[type-arg]

    assert nbytes_of(Pair(row, row)) == row.nbytes
