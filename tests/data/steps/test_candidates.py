"""Which array holds the labels, and whose the names of classes are."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from explorer.data.choices import ChoiceRefused, Choices
from explorer.data.raw import Held, Part, Source
from explorer.data.steps.candidates import chosen_label, fitting_names, guessed_labels


def held(name: str, values: Any) -> Held:
    return Held.of(np.asarray(values), name, "a.npz")


CLASSES = held("kind", np.arange(60) % 3)
SITES = held("site", np.arange(60) % 2)
TEXT = held("word", np.array(["a", "b"] * 30))
REAL = held("weight", np.linspace(0, 1, 60))
ONE = held("one", np.zeros(60, int))
OWN = held("number", np.arange(60))


@pytest.mark.parametrize(
    ("there", "taken", "said"),
    [
        ([], None, []),
        ([REAL], REAL, ["the labels are taken from weight"]),
        ([REAL, CLASSES], CLASSES, ["the labels are taken from kind"]),
        ([TEXT, ONE], TEXT, ["the labels are taken from word"]),
        ([REAL, ONE], None, ["weight and one hold no classes and are left out"]),
        ([OWN, REAL], None, ["number and weight hold no classes and are left out"]),
        (
            [SITES, REAL, TEXT, CLASSES],
            SITES,
            ["the labels are taken from site; --label word or --label kind says otherwise"],
        ),
        (
            [SITES, *(held(f"k{i}", np.arange(60) % 2) for i in range(5))],
            SITES,
            [
                (
                    "the labels are taken from site;"
                    " --label k0 or --label k1 or --label k2 says otherwise"
                )
            ],
        ),
    ],
)
def test_labels_are_guessed(there: list[Source], taken: Source | None, said: list[str]) -> None:
    assert guessed_labels(there) == (taken, said)


@pytest.mark.parametrize(
    ("n", "classes", "are"),
    [(60, 2, True), (60, 30, True), (60, 31, False), (60, 1, False), (200, 50, True),
     (200, 51, False), (2, 2, True), (3, 2, True), (4, 3, False)],
)  # fmt: skip
def test_classes_are_few_and_each_is_met_twice_on_average(n: int, classes: int, are: bool) -> None:
    values = held("k", np.arange(n) % classes)
    taken, _ = guessed_labels([values, REAL])
    assert (taken is values) == are


def test_dates_are_no_classes() -> None:
    days = held("day", np.array(["2020-01-01", "2020-01-02"] * 30, "M8[D]"))
    assert guessed_labels([days, REAL])[0] is None


PICTURES, TABLE = held("x", np.zeros((60, 9, 9))), held("x", np.zeros((60, 9)))


def test_a_label_is_chosen_by_its_name() -> None:
    fitting: list[Source] = [REAL, CLASSES]
    for word in ("kind", "KIND"):
        assert chosen_label(Choices(label=word), fitting, PICTURES, ()) is CLASSES
    for choices in (Choices(), Choices(label="none")):
        assert chosen_label(choices, fitting, PICTURES, ()) is None
    named_none = held("None", np.zeros(60))
    assert chosen_label(Choices(label="none"), [named_none], PICTURES, ()) is named_none
    assert chosen_label(Choices(label="3"), fitting, TABLE, ()) is None  # a column of the samples
    assert chosen_label(Choices(label="a"), fitting, TABLE, ("a",)) is None


@pytest.mark.parametrize(
    ("fitting", "images", "remedy"),
    [
        ([REAL, CLASSES], PICTURES, "give weight, kind"),
        ([REAL], TABLE, "give weight or the number of a column"),
        ([], TABLE, "give the number of a column"),
        ([], PICTURES, "leave it out, there is no other array"),
        ([held(f"k{i}", [0]) for i in range(9)], PICTURES, "give k0, k1, k2, k3, k4, k5, k6, k7"),
    ],
)
def test_a_label_that_there_is_not_is_refused(
    fitting: list[Source], images: Source, remedy: str
) -> None:
    with pytest.raises(ChoiceRefused, match="no array 'kinds' with one label a sample") as refused:
        chosen_label(Choices(label="kinds"), fitting, images, ())
    assert refused.value.choice == "label" and str(refused.value).endswith(remedy)


def names(n: int) -> Held:
    return held("names", np.array([chr(97 + i) for i in range(n)]))


def parts(labels: Source | None) -> tuple[Part, ...]:
    return (Part(PICTURES, labels),)


@pytest.mark.parametrize(
    ("labels", "n"),
    [
        (CLASSES, 3),
        (held("y", [0, 4, 4, 0]), 2),  # as many as there are
        (held("y", [0, 4, 4, 0]), 5),  # as far as they count
        (held("y", [0.0, 1.0, np.nan]), 2),
        (held("y", [False, True]), 2),
    ],
)
def test_names_that_fit_are_kept(labels: Source, n: int) -> None:
    given = names(n)
    assert fitting_names(given, parts(labels), [SITES]) == (given, [])


@pytest.mark.parametrize(
    "labels",
    [CLASSES, held("kind", np.array(["a", "b"])), held("kind", np.zeros((4, 2))),
     held("kind", np.full(4, np.nan))],
)  # fmt: skip
def test_names_of_another_array_are_left_out_with_a_word(labels: Source) -> None:
    given = names(2)
    found, said = fitting_names(given, parts(labels), [labels, SITES])
    assert found is None
    assert said == [
        "the 2 names in names fit site, not kind, and are left out; --label site takes both"
    ]
    assert fitting_names(given, parts(labels), [labels, OWN]) == (given, [])  # nobody's
    assert fitting_names(None, parts(labels), [SITES]) == (None, [])
    assert fitting_names(given, parts(None), [SITES]) == (given, [])
