"""explorer.compute.path.route: the way steps on codes, and goes around where there are none."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis.latent.paths import LatentPath
from explorer.compute.path.route import FindRoute
from explorer.errors import Cancelled
from explorer.models.config import Codes
from explorer.task import Task


def of(mean: np.ndarray) -> Codes:  # type: ignore[type-arg]
    mean = mean.astype(np.float32)
    return Codes("m", mean, np.ones_like(mean), np.arange(len(mean)))


LINE = of(np.stack([np.arange(20), np.zeros(20)], 1))


def test_the_route_steps_on_the_means() -> None:
    path = LatentPath(LINE.mean[[0, 19]], "neighbours")
    way = FindRoute(path, LINE).answer()
    assert way[:, 0].max() == 19 and set(way[:, 1]) == {0.0}
    assert {tuple(point) for point in way.tolist()} <= {tuple(p) for p in LINE.mean.tolist()}


def test_the_route_goes_around_a_hole() -> None:
    angle = np.linspace(0, np.pi, 40)
    arc = of(np.stack([np.cos(angle), np.sin(angle)], 1) * 5)
    way = FindRoute(LatentPath(arc.mean[[0, 39]], "neighbours"), arc).answer()
    assert np.linalg.norm(way, axis=1).min() > 4.9  # not through the middle


def test_it_is_about_the_path_and_the_codes() -> None:
    path = LatentPath(LINE.mean[[0, 19]], "neighbours")
    assert FindRoute(path, LINE).subject == {"path": path, "codes": LINE}


def test_it_stops_when_it_is_told_to() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        FindRoute(LatentPath(LINE.mean[[0, 19]], "neighbours"), LINE).answer(task)
