"""PCA as a detector: scikit-learn's error, with the components that it chose."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import PCA

from explorer.analysis import components
from explorer.analysis.applications.detectors import parted
from explorer.analysis.applications.detectors.pca import PreparedPca
from explorer.errors import DataError
from explorer.task import NO_TASK
from tests.analysis.applications.detectors.rows import table


def test_the_score_is_the_error_that_components_leave() -> None:
    known, rows = table(), table(seed=4).unit(slice(None))
    learned = PreparedPca().learn(known, 0, NO_TASK)
    k = learned.setting["k"]
    assert k == components.by_prediction(parted(known, 0)) == 2
    peer = PCA(k).fit(known.unit(known.train_index).astype(np.float64))
    back = peer.inverse_transform(peer.transform(rows))
    wanted = ((rows - back) ** 2).mean(axis=1)
    np.testing.assert_allclose(learned.score(rows), wanted, rtol=1e-4, atol=1e-6)


def test_of_one_feature_there_is_nothing_to_choose() -> None:
    with pytest.raises(DataError, match="too little data"):
        PreparedPca().learn(table(d=1, rank=1), 0, NO_TASK)
