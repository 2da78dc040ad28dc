"""explorer.app.planes.pca: scores on two components, and rows that points stand for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from explorer.analysis.pca import fit
from explorer.app.parts.planes import PlaneState
from explorer.app.planes import planes
from explorer.app.planes.pca import FINDING, ONLY_ONE
from explorer.app.snapshot import Snapshot
from tests.app.planes.test_kind import DATA, PCA, now

PRINCIPAL = planes["pca"]
SCORES = PCA.project(DATA.unit(slice(None)))


def on(a: int, b: int, **more: Any) -> Snapshot:
    return now(planes={"pca": PlaneState((a, b))}, **more)


@pytest.mark.parametrize(("k", "count"), [(2, 2), (8, 8), (16, 16), (19, 16)])
def test_its_axes_are_the_first_components(k: int, count: int) -> None:
    names = PRINCIPAL.choices(now(pca=fit(DATA, k)))
    assert list(names) == [f"PC{i + 1}" for i in range(count)]


def test_of_one_component_the_second_axis_is_none() -> None:
    assert list(PRINCIPAL.choices(now(pca=fit(DATA, 1)))) == ["PC1", ONLY_ONE]
    assert list(PRINCIPAL.choices(Snapshot())) == ["PC1", "PC2"]
    assert PRINCIPAL.axis_names(on(3, 1)) == ("PC4", "PC2")
    assert PRINCIPAL.spelled(on(3, 1), (0.5, -2)) == "PC4 = 0.50, PC2 = \u22122.00"


def test_what_is_missing_is_said() -> None:
    assert PRINCIPAL.absence(Snapshot()) not in ("", FINDING)
    assert PRINCIPAL.absence(now(pca=None)) == FINDING and PRINCIPAL.absence(now()) == ""
    assert PRINCIPAL.immovable(now(pca=None)) and PRINCIPAL.immovable(now()) == ""


def test_samples_lie_at_their_scores() -> None:
    there = PRINCIPAL.positions(on(2, 5))
    assert there is not None and there.index.tolist() == list(range(20))
    np.testing.assert_array_equal(there.xy, SCORES[:, [2, 5]].astype(np.float32))
    assert PRINCIPAL.positions(now(pca_scores=None)) is None
    assert PRINCIPAL.positions(now(dataset=None)) is None
    assert PRINCIPAL.of_sample(on(2, 5), 7) == pytest.approx(SCORES[7, [2, 5]])


def test_a_component_beyond_the_last_is_no_place_to_go_to() -> None:
    assert PRINCIPAL.of_sample(on(0, 8), 7) is None
    assert PRINCIPAL.of_sample(on(0, 7), 7) is not None
    assert PRINCIPAL.of_sample(on(0, 1, pca_scores=None), 7) is None


def test_a_table_has_every_score() -> None:
    index, numbers, names = PRINCIPAL.table(now())
    assert index.tolist() == list(range(20)) and list(names) == [f"PC{i + 1}" for i in range(8)]
    np.testing.assert_array_equal(numbers, SCORES)
    index, numbers, names = PRINCIPAL.table(now(pca_scores=None))
    assert len(index) == 0 and numbers.shape == (0, 2) and list(names) == ["PC1", "PC2"]


def test_rows_and_points_need_components() -> None:
    bare = now(pca=None)
    points = np.array([[1.0, 2.0]], np.float32)
    assert PRINCIPAL.unproject_rows(bare, points) is None
    assert PRINCIPAL.project_rows(bare, DATA.unit(slice(2))) is None
    rows = PRINCIPAL.unproject_rows(on(4, 0), points)
    assert rows is not None and rows.dtype == np.float32
    wanted = PCA.mean + PCA.components[4] + 2 * PCA.components[0]
    np.testing.assert_allclose(rows, wanted[None], atol=1e-5)


def test_an_own_picture_lies_at_its_scores() -> None:
    seen: Any = SimpleNamespace(scores=SCORES[3], rows=(None,))
    found = PRINCIPAL.of_comparison(on(1, 2), seen)
    assert found is not None
    np.testing.assert_allclose(found, SCORES[3, [1, 2]][None], rtol=1e-6)
    assert PRINCIPAL.of_comparison(on(1, 2), SimpleNamespace(scores=None, rows=(None,))) is None


def test_a_cursor_that_was_not_put_is_where_the_decoded_picture_lies() -> None:
    decoded: Any = SimpleNamespace(point=np.array([3.0, 4.0], np.float32), axes=(0, 1))
    assert PRINCIPAL.cursor(now(pca_decoded=decoded)) == (3.0, 4.0)
    put = {"pca": PlaneState(cursor=(1.0, 2.0))}
    assert PRINCIPAL.cursor(now(pca_decoded=decoded, planes=put)) == (1.0, 2.0)
    assert PRINCIPAL.cursor(now(pca=None, planes=put, pca_decoded=decoded)) is None


def test_what_was_decoded_on_the_axes_of_another_view_is_not_taken_for_its_own() -> None:
    """Then the cursor is where the model's picture lies."""
    row = PCA.mean + 2 * PCA.components[0] - PCA.components[2]
    linear: Any = SimpleNamespace(point=np.array([3.0, 4.0], np.float32), axes=(1, 0))
    seen = now(pca_decoded=linear, decoded=SimpleNamespace(row=row.astype(np.float32)))
    assert PRINCIPAL.cursor(seen) == pytest.approx((2.0, 0.0), abs=1e-4)


def test_all_points_are_rows_of_two_components() -> None:
    seen = on(2, 5)
    points = np.array([[0.5, -2], [3, 1]], np.float32)
    slice_ = PRINCIPAL.slice_of(seen)
    assert slice_ is not None and slice_.model is None and PRINCIPAL.has_pictures
    assert slice_.subject == {"dataset": DATA, "pca": PCA}
    np.testing.assert_array_equal(slice_.unproject(points), PCA.reconstruct(points, axes=(2, 5)))
    assert PRINCIPAL.slice_of(on(2, 5, model=None)).key == slice_.key, "no model is asked"
    assert PRINCIPAL.slice_of(on(5, 2)).key != slice_.key
    assert PRINCIPAL.slice_of(on(2, 5, pca=fit(DATA, 8))).place != slice_.place
    assert PRINCIPAL.slice_of(now(pca=None)) is None is PRINCIPAL.slice_of(now(dataset=None))
    view = PRINCIPAL.under("pca:2")
    other = view.slice_of(now(planes={"pca:2": PlaneState((2, 5))}))
    assert other is not None and other.key == slice_.key, "two views share what is drawn"
