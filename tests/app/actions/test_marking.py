"""Bookmarks, ends and paths as commands: what each does, says, and undoes in one step."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from explorer.app import needs
from explorer.app.commands import Context, all_commands
from explorer.app.session import Session
from explorer.app.state import State
from explorer.models.config import ModelConfig, ModelSnapshot
from tests.fakes import toy_dataset

MARKS = ("bookmark-go", "bookmark-remove")


def _z(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


@pytest.fixture
def context(state: State, session: Session, jobs: Any) -> Context:
    jobs.close()  # no picture is asked for here
    model = ModelSnapshot("m", ModelConfig(latent_dim=2), toy_dataset().preparation, {})
    state.update(model=model, z=_z(0, 0))
    return Context(state, session, place=_z(1, -2))


def _at(context: Context, *z: float) -> Context:
    return Context(context.state, context.session, place=_z(*z))


def _do(context: Context, name: str) -> None:
    all_commands()[name].act(context)


def _choices(context: Context, name: str) -> dict[str, Any]:
    return {one.title: one.act for one in all_commands()[name].choices(context)}


@pytest.mark.parametrize(
    ("z", "name"),
    [
        ((1, -2), "(1.00, \u22122.00)"),
        ((1, 2, 0.125), "(1.00, 2.00, 0.12)"),
        ((1, 2, 3, 4), "(1.00, 2.00, 3.00, ...)"),
        ((1, 2, 3, 4, 5), "(1.00, 2.00, 3.00, ...)"),
    ],
)
def test_a_bookmark_is_named_by_its_first_three_coordinates(
    context: Context, z: tuple[float, ...], name: str
) -> None:
    _do(_at(context, *z), "bookmark")
    (mark,) = context.now.bookmarks_here
    assert mark.name == name and mark.z.tolist() == pytest.approx(list(z))
    said = f"Bookmark 1: z = {name}; the right-click menu goes back to it"
    assert context.now.message is not None and context.now.message.text == said
    assert context.state.undo() and not context.now.bookmarks


def test_bookmarks_are_counted_listed_gone_to_and_removed(context: Context) -> None:
    for place in ((1, 1), (2, 2), (3, 3)):
        _do(_at(context, *place), "bookmark")
    assert context.now.message is not None and "Bookmark 3" in context.now.message.text
    for name in MARKS:
        assert all_commands()[name].missing(context) == ""
        listed = ["1  (1.00, 1.00)", "2  (2.00, 2.00)", "3  (3.00, 3.00)"]
        assert list(_choices(context, name)) == listed
    _choices(context, "bookmark-go")["2  (2.00, 2.00)"]()
    assert context.now.z is not None and context.now.z.tolist() == [2, 2]
    assert context.state.undo() and context.now.z.tolist() == [0, 0]
    assert len(context.now.bookmarks) == 3, "going there is a step of its own"
    _choices(context, "bookmark-remove")["2  (2.00, 2.00)"]()
    assert list(_choices(context, "bookmark-go")) == ["1  (1.00, 1.00)", "2  (3.00, 3.00)"]
    assert context.state.undo() and len(context.now.bookmarks) == 3


def test_without_a_model_or_a_place_nothing_is_bookmarked(context: Context) -> None:
    nowhere = Context(context.state, context.session)
    _do(nowhere, "bookmark")
    assert all_commands()["bookmark"].missing(nowhere) == needs.MODEL
    assert all_commands()["bookmark"].missing(context) == ""
    context.state.update(model=None)
    _do(context, "bookmark")
    assert not context.now.bookmarks and not context.state.undo()


def test_the_ends_are_set_each_in_a_step_and_joined_in_three_ways(context: Context) -> None:
    join = all_commands()["join"]
    missing = [join.missing(context)]
    for end, place in (("a", (1, 0)), ("b", (0, 1))):
        _do(_at(context, *place), f"set-{end}")
        missing.append(join.missing(context))
    assert missing == ["Set both ends first", "Set both ends first", ""]
    assert (context.now.mark_a.tolist(), context.now.mark_b.tolist()) == ([1, 0], [0, 1])
    ways = {"Straight": "straight", "Spherical": "spherical", "Along neighbours": "neighbours"}
    assert list(_choices(context, "join")) == list(ways)
    for text, kind in ways.items():
        _choices(context, "join")[text]()
        path = context.now.path
        assert path is not None and path.kind == kind and path.points.tolist() == [[1, 0], [0, 1]]
    assert context.state.undo() and context.now.path.kind == "spherical"
    for _ in range(3):
        context.state.undo()
    assert context.now.path is None and context.now.mark_b is None
    assert context.now.mark_a.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("a", "b"), [(None, None), (_z(1, 0), None), (None, _z(1, 0)), (_z(1, 0), _z(1, 0, 0))]
)
def test_ends_that_are_not_both_of_one_space_are_not_joined(
    context: Context, a: np.ndarray | None, b: np.ndarray | None
) -> None:
    context.state.update(mark_a=a, mark_b=b)
    for act in _choices(context, "join").values():
        act()
    assert context.now.path is None and not context.state.undo()


def test_without_a_place_or_a_model_each_says_what_is_missing(context: Context) -> None:
    said = {name: all_commands()[name].missing(context) for name in MARKS}
    assert set(said.values()) == {"Bookmark a place first"}
    context.state.update(model=None, z=None)
    for name in ("bookmark", "set-a", "set-b", "join", *MARKS):
        assert all_commands()[name].missing(context) == needs.MODEL


def test_they_are_listed_as_they_are_done() -> None:
    found = [c for c in all_commands().values() if c.menu == "path"]
    names = [c.name for c in sorted(found, key=lambda c: c.order)]
    listed = ["bookmark", "set-a", "set-b", "join", *MARKS]
    assert [name for name in names if name in listed] == listed
