"""The window opens whatever the formats declare, and looks at single pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog

from explorer.data.files.openable import endings
from explorer.data.pictures.reading import SUFFIXES
from explorer.ui.files.openable import file_filters
from explorer.ui.window import MainWindow
from tests.data import makers


def test_the_dialog_shows_all_that_can_be_opened() -> None:
    first, *rest = file_filters().split(";;")
    shown = first.partition("(")[2].rstrip(")").split()
    assert {f"*{end}" for end in (*endings(), *SUFFIXES)} <= set(shown)
    assert "*.CSV" in shown and "*.TIF" in shown
    assert any(line.startswith("A text table (*.csv") for line in rest)
    assert rest[-1] == "All files (*)"


def test_a_stack_is_opened_as_data(
    qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = [Image.fromarray(np.full((9, 9), 20 * i, np.uint8)) for i in range(12)]
    path = tmp_path / "stack.tif"
    path.write_bytes(makers.encoded(shown[0], "TIFF", save_all=True, append_images=shown[1:]))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([str(path)], ""))
    window = MainWindow(tmp_path / "settings")
    qtbot.addWidget(window)
    window.opening.ask_for_file()
    qtbot.waitUntil(lambda: window.state.now.dataset is not None)
    assert window.state.now.dataset is not None and len(window.state.now.dataset) == 12
    window.close()
