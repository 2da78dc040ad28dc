"""explorer.config: dataclass, JSON, text and back, and what is out of range."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from explorer.config import (
    check,
    from_json,
    setting,
    settings_of,
    to_json,
    value_from_json,
    with_overrides,
)
from explorer.errors import SettingsError


@dataclass(frozen=True)
class Oven:
    """An example with every kind of field."""

    heat: float = setting(180.0, "Heat", "Degrees.", low=0, high=300)
    trays: int = setting(1, "Trays", "How many.", low=1)
    mode: str = setting("fan", "Mode", "What it does.", choices=("fan", "grill"))
    light: bool = setting(False, "Light", "Whether it shines.")
    notes: dict[str, float] = field(default_factory=dict)


ovens = st.builds(
    Oven,
    heat=st.floats(0, 300),
    trays=st.integers(1, 10**6),
    mode=st.sampled_from(["fan", "grill"]),
    light=st.booleans(),
    notes=st.dictionaries(st.text(), st.floats(allow_nan=False, allow_infinity=False)),
)


@given(ovens)
def test_json_and_back_is_the_same(oven):
    assert from_json(Oven, json.loads(json.dumps(to_json(oven)))) == oven


@given(ovens)
def test_overriding_with_its_own_words_changes_nothing(oven):
    words = {"heat": repr(oven.heat), "trays": str(oven.trays), "mode": oven.mode}
    assert with_overrides(oven, words) == oven


def test_a_form_reads_labels_ranges_and_choices():
    heat, trays, mode, light = settings_of(Oven)
    assert (heat.name, heat.label, heat.low, heat.high) == ("heat", "Heat", 0, 300)
    assert trays.high is None
    assert mode.choices == ("fan", "grill")
    assert light.type is bool


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({"heat": "hot"}, "heat is text, not a number: "),
        ({"trays": 1.5}, "trays is a number, not a whole number: "),
        ({"notes": {"a": "b"}}, "notes.* is text, not a number: "),
        ({"trays": None}, "trays is nothing, not a whole number: "),
        ([], "all of it is a list, not a group of settings: "),
    ],
)
def test_what_does_not_fit_is_named_with_its_path(given_, said):
    with pytest.raises(SettingsError, match=said):
        from_json(Oven, given_)


@pytest.mark.parametrize(
    ("oven", "said"),
    [
        (Oven(heat=-1), r"heat = -1 is out of range: give 0 or more"),
        (Oven(heat=301), r"give 300 or less"),
        (Oven(heat=math.nan), r"heat = nan is out of range"),
        (Oven(trays=0), r"give 1 or more"),
        (Oven(mode="boil"), r"choose one of fan, grill"),
    ],
)
def test_out_of_range_says_what_to_give(oven, said):
    with pytest.raises(SettingsError, match=said):
        check(oven)
    with pytest.raises(SettingsError, match=r"oven\.json"):
        check(oven, where="oven.json")


def test_from_json_checks_the_range_too():
    with pytest.raises(SettingsError, match="out of range"):
        from_json(Oven, {"heat": 1000.0})


def test_words_become_numbers_and_truths():
    oven = with_overrides(Oven(), {"heat": "90", "trays": "3", "light": "true"})
    assert (oven.heat, oven.trays, oven.light) == (90.0, 3, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"colour": "red"}, "no setting called 'colour': choose one of heat"),
        ({"trays": "many"}, "trays is text, not a whole number"),
        ({"heat": "999"}, "out of range"),
        ({"heat": "nan"}, "out of range"),
    ],
)
def test_words_that_do_not_fit_are_said(words, said):
    with pytest.raises(SettingsError, match=said):
        with_overrides(Oven(), words)


# -- arrays -----------------------------------------------------------------------------------

Vector = NDArray[np.float32] | None


def test_an_array_comes_back_with_its_numbers_its_type_and_read_only():
    z = np.array([0.1, -3e38, 1e-45], np.float32)
    back = value_from_json(Vector, json.loads(json.dumps(to_json(z))))
    assert back.dtype == np.float32 and back.tolist() == z.tolist()
    assert not back.flags.writeable
    assert value_from_json(Vector, None) is None
    assert value_from_json(NDArray[np.int64], []).dtype == np.int64


@pytest.mark.parametrize(
    ("hint", "data"),
    [
        (Vector, "0.5"), (Vector, ["0.5"]), (Vector, [[1.0], [1.0, 2.0]]), (Vector, [1e39]),
        (Vector, [float("nan")]), (NDArray[np.int64], [1.5]), (NDArray[np.bool_], [1]),
    ],
)  # fmt: skip
def test_what_is_no_such_array_is_refused_in_one_sentence(hint, data):
    with pytest.raises(SettingsError, match="do not fit") as refused:
        value_from_json(hint, data)
    assert "\n" not in str(refused.value)


def test_what_is_no_json_is_an_error_of_the_program():
    with pytest.raises(TypeError, match="object is no JSON"):
        to_json(object())
