"""explorer.compute.applications.restoring: damage is restored, and measured where it was."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.analysis import pca
from explorer.compute.analyses.denoise import Denoise
from explorer.compute.analyses.encode import FindCodes
from explorer.compute.applications.restoring import STARTS, VEIL, Restore, _starts, _veiled
from explorer.compute.measuring.errors import MeasureErrors
from explorer.data.dataset import Preparation
from explorer.models.config import Codes
from tests.compute.small import DATA, linear_model, snapshot

CORNER = np.ones((8, 8), bool)
CORNER[4:, 4:] = False


def test_noise_is_of_the_strength_that_was_asked_for() -> None:
    question = Restore(snapshot(), DATA, 3, pca.fit(DATA, 8), None, noise=0.5)
    noisy = question.answer()
    row, damaged, restored, _ = noisy.rows
    assert row is not None and damaged is not None and restored is not None
    assert noisy.damaged_mse == pytest.approx(0.25, rel=0.4)
    assert noisy.damaged_mse == pytest.approx(float(np.mean((damaged - row) ** 2)), rel=1e-5)
    assert noisy.restored_mse == pytest.approx(float(np.mean((restored - row) ** 2)), rel=1e-5)
    assert noisy.linear is not None and noisy.k == 2
    again = replace(question, seed=1).answer().rows[1]
    assert again is not None and not np.array_equal(damaged, again)


@pytest.mark.parametrize("kind", ["gaussian", "salt-and-pepper", "patch"])
def test_the_noise_is_of_its_kind_and_that_of_the_terminal(kind: str) -> None:
    question = Restore(snapshot(), DATA, 3, None, None, noise=0.5, noise_kind=kind, seed=2)
    row, damaged, _, _ = question.answer().rows
    assert row is not None and damaged is not None
    wanted = Denoise(snapshot(), DATA, corruption=kind, amount=0.5, seed=2).corrupted(row[None])
    np.testing.assert_array_equal(damaged, wanted[0])


def test_without_noise_a_sample_is_given_back_as_ever() -> None:
    model = snapshot()
    restored = Restore(model, DATA, 3, None, None).answer()
    assert restored.restored_mse == pytest.approx(MeasureErrors(model, DATA).answer()[3], rel=1e-5)
    assert restored.damaged_mse == 0.0 and restored.linear is None and restored.k == 0


def test_the_linear_model_projects_noise_away() -> None:
    """decode(mu(x)) = 0.5 + s^2 / (s^2 + sigma^2) P (x - 0.5), P on the columns of W."""
    model, module = linear_model()
    _, damaged, restored, _ = Restore(model, DATA, 3, None, None, noise=0.3).answer().rows
    assert damaged is not None and restored is not None
    basis = module.basis.numpy()
    wanted = 0.5 + (damaged - 0.5) @ basis @ basis.T / (module.scale**2 + module.sigma**2)
    np.testing.assert_allclose(restored, wanted, atol=1e-4)


def test_a_hole_is_filled_and_the_rest_stays() -> None:
    model = snapshot()
    question = Restore(
        model, DATA, 3, pca.fit(DATA, 8), FindCodes(model, DATA).answer(), known=CORNER
    )
    filled = question.answer()
    assert filled.restored is not None
    assert np.array_equal(filled.restored[CORNER], filled.original[CORNER])
    row, damaged, restored, _ = filled.rows
    assert row is not None and damaged is not None and restored is not None
    hole = ~CORNER.ravel()
    assert np.isnan(damaged[hole]).all() and np.array_equal(damaged[~hole], row[~hole])
    wanted = float(np.mean((restored[hole] - row[hole]) ** 2))
    assert filled.restored_mse == pytest.approx(wanted, rel=1e-4)
    blank = float(np.mean((row[hole] - 0.5) ** 2))
    assert filled.damaged_mse == pytest.approx(blank, rel=1e-4)


def test_pca_fills_with_as_many_components_as_the_model_has_dimensions() -> None:
    question = Restore(snapshot(), DATA, 3, pca.fit(DATA, 8), None, known=CORNER)
    eight, two = question.answer(), replace(question, pca=pca.fit(DATA, 2)).answer()
    assert eight.k == two.k == 2
    assert eight.linear_mse == pytest.approx(two.linear_mse, rel=1e-4)


def test_where_nothing_is_hidden_there_is_only_the_original() -> None:
    whole = Restore(snapshot(), DATA, 3, None, None, known=np.ones((8, 8), bool)).answer()
    assert whole.restored is None and whole.restored_mse is None and whole.damaged is None
    np.testing.assert_array_equal(whole.original, DATA.picture(3))


def test_the_veil_is_seen_and_what_lies_under_it_can_be_read() -> None:
    """A large field differs from another by 1 or 2 % at least; letters need 85 % of their light."""
    assert 0.05 < VEIL < 0.15


def test_what_is_hidden_is_drawn_under_a_veil_and_the_rest_as_it_is() -> None:
    """Places of a signal are columns of its drawing, those of a table rows; pictures have none."""
    picture = np.full((6, 12, 3), 200, np.uint8)
    known = np.array([[True, False, True]])
    dark = int(200 * (1 - VEIL))
    across = _veiled(picture, known, Preparation(1, 3, kind="signals"))
    assert across[0, :, 0].tolist() == [200] * 4 + [dark] * 4 + [200] * 4
    down = _veiled(picture, known, Preparation(1, 3, kind="table"))
    assert down[:, 0, 2].tolist() == [200] * 2 + [dark] * 2 + [200] * 2
    assert (np.ptp(across, axis=0) == 0).all() and (np.ptp(down, axis=1) == 0).all()
    for form, hidden in ((Preparation(1, 3), known), (Preparation(1, 3, kind="signals"), None)):
        assert _veiled(picture, hidden, form) is picture


@pytest.mark.parametrize("n", [0, 5, 100])
def test_filling_in_starts_from_codes_of_the_training_part_each_once(n: int) -> None:
    index = np.arange(n)
    mean = np.stack([index, DATA.test[index]], axis=1).astype(np.float32)
    codes = Codes("toy", mean, np.ones_like(mean), index)
    question = Restore(snapshot(), DATA, 3, None, codes, known=CORNER)
    starts = _starts(question)
    if n == 0:
        assert np.array_equal(starts, _starts(replace(question, codes=None)))
        assert starts.shape == (STARTS, 2) and abs(starts.std() - 1) < 0.2
    else:
        train = {i for i in range(n) if not DATA.test[i]}
        assert len(starts) == min(STARTS, len(train)) == len({*starts[:, 0].tolist()})
        assert {*starts[:, 0].tolist()} <= train


def test_filling_in_starts_from_held_out_codes_where_there_are_no_others() -> None:
    index = DATA.test_index
    mean = np.repeat(index[:, None], 2, axis=1).astype(np.float32)
    question = Restore(snapshot(), DATA, 3, None, Codes("toy", mean, mean, index), known=CORNER)
    assert sorted(_starts(question)[:, 0].tolist()) == index.tolist()
