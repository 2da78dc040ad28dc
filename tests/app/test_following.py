"""explorer.app.following: what goes in the same update as what it speaks of."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis.paths import LatentPath
from explorer.app.following import SUBJECTS
from explorer.app.snapshot import Snapshot


def test_the_dot_begins_anew_with_another_path(state):
    for shift in (0.0, 1.0):
        state.update(path=LatentPath(np.eye(2, dtype=np.float32) + np.float32(shift)))
        assert state.now.path_at == 0.0
        state.update(path_at=0.5)


@pytest.mark.parametrize("name", SUBJECTS)
def test_what_goes_with_something_begins_with_nothing_of_it(name):
    """So that the default, which it goes back to, is true of whatever comes."""
    assert getattr(Snapshot(), name) in (None, 0.0, (0, 1))
