"""Nothing of the user's is lost: through the real window, with real clicks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from explorer.compute import runs, unheard
from explorer.models import checkpoint
from explorer.models.autoencoder import from_snapshot
from explorer.models.encoding import encode
from explorer.models.files import staging
from explorer.ui import synthetic_input
from explorer.ui.window import MainWindow, open_window

LEFT = Qt.MouseButton.LeftButton
Start = Callable[..., MainWindow]


@pytest.fixture
def start(qtbot: Any, tmp_path: Path) -> Iterator[Start]:
    """Opens windows over the same settings, with digits loaded; closes them at the end."""
    made: list[MainWindow] = []

    def start(source: str = "digits") -> MainWindow:
        window = open_window(source, settings_dir=tmp_path / "settings")
        qtbot.addWidget(window)
        made.append(window)
        _rest(qtbot, window)
        return window

    yield start
    for window in made:
        window.close_at_once()


def _rest(qtbot: Any, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.jobs.busy)
    synthetic_input.rest(1)


def _train(qtbot: Any, window: MainWindow, epochs: int = 100_000) -> None:
    """Press Train, and wait until something has been learned."""
    window.session.configure(training=replace(window.state.now.training_config, epochs=epochs))
    synthetic_input.click(window, "trainButton")
    qtbot.waitUntil(lambda: bool(window.state.now.moments))


def _verbs(window: MainWindow) -> list[str]:
    message = window.state.now.message
    return [] if message is None else [action.text for action in message.actions]


def _press(qtbot: Any, window: MainWindow, verb: str) -> None:
    """Click the button of the message that says ``verb``."""
    qtbot.waitUntil(lambda: verb in _verbs(window))
    bar = synthetic_input.find(window, QWidget, "messageBar")
    (button,) = [
        b for b in bar.findChildren(QPushButton) if b.accessibleName() == verb and b.isVisible()
    ]
    assert bar.rect().contains(button.geometry())
    QTest.mouseClick(button, LEFT)


def _said(window: MainWindow) -> str:
    message = window.state.now.message
    return "" if message is None else message.text


def _runs(tmp_path: Path) -> list[Path]:
    return [run.path for run in runs.kept(tmp_path / "settings" / "runs")]


def _choose(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Answer every dialog that asks where to save."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(folder), ""))


# -- closing, and what the next start says -----------------------------------------------------


@pytest.mark.parametrize("verb", ["Open it", "Resume it"])
def test_a_window_closed_while_it_trains_keeps_the_training_and_the_next_one_offers_it(
    start: Start, qtbot: Any, tmp_path: Path, verb: str
) -> None:
    window = start()
    _train(qtbot, window)
    assert window.close() and not window.jobs.busy
    (kept,) = _runs(tmp_path)
    learned = checkpoint.load(kept)
    again = start()
    assert "training of vae on digits was interrupted at epoch" in _said(again)
    assert _verbs(again) == ["Open it", "Resume it"]
    _press(qtbot, again, verb)
    if verb == "Open it":
        qtbot.waitUntil(lambda: again.state.now.model.path == str(kept))
        assert again.state.now.model.id == learned.id and again.state.now.training == "idle"
    else:
        qtbot.waitUntil(lambda: bool(again.state.now.moments))
        assert again.state.now.training == "running"
        assert again.state.now.epoch >= learned.training["epoch"]
        again.session.stop()
    _rest(qtbot, again)
    assert _runs(tmp_path) == [kept]
    again.close()
    assert _verbs(start()) == []  # it was answered


def test_what_is_opened_by_name_is_not_offered_too(
    start: Start, qtbot: Any, tmp_path: Path
) -> None:
    window = start()
    _train(qtbot, window)
    window.close()
    (kept,) = _runs(tmp_path)
    again = start(str(kept))
    assert again.state.now.model.path == str(kept) and _verbs(again) == []
    again.close()
    assert _verbs(start()) == []


def test_an_offer_that_is_put_away_does_not_come_back(
    start: Start, qtbot: Any, tmp_path: Path
) -> None:
    window = start()
    _train(qtbot, window)
    window.close()
    again = start()
    again.session.put_away()
    again.close()
    assert _verbs(start()) == [] and len(_runs(tmp_path)) == 1


def test_a_start_with_nothing_to_offer_offers_nothing(
    start: Start, qtbot: Any, tmp_path: Path
) -> None:
    window = start()
    _train(qtbot, window, epochs=1)
    _rest(qtbot, window)
    assert "Kept in" in _said(window)
    window.close()
    assert _verbs(start()) == [] and len(_runs(tmp_path)) == 1


def test_a_paused_training_is_kept_too(start: Start, qtbot: Any, tmp_path: Path) -> None:
    window = start()
    _train(qtbot, window)
    window.session.pause()
    assert window.close()
    assert checkpoint.load_resume(_runs(tmp_path)[0]).values["step"] > 0


PROGRAM = """
import sys
from dataclasses import replace
from PySide6.QtCore import QTimer
from explorer.training import loop
from explorer.ui import application, window as windows

