"""Bookmarks are there again when the window is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings

from explorer.app.state import Bookmark, State
from explorer.ui.plane.bookmarks import SETTING, BookmarkKeeper


def _settings(path: Path) -> QSettings:
    return QSettings(str(path / "window.ini"), QSettings.Format.IniFormat)


def _opened(path: Path) -> tuple[State, BookmarkKeeper]:
    state = State()
    return state, BookmarkKeeper(state, _settings(path), state)


def _mark(name: str) -> Bookmark:
    return Bookmark(name, np.array([0.1, -2.5e-3], np.float32), "hash ModelConfig(preset='vae')")


def _names(state: State) -> list[str]:
    return [mark.name for mark in state.now.bookmarks]


def test_they_come_back_to_the_bit(qapp: object, tmp_path: Path) -> None:
    state, keeper = _opened(tmp_path)
    state.update(bookmarks=(_mark("one"), _mark("two")))
    keeper._settings.sync()
    again, _ = _opened(tmp_path)
    assert _names(again) == ["one", "two"]
    first = again.now.bookmarks[0]
    np.testing.assert_array_equal(first.z, _mark("one").z)
    assert first.space == _mark("one").space


def test_two_windows_keep_both_their_bookmarks(qapp: object, tmp_path: Path) -> None:
    (one, first), (two, second) = _opened(tmp_path), _opened(tmp_path)
    for state, keeper in ((one, first), (two, second)):
        state.update(bookmarks=(_mark(f"of {keeper is first}"),))
        keeper._settings.sync()
    one.update(bookmarks=())  # removed where it was made, and nowhere else
    first._settings.sync()
    assert _names(_opened(tmp_path)[0]) == ["of False"]


@pytest.mark.parametrize(
    "text", ["", "{", "7", "[7]", '[{"name": "a"}]', '[{"name": "a", "z": ["nan"], "space": ""}]']
)
def test_what_cannot_be_read_is_none_and_stays_as_it_is(
    qapp: object, tmp_path: Path, text: str
) -> None:
    settings = _settings(tmp_path)
    settings.setValue(SETTING, text)
    settings.sync()
    assert _names(_opened(tmp_path)[0]) == []
    assert _settings(tmp_path).value(SETTING) == text
