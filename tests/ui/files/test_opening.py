"""Every way in: dialogs, names, clipboard and drops all end at the session, or in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from explorer.app.background.answers import Answers
from explorer.app.background.jobs import Jobs
from explorer.app.state import State
from explorer.data.choices import NO_CHOICES, Choices
from explorer.data.pictures.own import Pasted
from explorer.ui.files.opening import Opening
from tests.ui.conftest import Asked


@pytest.fixture
def session(state: State, jobs: Jobs) -> Asked:
    return Asked(Answers(state, jobs, jobs))


@pytest.fixture
def window(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def opening(window: QWidget, session: Any) -> Opening:
    return Opening(window, session)


def answer(monkeypatch: pytest.MonkeyPatch, name: str, value: Any) -> list[Any]:
    """Let a file dialog end with ``value``; what it was asked."""
    asked: list[Any] = []
    monkeypatch.setattr(QFileDialog, name, lambda *given, **_: asked.append(given) or value)
    return asked


def urls(*names: str) -> QMimeData:
    held = QMimeData()
    held.setUrls([QUrl(name) for name in names])
    return held


def test_a_name_is_opened_and_a_file_is_taken(
    opening: Opening, session: Asked, tmp_path: Path
) -> None:
    opening.open("digits")
    assert session.given("open") == ("digits", NO_CHOICES)
    opening.open(str(tmp_path))  # a folder
    assert session.last("open") == str(tmp_path)
    file = tmp_path / "a.png"
    file.write_bytes(b"")
    opening.open(str(file))
    assert session.last("take") == [str(file)]


def test_a_file_with_choices_is_data_and_is_opened(
    opening: Opening, session: Asked, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("1,2")
    choices = Choices(header=True)
    opening.open(str(file), choices)
    assert session.given("open") == (str(file), choices) and session.count("take") == 0


def test_the_dialog_s_files_are_all_taken(
    opening: Opening, session: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, "getOpenFileNames", (["a.png", "b.png"], ""))
    opening.ask_for_file()
    assert session.last("take") == ["a.png", "b.png"]
    assert "*.npz" in asked[0][3] and "*.png" in asked[0][3]


def test_a_folder_is_opened_and_none_where_the_dialog_is_left(
    opening: Opening, session: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer(monkeypatch, "getExistingDirectory", "")
    opening.ask_for_folder()
    assert session.calls == []
    answer(monkeypatch, "getExistingDirectory", str(tmp_path))
    opening.ask_for_folder()
    assert session.last("open") == str(tmp_path)


def test_a_target_is_told_once_it_is_chosen(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    asked = answer(monkeypatch, "getSaveFileName", ("", ""))
    opening.ask_for_target("Save", told.append)
    answer(monkeypatch, "getSaveFileName", ("/models/mine", ""))
    opening.ask_for_target("Save", told.append)
    assert told == ["/models/mine"] and asked[0][1:3] == ("Save", "my-model")


def test_what_is_dropped_is_taken_if_it_is_of_this_machine(
    opening: Opening, session: Asked
) -> None:
    assert opening.drop(urls("file:///a.png", "file:///b.png"))
    assert session.last("take") == ["/a.png", "/b.png"]
    assert not opening.drop(urls("https://example.org/a.png"))
    assert session.given("say") == (
        "only files and folders of this machine can be opened", "warn",
    )  # fmt: skip


def test_a_picture_that_is_dropped_or_pasted_is_looked_at(opening: Opening, session: Asked) -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(0)
    held = QMimeData()
    held.setImageData(image)
    assert opening.drop(held)
    assert isinstance(session.last("look_at"), Pasted)
    QApplication.clipboard().setImage(image)
    opening.paste()
    assert session.count("look_at") == 2 and session.last("look_at").name == "the pasted picture"
    QApplication.clipboard().clear()


def test_an_empty_clipboard_is_said(opening: Opening, session: Asked) -> None:
    QApplication.clipboard().clear()
    opening.paste()
    assert "empty" in session.last("say") and session.given("say")[1] == "warn"
