"""explorer.app.parts.selection: what is held, and what is shown in passing."""

from __future__ import annotations

import numpy as np

from explorer.app.state import Snapshot, State
from tests.app.history.test_past import DATA, model, z


def test_the_first_one_selected_is_compared() -> None:
    assert Snapshot(selection=np.array([7, 2])).sample == 7
    assert Snapshot().sample is None


def test_the_preview_is_shown_while_there_is_one() -> None:
    held, passing = z(0, 0), z(1, 1)
    assert Snapshot(z=held).shown_z is held
    assert Snapshot(z=held, preview=passing).shown_z is passing


def test_no_undo_brings_a_vector_of_another_length(state: State) -> None:
    state.update(dataset=DATA, training="running", model=model("a"), z=z(1, 1))
    state.mark()
    state.update(selection=np.array([2]))
    here = z(2, 2, 2)
    state.update(model=model("b", d=3), z=here)
    assert state.undo() and len(state.now.selection) == 0 and state.now.z is here
