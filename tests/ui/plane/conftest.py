"""A small real model of three latent dimensions on five pictures, on the plane."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from explorer.analysis.latent.paths import LatentPath
from explorer.app.background.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import State
from explorer.data.dataset import Dataset, Preparation
from explorer.models import autoencoder
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.ui.plane.plane_area import PlaneArea

MEAN = np.array([[-1, -1, 0], [-1, 1, 0], [1, -1, 0], [1, 1, 0], [0, 0, 2]], np.float32)
CORNERS = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0]], np.float32)  # of a path


@pytest.fixture
def plane_area(qtbot: Any, state: State, jobs: Jobs, session: Session) -> PlaneArea:
    """Shown at 600 x 600, codes at the corners of a square and in its middle."""
    made = PlaneArea(state, session)
    qtbot.addWidget(made)
    made.resize(600, 600)
    x = np.arange(5 * 64, dtype=np.int64).astype(np.uint8).reshape(5, 8, 8, 1)
    labels = np.array([0, 0, 1, 1, 1])
    data = Dataset("toy", x, Preparation(8, 8), np.zeros(5, np.bool_), labels, ("a", "b"))
    config = ModelConfig(latent_dim=3, hidden=8)
    weights = autoencoder.weights_of(autoencoder.build(config, data.preparation, seed=0))
    model = ModelSnapshot("toy", config, data.preparation, weights, path="/models/my vae")
    codes = Codes("toy", MEAN, np.full_like(MEAN, 0.1), np.arange(5))
    state.update(dataset=data, model=model, codes=codes, z=np.zeros(3, np.float32))
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: not jobs.busy)
    return made


@pytest.fixture
def filmed(plane_area: PlaneArea, state: State, qtbot: Any, jobs: Jobs) -> PlaneArea:
    """A path over three corners, its film and its survey."""
    state.update(path=LatentPath(CORNERS.copy()))
    qtbot.waitUntil(lambda: state.now.survey is not None and not jobs.busy)
    return plane_area