loop.KEEP_EVERY = 0.0
loop.KEEP_SHARE = 1.0
opened = windows.open_window

def open_window(source, **more):
    window = opened(source, settings_dir=sys.argv[1], **more)
    def go():
        now = window.state.now
        if now.training == "idle" and now.dataset is not None and not window.jobs.busy:
            training = replace(now.training_config, epochs=100_000)
            window.session.configure(training=training)
            window.session.train()
        elif len(now.moments) > 2:
            print("learning", flush=True)
    window.timer = QTimer(window, interval=20)
    window.timer.timeout.connect(go)
    window.timer.start()
    return window

windows.open_window = open_window
sys.exit(application.run_window("digits"))
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process whose window trains and saves as it goes, over the same settings."""
    program = [sys.executable, "-c", PROGRAM, str(tmp_path / "settings")]
    with subprocess.Popen(
        program,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "learning\n"
        yield process
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_window_that_is_ended_from_outside_loses_nothing(
    start: Start, other: subprocess.Popen[str], tmp_path: Path, number: signal.Signals
) -> None:
    settings = tmp_path / "settings"
    (run,) = runs.kept(settings / "runs")
    assert run.held and unheard.waiting(settings / "runs") == ()
    beside = start()
    assert _verbs(beside) == []  # the other one lives: its lock tells
    beside.close()
    other.send_signal(number)
    code = other.wait()
    assert code == (-signal.SIGKILL if number == signal.SIGKILL else 130)
    again = start()
    assert "training of vae on digits was interrupted" in _said(again)
    assert checkpoint.load_resume(run.path).values["step"] > 0


# -- other data while a model trains -----------------------------------------------------------


def test_other_data_stops_the_training_and_says_where_it_is_kept(
    start: Start, qtbot: Any, tmp_path: Path
) -> None:
    window = start()
    _train(qtbot, window)
    window.open("wine")
    qtbot.waitUntil(lambda: "vae on digits: stopped after" in _said(window))
    (kept,) = _runs(tmp_path)
    assert str(kept) in _said(window) and window.state.now.dataset.name == "wine"
    assert _verbs(window) == ["Open it", "Resume it"]
    _press(qtbot, window, "Open it")
    qtbot.waitUntil(lambda: window.state.now.dataset.name == "digits")
    assert window.state.now.model.path == str(kept)
    window.close()
    assert _verbs(start()) == []  # its end was heard


# -- codes -------------------------------------------------------------------------------------


def test_codes_cancelled_as_a_training_ends_are_never_another_models(
    start: Start, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = start()
    session = window.session
    monkeypatch.setattr(session, "encode", lambda: None)  # as if Cancel came at once
    _train(qtbot, window, epochs=3)
    _rest(qtbot, window)
    monkeypatch.undo()
    now = window.state.now
    assert now.training == "idle" and now.moments[-1].model is now.model
    assert now.whole_codes is None and now.codes.model_id == now.model.id
    session.save(tmp_path / "without")
    _rest(qtbot, window)
    assert checkpoint.load_codes(tmp_path / "without", now.dataset) is None
    synthetic_input.click(window, "findCodesButton")
    _rest(qtbot, window)
    session.save(tmp_path / "with")
    _rest(qtbot, window)
    for name in ("without", "with"):
        window.open(str(tmp_path / name))
        qtbot.waitUntil(lambda name=name: window.state.now.model.path == str(tmp_path / name))
        _rest(qtbot, window)
        shown = window.state.now
        fresh = encode(from_snapshot(shown.model), shown.dataset)
        np.testing.assert_allclose(shown.whole_codes.mean, fresh.mean, atol=1e-5)


def test_codes_of_binarised_data_are_not_saved_as_those_of_the_data(
    start: Start, qtbot: Any, tmp_path: Path
) -> None:
    window = start()
    before = window.state.now.whole_codes
    window.session.binarise("fixed")
    _rest(qtbot, window)
    assert np.abs(window.state.now.whole_codes.mean - before.mean).max() > 0.1
    window.session.save(tmp_path / "kept")
    _rest(qtbot, window)
    window.open(str(tmp_path / "kept"))
    qtbot.waitUntil(lambda: window.state.now.model.path == str(tmp_path / "kept"))
    assert window.state.now.dataset.preparation.binarisation == "none"
    np.testing.assert_allclose(window.state.now.whole_codes.mean, before.mean, atol=1e-5)


# -- saving over -------------------------------------------------------------------------------


def test_saving_over_a_model_asks(
    start: Start, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, target = start(), tmp_path / "mine"
    _choose(monkeypatch, target)
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    _rest(qtbot, window)
    digits = checkpoint.load(target).id
    window.open("wine")
    qtbot.waitUntil(lambda: window.state.now.dataset.name == "wine")
    _train(qtbot, window, epochs=1)
    _rest(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert _verbs(window) == ["Save over it", "Save elsewhere..."] and not window.jobs.busy
    assert checkpoint.load(target).id == digits
    _choose(monkeypatch, tmp_path / "other")
    _press(qtbot, window, "Save elsewhere...")
    _rest(qtbot, window)
    assert checkpoint.load(target).id == digits
    assert checkpoint.load(tmp_path / "other").id == window.state.now.model.id
    window.session.save(target)
    _press(qtbot, window, "Save over it")
    _rest(qtbot, window)
    assert checkpoint.load(target).id == window.state.now.model.id


@pytest.mark.parametrize("chosen", ["model.json", "my-model"])
def test_a_place_within_a_model_means_that_model(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str
) -> None:
    """A dialog for saving goes into a folder that is named, and leaves no other way to it."""
    window, target = start(), tmp_path / "mine"
    checkpoint.save(target, window.state.now.model)
    _choose(monkeypatch, target / chosen)
    window.session.save_elsewhere()
    assert _said(window) == f"The model vae of digits is not saved yet: a model lies in {target}"
    assert _verbs(window) == ["Save over it", "Save elsewhere..."]


def test_saving_over_saves_the_model_that_was_asked_about(
    start: Start, qtbot: Any, tmp_path: Path
) -> None:
    window, target = start(), tmp_path / "mine"
    digits = window.state.now.model.id
    checkpoint.save(target, replace(window.state.now.model, id="another"))
    window.session.save(target)
    window.open("fashion")
    qtbot.waitUntil(lambda: window.state.now.dataset.name == "fashion")
    window.session.put_away()  # a hint: what was asked comes back
    _press(qtbot, window, "Save over it")
    _rest(qtbot, window)
    assert checkpoint.load(target).id == digits != window.state.now.model.id


def test_a_folder_with_other_things_is_refused(start: Start, tmp_path: Path) -> None:
    window = start()
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").touch()
    window.session.save(tmp_path / "photos")
    assert "other things lie there" in _said(window) and not window.jobs.busy
    assert [f.name for f in (tmp_path / "photos").iterdir()] == ["cat.jpg"]


def test_what_was_refused_is_not_said_again_once_it_is_saved(
    start: Start, qtbot: Any, tmp_path: Path
) -> None:
    window, other = start(), tmp_path / "other"
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").touch()
    checkpoint.save(other, window.state.now.model)
    window.session.save(tmp_path / "photos")
    window.session.save(other)
    window.session.save(tmp_path / "new")
    qtbot.waitUntil(lambda: "Model kept in" in _said(window))
    window.session.put_away()
    assert _said(window) == ""


def test_a_training_that_is_shown_again_is_not_offered_any_more(
    start: Start, qtbot: Any, tmp_path: Path
) -> None:
    window = start()
    _train(qtbot, window)
    window.open("wine")
    qtbot.waitUntil(lambda: _verbs(window) == ["Open it", "Resume it"])
    window.open(str(_runs(tmp_path)[0]))
    qtbot.waitUntil(lambda: window.state.now.dataset.name == "digits")
    _rest(qtbot, window)
    window.session.put_away()
    assert _said(window) == ""


def test_what_cannot_be_opened_without_a_choice_is_opened_by_a_button(
    start: Start, qtbot: Any, tmp_path: Path
) -> None:
    window = start()
    rows = ["\t".join(f"{j % (i + 3)}.5" for j in range(30 + i)) for i in range(20)]
    (tmp_path / "ragged.tsv").write_text("\n".join(rows))
    window.open(str(tmp_path / "ragged.tsv"))
    qtbot.waitUntil(lambda: _verbs(window)[:2] == ["Lengths: pad", "Lengths: cut"])
    assert window.state.now.dataset.name == "digits" and "--" not in _said(window)
    _press(qtbot, window, "Lengths: cut")
    qtbot.waitUntil(lambda: window.state.now.dataset.name == "ragged")
    assert window.state.now.dataset.choices.lengths == "cut"
    window.session.put_away()
    assert _said(window) == ""


# -- where nothing can be kept -----------------------------------------------------------------


@pytest.mark.parametrize("verb", ["Keep elsewhere...", "Train without keeping"])
def test_a_folder_of_runs_that_cannot_be_written_is_said_before_the_training(
    start: Start, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    window, elsewhere = start(), tmp_path / "elsewhere"
    (tmp_path / "settings" / "runs").rmdir() if (tmp_path / "settings" / "runs").exists() else None
    (tmp_path / "settings" / "runs").write_text("in the way")
    _choose(monkeypatch, elsewhere)
    synthetic_input.click(window, "trainButton")
    qtbot.waitUntil(lambda: bool(_verbs(window)))
    now = window.state.now
    assert now.training == "idle" and not now.moments and now.message.tone == "bad"
    window.session.configure(training=replace(now.training_config, epochs=1))
    _press(qtbot, window, verb)
    qtbot.waitUntil(lambda: bool(window.state.now.moments))
    _rest(qtbot, window)
    assert checkpoint.is_checkpoint(elsewhere) == (verb == "Keep elsewhere...")
    kept = f"Kept in {elsewhere}" if verb == "Keep elsewhere..." else "Not kept"
    assert kept in _said(window)
    assert window.close()


def test_a_training_that_cannot_begin_leaves_the_time_line(
    start: Start, qtbot: Any, tmp_path: Path
) -> None:
    window = start()
    _train(qtbot, window, epochs=2)
    _rest(qtbot, window)
    history = window.state.now.moments
    (tmp_path / "settings" / "runs").rename(tmp_path / "away")
    (tmp_path / "settings" / "runs").write_text("in the way")
    synthetic_input.click(window, "trainButton")
    qtbot.waitUntil(lambda: "Train without keeping" in _verbs(window))
    assert window.state.now.moments == history and history
    window.session.show_moment(0)
    assert window.state.now.model is history[0].model


def test_a_save_that_fails_offers_another_place(
    start: Start, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = start()
    (tmp_path / "file").touch()
    window.session.save(tmp_path / "file" / "model")
    _choose(monkeypatch, tmp_path / "mine")
    _press(qtbot, window, "Save elsewhere...")
    _rest(qtbot, window)
    assert checkpoint.load(tmp_path / "mine").id == window.state.now.model.id
    assert "Model kept in" in _said(window)
    window.session.put_away()
    assert _said(window) == ""


def test_a_model_whose_last_save_fails_stays_whole_until_it_is_saved(
    start: Start, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    window = start()
    monkeypatch.setattr(staging, "_write", full)
    _train(qtbot, window, epochs=2)
    _rest(qtbot, window)
    now = window.state.now
    assert now.message.tone == "bad" and "No space left" in now.message.text
    assert now.whole_codes is not None and now.moments[-1].epoch == 2 and now.model.metrics
    assert not window.close() and "Save elsewhere..." in _verbs(window)
    window.open("wine")  # nor is it lost by what is opened
    qtbot.waitUntil(lambda: window.state.now.dataset.name == "wine")
    assert not window.close() and "Close without it" in _verbs(window)
    monkeypatch.undo()
    _choose(monkeypatch, tmp_path / "saved")
    _press(qtbot, window, "Save elsewhere...")
    _rest(qtbot, window)
    assert checkpoint.load(tmp_path / "saved").id == now.model.id
    assert checkpoint.load_resume(tmp_path / "saved").values["step"] > 0
    assert window.close()


def test_a_window_whose_training_cannot_be_kept_as_it_closes_stays_and_asks(
    start: Start, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    window = start()
    monkeypatch.setattr(staging, "_write", full)
    _train(qtbot, window)
    assert not window.close() and window.isVisible()
    assert window.state.now.training == "idle" and window.state.now.moments
    _press(qtbot, window, "Close without it")
    assert not window.isVisible()


def test_a_home_that_takes_nothing_is_said_and_the_window_works_and_closes(
    qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    for kind in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / "file" / "home"))
    window = open_window("digits")
    qtbot.addWidget(window)
    _rest(qtbot, window)
    assert "settings cannot be kept" in _said(window).lower()
    assert str(tmp_path / "file") in _said(window)
    window.appearance.set_theme("dark")
    synthetic_input.click(window, "trainButton")
    qtbot.waitUntil(lambda: "Train without keeping" in _verbs(window))
    assert window.close()


# -- limits ------------------------------------------------------------------------------------


def test_too_many_runs_go_by_name_and_never_the_one_shown(
    start: Start, qtbot: Any, tmp_path: Path
) -> None:
    window = start()
    window.session._keeper.limits = (1, 2**30)
    _train(qtbot, window, epochs=1)
    _rest(qtbot, window)
    (first,) = _runs(tmp_path)
    os.utime(first / "model.json", (1, 1))
    os.utime(first / "model.safetensors", (1, 1))
    window.open("wine")
    qtbot.waitUntil(lambda: window.state.now.dataset.name == "wine")
    _train(qtbot, window, epochs=1)
    qtbot.waitUntil(lambda: first.name in _said(window))
    (left,) = _runs(tmp_path)
    assert window.state.now.model.path == str(left)
    assert f"Kept in {left}" in _said(window) and "up to 1 runs" in _said(window)


# -- what cannot be shown ----------------------------------------------------------------------


def _weights(change: Callable[[str, np.ndarray], np.ndarray | None]) -> Callable[[Path], None]:
    """A checkpoint with other weights, whose files fit each other."""

    def damage(folder: Path) -> None:
        model = checkpoint.load(folder)
        changed = {name: change(name, w) for name, w in model.weights.items()}
        kept = {name: w for name, w in changed.items() if w is not None}
        checkpoint.save(folder, replace(model, weights=kept))

    return damage


def _latent_dim(folder: Path) -> None:
    model = checkpoint.load(folder)
    checkpoint.save(folder, replace(model, config=replace(model.config, latent_dim=3)))


def _truncate(folder: Path) -> None:
    whole = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(whole[: len(whole) // 2])


def _far_out(name: str, w: np.ndarray) -> np.ndarray:
    return w * np.float32(1e30) if name.startswith("posterior") else w


DAMAGES = {
    "weights that are no numbers": _weights(lambda _n, w: np.full_like(w, np.nan)),
    "codes out of sight": _weights(_far_out),
    "a tensor too few": _weights(lambda n, w: None if n.startswith("decoder") else w),
    "another latent dimension": _latent_dim,
    "half a file": _truncate,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_model_is_one_sentence_and_what_is_shown_stays(
    start: Start, qtbot: Any, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    window, folder = start(), tmp_path / "damaged"
    window.session.save(folder)
    _rest(qtbot, window)
    damage(folder)
    window.session.put_away()
    before = window.state.now
    window.open(str(folder))
    qtbot.waitUntil(lambda: bool(_said(window)))
    _rest(qtbot, window)
    now = window.state.now
    assert now.message.tone == "bad" and str(folder) in now.message.text
    assert "\n" not in now.message.text
    for name in ("dataset", "model", "codes", "z", "decoded", "pca", "moments", "selection"):
        assert getattr(now, name) is getattr(before, name), name


def test_a_search_for_codes_that_is_cancelled_opens_nothing(
    start: Start, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from explorer.compute.analyses.encode import FindCodes

    window, folder = start(), tmp_path / "model"
    window.session.save(folder)
    _rest(qtbot, window)
    (folder / "codes.npz").unlink()
    window.session.put_away()
    found = FindCodes.answer

    def cancelled(request: Any, task: Any) -> Any:
        task.cancel()
        return found(request, task)

    monkeypatch.setattr(FindCodes, "answer", cancelled)
    before = window.state.now
    window.open(str(folder))
    _rest(qtbot, window)
    assert window.state.now is before
    monkeypatch.undo()
    window.open(str(folder))
    qtbot.waitUntil(lambda: window.state.now.model is not before.model)
    np.testing.assert_allclose(
        window.state.now.whole_codes.mean, before.whole_codes.mean, atol=1e-5
    )
