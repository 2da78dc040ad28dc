"""The dialog behind every Export...: what it proposes, and which file and kind come out of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog

from explorer.app.background.answers import Answers
from explorer.app.background.jobs import Jobs
from explorer.app.state import State
from explorer.export.kinds import kinds
from explorer.export.things import Thing, pictured
from explorer.ui.files.exporting import ask_and_export, chosen, filter_of
from tests.ui.conftest import Asked

PICTURE = pictured("digit", "the digit", np.zeros((8, 8, 1), np.uint8))
TABLE = Thing("scores", "the scores", table=lambda _task: {"a": np.arange(3)})


@pytest.fixture
def session(state: State, jobs: Jobs) -> Asked:
    return Asked(Answers(state, jobs, jobs))


@pytest.fixture
def dialog(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What dialogs are asked; each is answered by what is put in front of the list."""
    asked: list[Any] = []

    def answer(*given: Any) -> tuple[str, str]:
        reply: tuple[str, str] = asked.pop(0)
        asked.append(given)
        return reply

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return asked


def test_the_kinds_that_it_can_be_are_offered_the_likeliest_first(dialog: list[Any]) -> None:
    dialog.append(("", ""))
    assert chosen(None, "Export the digit", PICTURE) is None
    ((_, title, name, offered),) = dialog
    first = offered.split(";;")[0]
    assert title == "Export the digit" and name == "digit.png" and "*.png" in first
    assert "*.csv" not in offered
    dialog[:] = [("", "")]
    assert chosen(None, "", TABLE) is None
    assert "*.csv" in dialog[0][3] and "*.png" not in dialog[0][3]


def test_a_name_without_an_ending_gets_that_of_the_kind_picked(dialog: list[Any]) -> None:
    npz = next(kind for kind in kinds.values() if ".npz" in kind.suffixes)
    dialog.append(("/tmp/mine", filter_of(npz)))
    assert chosen(None, "", TABLE) == Path("/tmp/mine.npz")
    dialog[:] = [("/tmp/mine", "")]
    assert chosen(None, "", TABLE) == Path("/tmp/mine.csv")


def test_an_ending_that_was_written_wins(dialog: list[Any]) -> None:
    csv = next(kind for kind in kinds.values() if ".csv" in kind.suffixes)
    dialog.append(("/tmp/mine.npz", filter_of(csv)))
    assert chosen(None, "", TABLE) == Path("/tmp/mine.npz")


def test_a_dialog_that_is_left_writes_nothing(dialog: list[Any], session: Any) -> None:
    dialog.append(("", ""))
    ask_and_export(None, session, PICTURE)
    assert session.calls == []
    dialog[:] = [("/tmp/a.png", "")]
    ask_and_export(None, session, PICTURE)
    assert session.given("export") == (PICTURE, Path("/tmp/a.png"))
    assert dialog[0][1] == "Export the digit"


@pytest.mark.parametrize("name", sorted(kinds))
def test_every_kind_has_a_line_with_all_its_endings(name: str) -> None:
    line, kind = filter_of(kinds[name]), kinds[name]
    assert line.startswith(f"{kind.title} (")
    assert line.endswith(")") and line.count("*.") == len(kind.suffixes)
