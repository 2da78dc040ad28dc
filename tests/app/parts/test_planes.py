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
