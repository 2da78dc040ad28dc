"""explorer.app.snapshot: the state is its parts, read flat and taken apart."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import numpy as np
import pytest

from explorer.app.parts.planes import PlanesPart
from explorer.app.parts.rules import rules_of
from explorer.app.parts.selection import SelectionPart
from explorer.app.snapshot import DERIVED, PARTS, Snapshot, part_of, replaced
from explorer.data.pictures.own import Own, OwnPicture
from tests.fakes import toy_dataset

DATA = toy_dataset(5)


def _names(part: type) -> list[str]:
    return [field.name for field in dataclasses.fields(part)]


def test_the_parts_together_are_the_state_and_no_field_is_in_two():
    names = [name for part in PARTS.values() for name in _names(part)]
    assert sorted(names) == sorted(_names(Snapshot))
    assert len(set(names)) == len(names)


def test_a_part_is_taken_out_with_the_values_that_it_has():
    z = np.ones(2, np.float32)
    now = Snapshot(z=z, hover=3, moved="pca")
    part = part_of(now, SelectionPart)
    assert type(part) is SelectionPart
    assert (part.z is z, part.hover) == (True, 3)
    assert part_of(now, PlanesPart).moved == "pca"


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_a_field_goes_only_with_fields_that_there_are(part):
    known = {*_names(Snapshot), *DERIVED}
    for name, rule in rules_of(part).items():
        assert set(rule.goes_with.split()) <= known - {name}


def test_a_comparison_is_of_the_own_picture_only_where_that_is_looked_at():
    own = Own((OwnPicture("a", DATA.x[0], DATA.preparation),))
    seen = SimpleNamespace(own=own.picture)
    assert Snapshot(own=own, comparison=seen).own_comparison is seen
    assert Snapshot(own=own, comparison=SimpleNamespace(own=None)).own_comparison is None
    assert Snapshot(own=own).own_comparison is None
    assert Snapshot(comparison=SimpleNamespace(own=None)).own_comparison is None


def test_one_with_other_fields_is_what_dataclasses_make_of_it():
    before = Snapshot(z=np.ones(2, np.float32), hover=3)
    fields = {"hover": 4, "dataset": DATA}
    after, wanted = replaced(before, fields), dataclasses.replace(before, **fields)
    assert type(after) is Snapshot and before.hover == 3 and before.dataset is None
    assert all(getattr(after, name) is getattr(wanted, name) for name in _names(Snapshot))
    with pytest.raises(dataclasses.FrozenInstanceError):
        after.hover = 5
