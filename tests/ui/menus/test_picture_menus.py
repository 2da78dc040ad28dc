"""The menu of a picture is drawn from the commands about pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from explorer.app.session import Session
from explorer.ui.menus.picture_menus import PictureMenus
from explorer.ui.widgets.charts.rows.row_chart import RowChart
from explorer.ui.widgets.pictures.picture_view import PictureView
from tests.ui.widgets.charts.rows.test_row_chart import ROW, TABLE, series

CHECKERS = np.array([[[0], [255]], [[255], [0]]], np.uint8)


@pytest.fixture
def window(qtbot: Any, session: Session) -> QWidget:
    """Two views, and who opens their menus."""
    made = QWidget()
    qtbot.addWidget(made)
    made.view, made.chart = PictureView(made), RowChart(made)
    PictureMenus(made, session)
    made.show()
    return made


def _open(view: QWidget) -> QMenu:
    at = view.rect().center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at))
    QApplication.sendEvent(view, asked)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    return menu


def test_without_a_picture_each_entry_says_so(window: Any) -> None:
    for view in (window.view, window.chart):
        entries = _open(view).actions()
        assert len(entries) == 3 and not any(entry.isEnabled() for entry in entries)
        assert all(entry.toolTip().endswith("There is no picture yet") for entry in entries)


def test_the_entries_act_on_the_view_that_was_clicked(
    window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any, jobs: Any
) -> None:
    window.view.set_picture(CHECKERS)
    shown, copied, exported = _open(window.view).actions()
    assert copied.text() == "Copy image, 2 x 2 pixels"
    copied.trigger()
    assert QGuiApplication.clipboard().image().width() == 2
    shown.trigger()
    assert QGuiApplication.clipboard().image().width() > 2
    target = tmp_path / "a.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    exported.trigger()
    qtbot.waitUntil(lambda: target.exists() and not jobs.busy)


def test_a_chart_gives_its_values(window: Any) -> None:
    window.chart.show_rows(TABLE, series(ROW, 1))
    _, copied, _ = _open(window.chart).actions()
    assert copied.text() == "Copy values"
    copied.trigger()
    assert QGuiApplication.clipboard().text().count("\n") >= 3
