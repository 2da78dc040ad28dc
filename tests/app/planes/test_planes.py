"""explorer.app.planes: what a point of each kind means, against the definitions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from explorer.analysis.pca import fit
from explorer.app.parts.planes import PlaneState
from explorer.app.planes import PlaneOfRows, place, planes, rows_of
from explorer.app.snapshot import Snapshot
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


def test_where_there_is_no_data_no_sample_lies_anywhere() -> None:
    assert rows_of(Snapshot()).shape == (0, 0)
    assert _Corner().positions(Snapshot()) is None


@pytest.mark.parametrize(
    ("xy", "first"), [(None, None), (np.zeros((0, 2)), None), (np.array([[1, 2], [3, 4]]), (1, 2))]
)
def test_a_place_is_the_first_of_the_points(xy: Any, first: Any) -> None:
    assert place(xy) == first
