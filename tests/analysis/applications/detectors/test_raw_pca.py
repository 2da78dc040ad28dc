"""PCA of what is not scaled: scikit-learn's, of the values in the user's units."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from sklearn.decomposition import PCA

from explorer.analysis.applications.detectors.pca import PreparedPca
from explorer.analysis.applications.detectors.raw_pca import RawPca, unscaled
from explorer.task import NO_TASK
from tests.analysis.applications.detectors.rows import table


def test_the_score_is_the_error_in_the_units_of_the_data_up_to_a_factor() -> None:
    known, rows = table(), table(seed=4).unit(slice(None))
    learned = RawPca().learn(known, 0, NO_TASK)
    scale, centre = np.array(known.preparation.scale), np.array(known.preparation.centre)
    raw = known.unit(known.train_index) * scale + centre
    asked = rows * scale + centre
    peer = PCA(learned.setting["k"]).fit(raw)
    back = peer.inverse_transform(peer.transform(asked))
    wanted = ((asked - back) ** 2).mean(axis=1) / scale.max() ** 2
    np.testing.assert_allclose(learned.score(rows), wanted, rtol=1e-3, atol=1e-6)
    scaled = PreparedPca().learn(known, 0, NO_TASK).score(rows)
    assert (learned.score(rows).argsort() != scaled.argsort()).any()


def test_of_one_scale_it_says_nothing_new() -> None:
    known = table()
    one = replace(known, preparation=replace(known.preparation, scale=(3.0,) * 6))
    assert RawPca().suits(known) and not RawPca().suits(one)


def test_the_scale_is_undone_and_the_largest_is_one() -> None:
    known = table()
    plain = unscaled(known)
    assert plain.preparation.scale == plain.preparation.centre == ()
    wanted = known.unit(slice(None)) * 2.0 ** (np.arange(6) - 5)
    np.testing.assert_allclose(plain.unit(slice(None)), wanted, rtol=1e-6)
    assert np.array_equal(plain.test, known.test) and plain.x.shape == known.x.shape
