"""explorer.app.parts.view: how one looks stays, whatever is looked at."""

from __future__ import annotations

from explorer.app.serialising import to_file
from explorer.app.state import LayerAppearance, Snapshot, State
from tests.fakes import toy_dataset

LOOKS = {
    "tool": "lasso", "workspace": "measure", "follow": True, "smooth": True, "noise": 0.25,
    "noise_kind": "patch",
    "layers": {"density": LayerAppearance(visible=False)},
}  # fmt: skip


def _looks(state: State) -> dict[str, object]:
    return {name: getattr(state.now, name) for name in LOOKS}


def test_another_data_set_leaves_how_one_looks(state: State) -> None:
    state.update(dataset=toy_dataset(5), **LOOKS)
    state.renew(dataset=toy_dataset(6))
    assert _looks(state) == LOOKS


def test_what_is_in_use_is_no_step_of_undo(state: State) -> None:
    state.mark()
    state.update(**LOOKS)
    assert state.undo()
    used = {name: LOOKS[name] for name in ("tool", "workspace")}
    first = Snapshot()
    seen = {
        name: getattr(first, name) for name in ("follow", "smooth", "noise", "noise_kind", "layers")
    }
    assert _looks(state) == used | seen


def test_the_file_of_a_session_keeps_how_one_looks(state: State) -> None:
    state.update(**LOOKS)
    assert to_file(state.now)["view"].keys() == LOOKS.keys()


def test_at_first_pictures_are_sharp_and_stand_still() -> None:
    assert not Snapshot().smooth and not Snapshot().follow
