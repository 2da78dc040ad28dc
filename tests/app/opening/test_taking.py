"""Files that come together: all are taken, and what becomes of them is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.app.background.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import State
from explorer.models import checkpoint
from tests.app.opening.test_owning import data, made, png, quiet


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """One of everything that can be dropped."""
    folder = tmp_path / "folder"
    folder.mkdir()
    rng = np.random.default_rng(1)
    found = {}
    for name in ("a", "b", "c"):
        pixels = rng.integers(0, 256, (8, 8, 1)).astype(np.uint8)
        png(folder, f"{name}.png", pixels)
        found[name] = str(png(tmp_path, f"{name}.png", pixels))
    table = "\n".join(f"{v:.3f},{w:.3f}" for v, w in rng.normal(size=(30, 2)))
    (tmp_path / "table.csv").write_text(f"mass,size\n{table}\n")
    np.savez(tmp_path / "more.npz", x=rng.integers(0, 256, (30, 8, 8)).astype(np.uint8))
    checkpoint.save(tmp_path / "model", made(0))
    for name in ("folder", "table.csv", "more.npz", "model"):
        found[name] = str(tmp_path / name)
    return found


def take(session: Session, jobs: Jobs, qtbot: Any, *paths: str) -> None:
    session.take(paths)
    quiet(jobs, qtbot)


def test_several_pictures_beside_a_model_are_looked_at_one_by_one(
    session: Session, state: State, jobs: Jobs, qtbot: Any, files: dict[str, str]
) -> None:
    found = data()
    state.update(dataset=found, model=made(0), z=np.zeros(2, np.float32))
    take(session, jobs, qtbot, files["a"], files["b"], files["a"])
    assert len(state.now.own.pictures) == 2 and state.now.dataset is found


@pytest.mark.parametrize("before", ["nothing", "data", "table"])
def test_without_a_model_of_pictures_several_become_a_small_data_set(
    session: Session, state: State, jobs: Jobs, qtbot: Any, files: dict[str, str], before: str
) -> None:
    if before == "data":
        state.update(dataset=data())
    elif before == "table":
        take(session, jobs, qtbot, files["table.csv"])
    take(session, jobs, qtbot, files["c"], files["a"], files["b"])
    assert state.now.dataset.names == ("c.png", "a.png", "b.png")
    assert "small data set" in state.now.message.text


def test_a_small_data_set_is_opened_again_by_its_source(
    session: Session, state: State, jobs: Jobs, qtbot: Any, files: dict[str, str]
) -> None:
    take(session, jobs, qtbot, files["a"], files["b"])
    first = state.now.dataset
    session.open(first.source)
    quiet(jobs, qtbot)
    assert state.now.dataset is not first
    assert state.now.dataset.content_hash == first.content_hash


def test_a_model_comes_first_and_the_pictures_beside_it_are_looked_at(
    session: Session, state: State, jobs: Jobs, qtbot: Any, files: dict[str, str]
) -> None:
    take(session, jobs, qtbot, files["a"], files["folder"], files["table.csv"], files["model"])
    assert state.now.model is not None and state.now.own.picture.name == "a.png"


def test_what_is_not_taken_is_named_with_a_button_to_open_it(
    session: Session, state: State, jobs: Jobs, qtbot: Any, files: dict[str, str]
) -> None:
    take(session, jobs, qtbot, files["folder"], files["table.csv"], files["a"], files["b"])
    assert state.now.dataset.name == "table"
    message = state.now.message
    assert "folder" in message.text and "a.png" in message.text and "table.csv" in message.text
    assert [one.text for one in message.actions] == ["Open folder", "Open the pictures"]
    session.answer(message.actions[1])
    quiet(jobs, qtbot)
    assert state.now.dataset.name == "2 pictures"


def test_no_more_than_two_others_are_offered(
    session: Session, state: State, jobs: Jobs, qtbot: Any, files: dict[str, str]
) -> None:
    others = ("folder", "table.csv", "more.npz")
    take(session, jobs, qtbot, files["model"], *(files[name] for name in others))
    message = state.now.message
    assert all(name in message.text for name in others)
    assert [one.text for one in message.actions] == ["Open table.csv", "Open more.npz"]


def test_a_picture_beside_data_of_pictures_is_looked_at(
    session: Session, state: State, jobs: Jobs, qtbot: Any, files: dict[str, str]
) -> None:
    take(session, jobs, qtbot, files["more.npz"], files["a"])
    assert state.now.dataset.name == "more" and state.now.own.picture.name == "a.png"


@pytest.mark.parametrize("before", ["nothing", "table"])
def test_one_picture_alone_is_no_data_set_and_that_is_said(
    session: Session, state: State, jobs: Jobs, qtbot: Any, files: dict[str, str], before: str
) -> None:
    if before == "table":
        take(session, jobs, qtbot, files["table.csv"])
    shown = state.now.dataset
    take(session, jobs, qtbot, files["a"])
    assert "a.png" in state.now.message.text and state.now.message.tone == "warn"
    assert state.now.dataset is shown and state.now.own is None
