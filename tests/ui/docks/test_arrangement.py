"""Where docks stand: each workspace's own, in its shares, remembered, grown with the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QMainWindow, QWidget

from explorer.ui.docks.arrangement import COLUMNS, Arrangement
from explorer.ui.panels import panels
from explorer.ui.workspaces import in_order, places_in, workspaces

NAMES = ("explore", "compare", "train", "measure")


class Desk:
    """A window of docks with nothing in them but their names, and its arrangement."""

    def __init__(self, settings: Path) -> None:
        in_order()
        places_in("explore")  # which finds the panels
        self.window = QMainWindow()
        self.window.setCentralWidget(QLabel("the plane"))
        self.docks = {name: self._dock(name) for name in panels}
        self.settings = QSettings(str(settings), QSettings.Format.IniFormat)
        self.arrangement = Arrangement(self.window, self.docks, self.settings)
        self.arrangement.restore()
        self.window.show()
        self.shown = ""

    def _dock(self, name: str) -> QDockWidget:
        dock = QDockWidget(name, self.window)
        dock.setObjectName(f"{name}Dock")
        inside = QWidget()
        inside.setMinimumSize(60, 40)
        dock.setWidget(inside)
        return dock

    def show(self, name: str) -> None:
        self.shown = name
        self.arrangement.show(name)
        for _ in range(4):
            QApplication.processEvents()

    def resize(self, width: int, height: int) -> None:
        self.window.resize(width, height)
        QApplication.processEvents()
        if self.shown:
            self.arrangement.follow_size()
        for _ in range(4):
            QApplication.processEvents()

    def seen(self) -> set[str]:
        """Docks in the window, those behind a tab included."""
        return {name for name, dock in self.docks.items() if not dock.isHidden()}

    def fronts(self, name: str) -> dict[str, Any]:
        places = places_in(name)
        return {n: p for n, p in places.items() if p.behind not in places}

    def widths(self) -> dict[str, int]:
        """Of what stands in the columns."""
        places = places_in(self.shown)
        names = [n for n in self.seen() if places[n].area in COLUMNS and not places[n].behind]
        return {name: self.docks[name].width() for name in names}


@pytest.fixture
def desk(qtbot: Any, tmp_path: Path) -> Desk:
    made = Desk(tmp_path / "a.ini")
    qtbot.addWidget(made.window)
    return made


@pytest.mark.parametrize("name", NAMES)
def test_what_belongs_to_a_workspace_is_there_and_nothing_else(desk: Desk, name: str) -> None:
    for other in (*NAMES, name):
        desk.show(other)
    assert desk.seen() == set(places_in(name))
    assert {n for n in panels if desk.arrangement.belongs(n)} == set(places_in(name))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [(1024, 720), (1920, 1080)])
def test_columns_stand_beside_one_another_and_over_nothing(
    desk: Desk, name: str, size: tuple[int, int]
) -> None:
    desk.resize(*size)
    desk.show(name)
    fronts = [desk.docks[n] for n in desk.fronts(name)]
    parts = [d.geometry() for d in fronts if d.isVisible()]
    parts.append(desk.window.centralWidget().geometry())
    for i, one in enumerate(parts):
        assert desk.window.rect().contains(one)
        assert not any(one.intersects(other) for other in parts[:i])


@pytest.mark.parametrize("name", NAMES)
def test_each_column_is_below_or_beside_where_it_should_be(desk: Desk, name: str) -> None:
    desk.show(name)
    plane = desk.window.centralWidget().geometry()
    for n, place in desk.fronts(name).items():
        box = desk.docks[n].geometry()
        if place.area == "left":
            assert box.right() < plane.left()
        elif place.area == "bottom":
            assert box.top() > plane.bottom()
        else:
            assert box.left() > plane.right()


@pytest.mark.parametrize("width", [1280, 1920])
def test_a_column_takes_its_share_of_the_width(desk: Desk, width: int) -> None:
    desk.resize(width, 900)
    desk.show("explore")
    shares = workspaces["explore"].shares
    for area in COLUMNS:
        names = [n for n, p in desk.fronts("explore").items() if p.area == area]
        for n in names[:1]:
            least = max(panels[m].least[0] for m in names) if area == "right" else 0
            most = [p.most for p in desk.fronts("explore").values() if p.area == area]
            wanted = max(round(width * shares.get(area, 0.3)), least)
            wanted = wanted if 0 in most else min(wanted, max(most))
            assert desk.docks[n].width() == pytest.approx(wanted, abs=4), n


def test_it_grows_with_the_window_until_the_user_has_arranged_it(desk: Desk) -> None:
    desk.show("explore")
    (first, *_) = [n for n, p in desk.fronts("explore").items() if p.area == "right"]
    before = desk.docks[first].width()
    desk.resize(1920, 1000)
    grown = desk.docks[first].width()
    assert grown == pytest.approx(before * 1920 / 1280, abs=6)
    desk.arrangement.own = True
    desk.resize(2600, 1000)
    assert desk.docks[first].width() == pytest.approx(grown, abs=2)


def test_a_little_more_width_leaves_the_columns_as_they_are(desk: Desk) -> None:
    desk.show("explore")
    before = desk.widths()
    desk.resize(1280 + 100, 800)
    after = desk.widths()
    assert after == before


def test_each_workspace_is_found_as_it_was_left(desk: Desk) -> None:
    desk.show("explore")
    (first, *_) = [n for n, p in desk.fronts("explore").items() if p.area == "right"]
    dock = desk.docks[first]
    desk.window.resizeDocks([dock], [500], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    assert dock.width() == pytest.approx(500, abs=2)
    desk.show("train")
    desk.show("explore")
    assert dock.width() == pytest.approx(500, abs=2)
    desk.arrangement.reset()
    for _ in range(4):
        QApplication.processEvents()
    assert dock.width() != pytest.approx(500, abs=20)


def test_another_window_finds_the_arrangement_of_the_last_one(
    desk: Desk, qtbot: Any, tmp_path: Path
) -> None:
    desk.resize(780, 700)  # as large as the screen of the tests has room for
    desk.show("train")
    desk.show("explore")
    desk.docks["samples"].hide()
    desk.arrangement.keep()
    desk.settings.sync()
    other = Desk(tmp_path / "a.ini")
    qtbot.addWidget(other.window)
    assert (other.window.width(), other.window.height()) == (780, 700)
    other.show("explore")
    assert other.docks["samples"].isHidden() and other.arrangement.own
    assert other.widths() == desk.widths()
    other.show("train")
    assert other.seen() == set(places_in("train"))


def test_what_cannot_be_restored_is_arranged_as_on_the_first_day(
    desk: Desk, qtbot: Any, tmp_path: Path
) -> None:
    file = tmp_path / "b.ini"
    broken = QSettings(str(file), QSettings.Format.IniFormat)
    broken.setValue("layouts/explore", QByteArray(b"nonsense"))
    broken.setValue("geometry", QByteArray(b"nonsense"))
    broken.sync()
    other = Desk(file)
    qtbot.addWidget(other.window)
    other.show("explore")
    assert other.seen() == set(places_in("explore")) and not other.arrangement.own


def test_a_workspace_that_there_is_not_is_the_first(desk: Desk) -> None:
    desk.show("nowhere")
    assert desk.seen() == set(places_in(in_order()[0]))
