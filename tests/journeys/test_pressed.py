"""A random user presses for a while, and what must hold does; and what must hold is noticed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QDockWidget, QToolButton

from benchmarks.pressing import deeds, rules, screens
from benchmarks.pressing.presser import Presser, pressing
from explorer.app.state import Action, Snapshot, State
from explorer.ui.keyboard.shortcut_sheet import ShortcutSheet
from explorer.ui.widgets.formula.formula_view import FormulaView
from explorer.ui.widgets.pictures.comparing.comparison_row import ComparisonRow
from explorer.ui.window import MainWindow, open_window
from tests.guards import PATIENCE

DEEDS = 25


@pytest.fixture
def presser(qtbot: Any, tmp_path: Path) -> Iterator[Presser]:
    window = open_window("digits", settings_dir=tmp_path / "settings")
    qtbot.addWidget(window)
    with pressing(window, tmp_path / "own", seed=1, patience=PATIENCE, epochs=(1,)) as made:
        qtbot.waitUntil(lambda: window.state.now.codes is not None)
        assert made.settle()
        yield made
    window.close_at_once()


def test_what_must_hold_holds_whatever_is_pressed(presser: Presser) -> None:
    said = [presser.press() for _ in range(DEEDS)]
    presser.finish()
    assert not presser.complaints, "\n".join([*said, *map(str, presser.complaints)])
    assert presser.checked > DEEDS / 4


def test_a_window_on_its_way_to_the_front_takes_no_focus_from_anybody(presser: Presser) -> None:
    window = presser.window
    dock = window.findChild(QDockWidget, "formulaDock")
    held = dock.findChild(FormulaView)
    dock.setFloating(True)
    window.plane_area.plane.setFocus()
    for name in ("palette", "sheet"):
        dock.activateWindow()
        held.setFocus()
        QApplication.processEvents()
        assert QApplication.focusWidget() is held
        window.activateWindow()  # as when a popup closed: it has the keys a moment later
        presser.press(name)
    assert not [c for c in presser.complaints if "took the focus" in c.text]


def _other_picture(now: Snapshot) -> dict[str, object]:
    return {"decoded": replace(now.decoded, image=255 - now.decoded.image)}


def _other_sample(now: Snapshot) -> dict[str, object]:
    return {"comparison": replace(now.comparison, index=7)}


def _other_codes(now: Snapshot) -> dict[str, object]:
    return {"codes": replace(now.codes, mean=now.codes.mean[::-1].copy())}


def _other_point(now: Snapshot) -> dict[str, object]:
    return {"pca_decoded": replace(now.pca_decoded, point=now.pca_decoded.point + 1)}


def _no_number(now: Snapshot) -> dict[str, object]:
    return {"mark_a": np.full(2, np.nan, np.float32)}


def _no_sentence(state: State) -> dict[str, object]:
    return {"message": replace(state.message, text="Traceback (most recent call last)")}


def _no_longer(state: State) -> dict[str, object]:
    asks = replace(state.message, actions=(Action("Open it", print),), holds=lambda: False)
    return {"message": asks}


def _over_nothing(now: Snapshot) -> dict[str, object]:
    return {"codes": None}


def _no_model(_now: Snapshot) -> dict[str, object]:
    return {"model": None}


def _unseen(_now: Snapshot) -> dict[str, object]:
    return {"seen": ()}


def _on_its_way(_now: Snapshot) -> dict[str, object]:
    return {"asked_epoch": 3.0}


LIES = {
    "decoded": _other_picture, "compared": _other_sample, "codes": _other_codes,
    "planes agree": _other_point, "finite": _no_number, "words": _no_sentence,
    "spoken": _no_longer, "shown": _over_nothing, "montage": _no_model, "seen": _unseen,
    "moments": _on_its_way,
}  # fmt: skip


def test_what_does_not_hold_is_noticed(presser: Presser) -> None:
    """Each lie is put where no listener hears of it and mends it."""
    window, truth = presser.window, rules.Truth()
    window.state.update(selection=np.array([3]))
    window.session.say("Said")
    assert presser.settle() and not rules.broken(window, truth)
    held = window.state.now
    for rule, lie in LIES.items():
        window.state._now = replace(held, **lie(held))
        assert any(said.startswith(f"{rule}:") for said in rules.broken(window, truth)), rule
    window.state._now = held
    window.plane_area.plane.set_cursor((2.5, 2.5))
    found = rules.broken(window, truth)
    assert [said.split(":")[0] for said in found] == ["cursors"]
    assert set(rules.rules) == {*LIES, "cursors", *GESTURES, *ARRANGED}


def test_codes_of_data_that_is_drawn_anew_are_of_its_one_fixed_draw(presser: Presser) -> None:
    window, truth = presser.window, rules.Truth()
    data = window.state.now.dataset
    assert data is not None
    window.session.binarise("dynamic")
    window.state.update(selection=np.array([3]))
    assert presser.settle()
    assert window.state.now.dataset is not data and not rules.broken(window, truth)


def _look_at_own(presser: Presser) -> None:
    presser.window.session.look_at(presser.supplies.pictures[0])
    assert presser.settle() and not rules.broken(presser.window, presser.truth)
    held = presser.window.state.now
    presser.window.state._now = replace(held, comparison=replace(held.comparison, own=None))


def _go_elsewhere(presser: Presser) -> None:
    window = presser.window
    window.session.go_to(5)
    assert presser.settle() and not rules.broken(window, presser.truth)
    z = window.state.now.z + 1
    window.state._now = replace(window.state.now, z=z)
    presser.truth.went = window.state.now


def _hide_the_arrow(presser: Presser) -> None:
    window = presser.window
    window.state.update_plane("latent", view=(90.0, 91.0, 90.0, 91.0))
    assert presser.settle() and not rules.broken(window, presser.truth)
    window.plane_area.plane._cursor._arrow.hide()


def _offer_a_codebook(presser: Presser) -> None:
    next(dock for dock in presser.window.docks if dock.objectName() == "codesDock").show()


def _leave_the_ring(presser: Presser) -> None:
    window = presser.window
    window.plane_area.plane.setFocus()
    window._ring.show_on(window.plane_area)


GESTURES = {
    "own": _look_at_own, "went": _go_elsewhere, "in sight": _hide_the_arrow,
    "offered": _offer_a_codebook, "ring": _leave_the_ring,
}  # fmt: skip


def test_what_a_hand_could_see_is_noticed(presser: Presser) -> None:
    """Each fault is left where it is, but for what was put into the state."""
    state = presser.window.state
    for rule, spoil in GESTURES.items():
        spoil(presser)
        found = rules.broken(presser.window, presser.truth)
        assert any(said.startswith(f"{rule}:") for said in found), rule
        state._now = replace(state.now, comparison=None, z=state.now.z.copy())
        presser.window.session.go_to(3)
        assert presser.settle()


def _squeeze(window: MainWindow) -> None:
    window.toolbar.findChild(QToolButton, "openButton").move(-5, 0)


def _widen(window: MainWindow) -> None:
    row = next(row for row in window.findChildren(ComparisonRow) if row.isVisible())
    view = row._views()[1]
    view.resize(view.width() + 9, view.height())


def _take_the_keys(window: MainWindow) -> None:
    window.commands.run("palette")
    window.plane_area.plane.setFocus()


ARRANGED = {"toolbar": _squeeze, "pictures": _widen, "overlay": _take_the_keys}


def test_what_is_cut_or_covered_is_noticed(presser: Presser) -> None:
    presser.window.session.go_to(3)
    assert presser.settle() and not rules.broken(presser.window, presser.truth)
    seen = set[str]()
    for rule, spoil in ARRANGED.items():  # one after the other, and none is mended
        spoil(presser.window)
        found = {said.split(":")[0] for said in rules.broken(presser.window, presser.truth)}
        assert found - seen == {rule}
        seen |= found


def test_a_workspace_that_changes_more_is_noticed(presser: Presser) -> None:
    state = presser.window.state
    presser.press("workspace")
    assert not presser.complaints
    state.watch("workspace", Restless(state).move)
    state.update(noise=0.5)
    for _ in range(4):  # one of them is another one
        presser.press("workspace")
    assert any("workspace: noise" in str(said) for said in presser.complaints)


def test_an_overlay_that_keeps_the_focus_is_noticed(
    presser: Presser, monkeypatch: pytest.MonkeyPatch
) -> None:
    presser.window.plane_area.plane.setFocus()
    presser.press("sheet")
    assert not presser.complaints
    monkeypatch.setattr(ShortcutSheet, "shut", ShortcutSheet.hide)
    for _ in range(4):  # by a key, not by a click
        presser.press("sheet")
    assert any("took the focus" in str(said) for said in presser.complaints)


class Restless:
    """Changes what is undone whenever it is."""

    kept: Restless

    def __init__(self, state: State) -> None:
        self._state, Restless.kept = state, self

    def move(self) -> None:
        self._state.update(noise=self._state.now.noise / 2)


def test_what_no_undo_gives_back_is_noticed(presser: Presser) -> None:
    state = presser.window.state
    presser.window.session.go_to(5)
    assert presser.settle()
    state.mark()
    state.update(smooth=True)
    presser.press("there and back")
    assert not presser.complaints and state.now.smooth
    state.watch("smooth", Restless(state).move)
    presser.press("there and back")
    assert any("back and forth: noise" in str(said) for said in presser.complaints)


def test_a_plane_that_was_not_painted_anew_is_noticed(presser: Presser) -> None:
    plane = presser.window.plane_area.plane
    assert not screens.stale(presser.window)
    plane.getViewBox().setBackgroundColor("#ff0000")
    assert any("plane" in said for said in screens.stale(presser.window))


class Stumbling:
    """Falls at the second call."""

    calls = 0

    def step(self) -> None:
        self.calls += 1
        if self.calls > 1:
            raise ValueError("stumbled")


@pytest.mark.expects_errors
def test_what_is_said_aside_is_heard(presser: Presser) -> None:
    listener = Stumbling()
    presser.window.state.watch("hover", listener.step)
    presser.window.state.update(hover=5)
    logging.getLogger("explorer").error("a word aside")
    heard = presser._ear.heard()
    assert any("stumbled" in line for line in heard) and any("aside" in line for line in heard)
    assert not presser._ear.heard()


def test_each_deed_says_what_it_did(presser: Presser) -> None:
    for name in deeds.deeds:
        assert presser.press(name).startswith(name)
    presser.finish()
    assert presser.checked and not presser.complaints
