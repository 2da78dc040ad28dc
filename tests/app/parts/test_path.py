"""explorer.app.parts.path: a way belongs to its space, bookmarks to the user."""

from __future__ import annotations

from typing import Any

import numpy as np

from explorer.analysis.latent.paths import LatentPath
from explorer.app.state import Bookmark, State
from explorer.models.config import ModelConfig, ModelSnapshot
from tests.fakes import toy_dataset

DATA = toy_dataset(5)
WAY = ("path", "path_at", "mark_a", "mark_b")


def model(d: int) -> ModelSnapshot:
    return ModelSnapshot(f"of {d}", ModelConfig(latent_dim=d), DATA.preparation, {})


def way(d: int, at: float) -> dict[str, Any]:
    path = LatentPath(np.eye(2, d, dtype=np.float32))
    return {"path": path, "path_at": at, "mark_a": path.points[0], "mark_b": path.points[1]}


def _way(state: State) -> list[Any]:
    return [getattr(state.now, name) for name in WAY]


def test_no_undo_brings_a_way_of_another_space(state: State) -> None:
    """While a run goes on, the step before it began is of fewer dimensions."""
    state.update(dataset=DATA, training="running", model=model(2), z=np.zeros(2, np.float32))
    state.update(**way(2, 0.25))
    state.mark()
    state.update(bookmarks=(Bookmark("a", np.zeros(2, np.float32), "there"),))
    state.update(model=model(3), z=np.zeros(3, np.float32))
    here = way(3, 0.75)
    state.update(**here)
    assert state.undo() and state.now.bookmarks == ()
    assert all(a is b for a, b in zip(_way(state), here.values(), strict=True))


def test_undo_brings_a_way_of_the_same_space(state: State) -> None:
    state.update(dataset=DATA, model=model(2), z=np.zeros(2, np.float32))
    there = way(2, 0.25)
    state.update(**there)
    state.mark()
    state.update(**way(2, 0.75))
    assert state.undo()
    assert all(a is b for a, b in zip(_way(state), there.values(), strict=True))


def test_another_data_set_leaves_bookmarks_and_no_way(state: State) -> None:
    marks = (Bookmark("a", np.zeros(2, np.float32), "there"),)
    state.update(dataset=DATA, model=model(2), **way(2, 0.5), bookmarks=marks)
    state.renew(dataset=toy_dataset(6))
    assert state.now.bookmarks == marks and _way(state) == [None, 0.0, None, None]
