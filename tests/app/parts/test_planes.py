"""explorer.app.parts.planes: how one plane is looked at, among all."""

from __future__ import annotations

import pytest

from explorer.app.parts.planes import (
    FIRST,
    PlanesPart,
    PlaneState,
    is_plane_field,
    plane_fields,
)
from explorer.app.parts.rules import rules_of
from explorer.app.serialising import to_file, unknown_names
from explorer.app.state import State
from tests.app.history.test_past import model, z
from tests.fakes import toy_dataset

AWAY = PlaneState((2, 1), (0.0, 1.0, 0.0, 1.0), (0.5, 0.25))


def test_a_plane_that_is_not_named_is_as_at_first() -> None:
    part = PlanesPart({"pca": AWAY})
    assert part.plane("pca") is AWAY and part.plane("latent") is FIRST
    assert PlaneState((0, 1), None, None) == FIRST


def test_one_plane_changes_and_the_others_stay() -> None:
    part = PlanesPart({"pca": AWAY})
    planes = part.planes_with("latent", axes=(1, 0))
    assert planes == {"pca": AWAY, "latent": PlaneState((1, 0))}
    assert part.planes == {"pca": AWAY}
    cursor = part.planes_with("pca", cursor=None)["pca"]
    assert (cursor.axes, cursor.view, cursor.cursor) == (AWAY.axes, AWAY.view, None)


def test_cursors_that_follow_leave_axes_and_views() -> None:
    part = PlanesPart({"pca": AWAY, "latent": PlaneState((1, 0))})
    planes = part.planes_following()
    assert planes["pca"] == PlaneState(AWAY.axes, AWAY.view)
    assert planes["latent"] == PlaneState((1, 0))
    still = PlanesPart(planes)
    assert still.planes_following() is planes, "nothing new where nothing changes"


def test_what_differs_is_named() -> None:
    before = {"pca": AWAY, "latent": FIRST}
    after = {"pca": PlaneState(AWAY.axes, None, (9.0, 9.0))}
    assert plane_fields(before, after) == {"planes.pca.view", "planes.pca.cursor"}
    assert plane_fields({}, before) == plane_fields(before, {})
    assert plane_fields({}, before) == {f"planes.pca.{f}" for f in ("axes", "view", "cursor")}
    assert plane_fields(before, dict(before)) == set()


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("planes.pca.axes", True),
        ("planes.pca.view", True),
        ("planes.pca.cursor", True),
        ("planes.pca", False),
        ("planes.pca.colour", False),
        ("layers.pca.axes", False),
        ("planes.pca.axes.x", False),
        ("planes", False),
    ],
)
def test_a_field_of_a_plane_is_told_by_its_name(name: str, *, is_one: bool) -> None:
    assert is_plane_field(name) == is_one


def test_the_cursor_of_a_further_view_is_one_of_the_first_too() -> None:
    away = {"pca:2": AWAY}
    assert plane_fields({}, away) == {
        "planes.pca.cursor", *(f"planes.pca:2.{field}" for field in ("axes", "view", "cursor")),
    }  # fmt: skip


@pytest.mark.parametrize(("moved", "cursor"), [("pca", None), ("sample", AWAY.cursor)])
def test_another_view_begins_as_the_first_is(
    moved: str, cursor: tuple[float, float] | None
) -> None:
    part = PlanesPart({"pca": AWAY}, views=("pca:2", "latent:2"), moved=moved)
    fields = part.views_with("pca")
    assert fields["views"] == ("pca:2", "latent:2", "pca:3")
    made = PlaneState(AWAY.axes, AWAY.view, cursor)
    assert fields["planes"] == {"pca": AWAY, "pca:3": made}


def test_windows_that_are_open_stay_with_other_data_and_are_kept_in_a_file(state: State) -> None:
    state.update(dataset=toy_dataset(5), views=("pca:2",), seen=("pca", "pca:2"))
    state.renew(dataset=toy_dataset(6))
    assert (state.now.views, state.now.seen) == (("pca:2",), ("pca", "pca:2"))
    kept = to_file(state.now)["planes"]
    assert tuple(kept["views"]) == ("pca:2",) and "seen" not in kept


def test_a_further_view_is_known_by_its_kind() -> None:
    rules, there = rules_of(PlanesPart), {"plane": ("latent", "pca")}
    given = {"planes": {"pca:2": AWAY}, "views": ("latent:3",), "moved": "pca:2"}
    for name, value in given.items():
        names = rules[name].names
        assert names is not None and unknown_names(names, value, there) == []
        assert unknown_names(names, "umap:2", there) == ["umap:2"]


def test_no_undo_says_that_a_cursor_of_another_space_is_moved(state: State) -> None:
    state.update(dataset=toy_dataset(5), training="running", model=model("a"), z=z(1, 1))
    state.update(moved="sample")
    state.mark()
    state.update(noise=0.25)
    state.update(model=model("b", d=3), z=z(2, 2, 2), moved="latent")
    assert state.undo() and state.now.noise == 0.5
    assert state.now.moved == "latent"
