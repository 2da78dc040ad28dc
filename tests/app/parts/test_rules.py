"""explorer.app.parts.rules: a field says in its own line how it is treated."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from explorer.app.parts.rules import (
    FieldRule,
    Kept,
    Named,
    Undo,
    answer,
    chosen,
    passing,
    rules_of,
    shown,
)
from explorer.compute.references import DataReference


@dataclass(frozen=True)
class Part:
    at: float = chosen(0.5, goes_with="path", in_space=True)
    names: list[str] = chosen(factory=list, setting=True)
    data: object = shown(reference=DataReference)
    epoch: float | None = shown()
    codes: object = shown(follows="it is found anew")
    film: object = answer("path", to="the pictures")
    hover: int | None = passing(reason="what the pointer is over")
    tool: str = passing("probe", reason="what is used", kept=True, names=Named("tool", ("hand",)))


def test_a_field_says_all_of_its_treatment():
    rules = rules_of(Part)
    assert rules["at"] == FieldRule(Undo.ALWAYS, Kept.VALUE, "", "path", in_space=True)
    assert rules["names"] == FieldRule(Undo.ALWAYS, Kept.VALUE, setting=True)
    assert rules["data"] == FieldRule(Undo.IDLE, Kept.REFERENCE, reference=DataReference)
    assert rules["epoch"] == FieldRule(Undo.IDLE, Kept.VALUE)
    assert rules["codes"] == FieldRule(Undo.IDLE, Kept.NOT, "it is found anew")
    assert (rules["film"].undo, rules["film"].kept, rules["film"].goes_with) == (
        Undo.NEVER, Kept.NOT, "path",
    )  # fmt: skip
    assert "the pictures" in rules["film"].reason
    assert rules["hover"].reason == "what the pointer is over"
    assert rules["tool"].names == Named("tool", ("hand",)) and rules["tool"].kept is Kept.VALUE


def test_defaults_are_those_given_and_no_list_is_shared():
    assert (Part().at, Part().data, Part().hover) == (0.5, None, None)
    assert Part().names == [] and Part().names is not Part().names


def test_a_field_without_a_rule_is_refused():
    @dataclass(frozen=True)
    class Silent:
        told: int = chosen(1)
        untold: int = 0

    with pytest.raises(TypeError, match="untold"):
        rules_of(Silent)
