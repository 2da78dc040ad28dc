"""explorer.app.planes.kind: what a point of each kind means, against the definitions."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from explorer.analysis.pca import fit
from explorer.app import needs
from explorer.app.parts.planes import PlaneState
from explorer.app.planes import (
    Plane,
    PlaneOfRows,
    Positions,
    all_planes,
    place,
    plane_named,
    planes,
    rows_of,
)
from explorer.app.snapshot import Snapshot
from explorer.errors import DataError, SettingsError
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from tests.fakes import toy_dataset

DATA = toy_dataset(20)
PCA = fit(DATA, 8)
LATENT = planes["latent"]
PRINCIPAL = planes["pca"]


def now(d: int = 3, **more: Any) -> Snapshot:
    model = ModelSnapshot("m", ModelConfig(latent_dim=d), DATA.preparation, {})
    mean = np.random.default_rng(0).normal(size=(20, d)).astype(np.float32)
    codes = Codes("m", mean, np.ones_like(mean), np.arange(20))
    scores = PCA.project(DATA.unit(slice(None)))
    z = np.arange(d, dtype=np.float32)
    given = {"dataset": DATA, "model": model, "codes": codes, "z": z, "pca": PCA,
             "pca_scores": scores} | more  # fmt: skip
    return Snapshot(**given)


def test_a_point_of_the_latent_plane_replaces_two_dimensions_of_the_held_z() -> None:
    seen = now(planes={"latent": PlaneState((2, 0))})
    z = LATENT.unproject_z(seen, (5.0, 6.0))
    assert z is not None and z.tolist() == [6, 1, 5]
    back = LATENT.project_z(seen, z[None])
    assert back is not None and back.tolist() == [[5, 6]]
    assert LATENT.cursor(seen) == (2.0, 0.0)
    assert LATENT.cursor(now(preview=np.ones(3, np.float32))) == (1.0, 1.0)


def test_a_single_dimension_is_a_line_and_its_samples_are_spread() -> None:
    seen = now(1)
    there, z = LATENT.positions(seen), np.array([[0.5]], np.float32)
    assert there is not None and there.xy[:, 1].std() > 0.1
    back = LATENT.project_z(seen, z)
    assert back is not None and back.tolist() == [[0.5, 0.0]]
    held = LATENT.unproject_z(seen, (0.7, 9.0))
    assert held is not None and held.tolist() == pytest.approx([0.7])


def test_a_point_of_the_pca_plane_is_the_mean_and_two_components() -> None:
    seen = now(planes={"pca": PlaneState((1, 3))})
    rows = PRINCIPAL.unproject_rows(seen, np.array([[2.0, -1.0]], np.float32))
    wanted = PCA.mean + 2 * PCA.components[1] - PCA.components[3]
    assert rows is not None
    np.testing.assert_allclose(rows, wanted[None], atol=1e-5)
    np.testing.assert_allclose(PRINCIPAL.project_rows(seen, rows), [[2, -1]], atol=1e-4)
    np.testing.assert_allclose(
        PRINCIPAL.of_sample(seen, 4),
        seen.pca_scores[4, [1, 3]],
        atol=1e-5,  # type: ignore[index]
    )


@pytest.mark.parametrize("name", ["latent", "pca"])
def test_moving_the_cursor_says_what_is_moved(name: str) -> None:
    class Told:
        z: Any = None
        put: Any = None

        def move(self, z: Any) -> None:
            self.z = z

        def move_in(self, plane: str, point: Any) -> None:
            self.put = (plane, point)

    told = Told()
    planes[name].move(now(), told, (0.5, 0.25))
    if name == "latent":
        assert told.z.tolist() == [0.5, 0.25, 2] and told.put is None
    else:
        assert told.put == ("pca", (0.5, 0.25)) and told.z is None
    empty = Told()
    planes[name].move(Snapshot(), empty, (0.5, 0.25))
    assert empty.z is None and empty.put is None and planes[name].immovable(Snapshot())


def test_a_put_cursor_stays_and_one_that_follows_is_where_the_picture_lies() -> None:
    put = now(planes={"pca": PlaneState(cursor=(1.0, 2.0))})
    assert PRINCIPAL.cursor(put) == (1.0, 2.0)
    assert PRINCIPAL.cursor(now()) is None, "no picture yet"


class _Corner(PlaneOfRows):
    """Where the first two numbers of a row say."""

    def lay(self, now: Snapshot, rows: Any) -> Any:
        return rows[:, :2].astype(np.float64)


def test_a_plane_of_rows_says_all_by_where_rows_lie() -> None:
    there = _Corner().positions(now())
    assert there is not None and there.index.tolist() == list(range(20))
    np.testing.assert_array_equal(there.xy, rows_of(now())[:, :2])
    assert there.xy.dtype == np.float32


class _Movable(_Corner):
    """A point is a row of two numbers and zeros."""

    name = "latent"  # of the planes that the state has

    def choices(self, now: Snapshot) -> list[str]:
        return ["left", "right"]

    def unproject_rows(self, now: Snapshot, points: Any) -> Any:
        return np.pad(points, ((0, 0), (0, 1)))


ROW = np.array([0.25, 0.5, 1.0], np.float32)


@pytest.mark.parametrize(
    ("put", "decoded", "at"),
    [
        (None, None, None),
        (None, SimpleNamespace(row=None), None),
        (None, SimpleNamespace(row=ROW), (0.25, 0.5)),
        ((3.0, 4.0), None, (3.0, 4.0)),
        ((3.0, 4.0), SimpleNamespace(row=ROW), (3.0, 4.0)),
    ],
)
def test_a_cursor_is_where_it_was_put_or_follows_the_picture(put: Any, decoded: Any, at: Any):
    seen = now(planes={"latent": PlaneState(cursor=put)}, decoded=decoded)
    assert _Movable().cursor(seen) == at


def test_a_sample_is_where_it_lies_and_elsewhere_there_is_none() -> None:
    rows = rows_of(now())
    for sample in (0, 7, 19):
        assert _Corner().of_sample(now(), sample) == tuple(rows[sample, :2].tolist())
    assert _Corner().of_sample(now(), 20) is None and _Corner().of_sample(Snapshot(), 0) is None

    class Few(_Corner):
        def positions(self, now: Snapshot) -> Positions:
            return Positions(np.array([[1, 2], [3, 4]], np.float32), np.array([9, 4]))

    assert [Few().of_sample(now(), i) for i in (9, 4, 0, 1)] == [(1, 2), (3, 4), None, None]


def test_a_table_is_where_samples_lie_under_the_names_of_the_axes() -> None:
    index, xy, names = _Movable().table(now())
    assert index.tolist() == list(range(20)) and tuple(names) == ("left", "right")
    np.testing.assert_array_equal(xy, rows_of(now())[:, :2])
    index, xy, names = _Movable().table(Snapshot())
    assert len(index) == 0 and xy.shape == (0, 2) and tuple(names) == ("left", "right")


@pytest.mark.parametrize(
    ("axes", "names"),
    [((1, 0), ("right", "left")), ((0, 2), ("left", "")), ((5, 1), ("", "right"))],
)
def test_an_axis_that_there_is_not_has_no_name(axes: Any, names: Any) -> None:
    seen = now(planes={"latent": PlaneState(axes)})
    assert _Movable().axis_names(seen) == names
    said = f"{names[0]} = \u22120.50, {names[1]} = 2.00"
    assert _Movable().spelled(seen, (-0.5, 2.0)) == said


def test_an_own_picture_lies_where_its_row_lies() -> None:
    def seen(row: Any) -> Any:
        return SimpleNamespace(rows=(row, None, None))

    found = _Corner().of_comparison(now(), seen(ROW))
    assert found is not None and found.tolist() == [[0.25, 0.5]]
    assert _Corner().of_comparison(now(), seen(None)) is None


def test_a_plane_is_moved_where_its_points_are_rows_and_there_are_some() -> None:
    class Absent(_Movable):
        def absence(self, now: Snapshot) -> str:
            return "There are no corners yet"

    only_follows = "A point of this plane is no picture: the cursor only follows"
    told: list[Any] = []
    mover: Any = SimpleNamespace(move_in=lambda *given: told.append(given))
    for plane, seen, why in (
        (Plane(), now(), only_follows), (_Corner(), Snapshot(), only_follows),
        (Absent(), now(), "There are no corners yet"), (_Movable(), Snapshot(), needs.DATA),
    ):  # fmt: skip
        assert plane.immovable(seen) == why
        plane.move(seen, mover, (1.0, 2.0))
    assert told == [] and _Movable().immovable(now()) == ""
    _Movable().move(now(), mover, (1.0, 2.0))
    assert told == [("latent", (1.0, 2.0))]


def test_what_a_kind_does_not_say_is_nothing() -> None:
    bare, z, rows = Plane(), np.zeros((1, 3), np.float32), rows_of(now())
    nothing = (bare.project_z(now(), z), bare.project_rows(now(), rows), bare.positions(now()),
               bare.unproject_z(now(), (0, 0)), bare.unproject_rows(now(), z[:, :2]),
               bare.cursor(now()), bare.of_sample(now(), 0))  # fmt: skip
    assert nothing == (None,) * 7 and bare.absence(now()) == "" and bare.choices(now()) == ()
    other = now(dataset=toy_dataset(20, seed=1))
    for of in (bare.axes_of, bare.points_of, bare.view_of):
        assert of(now()) == of(now()) != of(other)


def test_where_there_is_no_data_no_sample_lies_anywhere() -> None:
    assert rows_of(Snapshot()).shape == (0, 0)
    assert _Corner().positions(Snapshot()) is None


@pytest.mark.parametrize(
    ("xy", "first"), [(None, None), (np.zeros((0, 2)), None), (np.array([[1, 2], [3, 4]]), (1, 2))]
)
def test_a_place_is_the_first_of_the_points(xy: Any, first: Any) -> None:
    assert place(xy) == first


# -- further views ----------------------------------------------------------------------------


def test_a_further_view_is_the_same_kind_with_axes_of_its_own() -> None:
    seen = now(planes={"pca": PlaneState((0, 1)), "pca:2": PlaneState((3, 2))}, views=("pca:2",))
    made = plane_named("pca:2")
    assert (made.name, made.title) == ("pca:2", "PCA plane (2)")
    assert (PRINCIPAL.name, PRINCIPAL.title) == ("pca", "PCA plane")
    assert made.axis_names(seen) == ("PC4", "PC3")
    there = made.positions(seen)
    assert there is not None and seen.pca_scores is not None
    np.testing.assert_array_equal(there.xy, seen.pca_scores[:, [3, 2]])
    assert plane_named("pca") is PRINCIPAL
    assert [kind.name for kind in all_planes(seen)] == ["latent", "pca", "pca:2"]


def test_a_plane_of_no_kind_is_named() -> None:
    with pytest.raises(SettingsError, match="no plane called 'unheard-of'"):
        plane_named("unheard-of:2")


def test_a_cursor_is_put_in_all_views_of_a_kind() -> None:
    """On the same axes at the same place; on others where the picture that is meant lies."""
    put = {"pca:2": PlaneState((1, 2), cursor=(0.5, -0.25)), "pca:3": PlaneState((1, 2)),
           "pca:4": PlaneState((3, 2))}  # fmt: skip
    seen = now(planes=put, views=tuple(put), moved="pca:2")
    assert plane_named("pca:2").put(seen) == plane_named("pca:3").put(seen) == (0.5, -0.25)
    assert plane_named("pca:4").put(seen) == pytest.approx((0.0, -0.25), abs=1e-5)
    assert PRINCIPAL.put(seen) == pytest.approx((0.0, 0.5), abs=1e-5)
    assert PRINCIPAL.cursor(seen) == PRINCIPAL.put(seen)
    for moved in ("sample", "latent", "pca"):
        other = now(planes=put, views=tuple(put), moved=moved)
        assert PRINCIPAL.put(other) is None
        assert plane_named("pca:2").put(other) == (0.5, -0.25)


def test_a_kind_without_pictures_knows_no_cursor_put_on_other_axes() -> None:
    put = {"latent:2": PlaneState((2, 1), cursor=(0.5, -0.25))}
    assert LATENT.put(now(planes=put, views=("latent:2",), moved="latent:2")) is None


def test_a_kind_whose_points_are_nothing_has_no_slice() -> None:
    class Bare(PlaneOfRows):
        def lay(self, now: Snapshot, rows: Any) -> Any:
            return rows[:, :2]

    class Unknown(Bare):
        title = "Unknown plane"

        def unproject_rows(self, now: Snapshot, points: Any) -> Any:
            return None

    assert not Bare().has_pictures and Bare().slice_of(now()) is None
    slice_ = Unknown().slice_of(now())
    assert Unknown().has_pictures and slice_ is not None
    with pytest.raises(DataError, match="Unknown plane"):
        slice_.unproject(np.zeros((1, 2), np.float32))
