"""The isolation forest is scikit-learn's."""

from __future__ import annotations

import numpy as np
from sklearn.ensemble import IsolationForest as Forest

from explorer.analysis.applications.detectors.isolation_forest import IsolationForest
from explorer.task import NO_TASK
from tests.analysis.applications.detectors.rows import table


def test_the_score_is_that_of_scikit_learn() -> None:
    known, rows = table(), table(seed=4).unit(slice(None))
    learned = IsolationForest().learn(known, 5, NO_TASK)
    peer = Forest(n_estimators=100, random_state=5).fit(known.unit(known.train_index))
    assert learned.setting == {}
    assert np.array_equal(learned.score(rows), -peer.score_samples(rows))
