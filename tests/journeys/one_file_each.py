"""What is seen of each example of docs/architecture.md once its file lies in its folder.

No part of the suite: `test_one_file_each` runs it in a copy of the program that has those files.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget

from explorer.analysis.latent.paths import route
from explorer.app.commands import Shown
from explorer.cli import main
from explorer.compute.montage import said_of
from explorer.export.exporting import export, kinds_of
from explorer.export.things import Thing
from explorer.ui import synthetic_input
from explorer.ui.window import MainWindow, open_window


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Forty rows of five numbers, as the format of the example has them."""
    numbers = np.random.default_rng(0).normal(size=(40, 5)).round(3)
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(numbers.tolist()), encoding="utf-8")
    return path


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """The last line of a command, as JSON."""

    def run(*words: object) -> Any:
        assert main([str(word) for word in words] + ["--json"]) == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out.splitlines()[-1])

    return run


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    made = open_window("digits", settings_dir=tmp_path / "settings")
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.state.now.decoded is not None and not made.jobs.busy)
    yield made
    made.close()


def said(window: MainWindow) -> str:
    message = window.state.now.message
    return "" if message is None else message.text


def offered(window: MainWindow, name: str) -> list[str]:
    box = synthetic_input.find(window, QComboBox, name)
    return [box.itemText(i) for i in range(box.count())]


def trigger(window: MainWindow, qtbot: Any, name: str) -> None:
    window.commands[name].trigger()
    qtbot.waitUntil(lambda: not window.jobs.busy)


def test_format(window: MainWindow, qtbot: Any, say: Callable[..., Any], rows: Path) -> None:
    assert say("inspect", rows)["kind"] == "table"
    synthetic_input.drop(window, rows)
    qtbot.waitUntil(lambda: len(window.state.now.dataset) == 40 and not window.jobs.busy)


def test_preset(
    window: MainWindow, qtbot: Any, say: Callable[..., Any], rows: Path, tmp_path: Path
) -> None:
    assert "tight-vae" in say("models") and "tight-vae" in offered(window, "preset")
    trained = say("train", rows, "--out", tmp_path / "m", "--model", "tight-vae", "--epochs", 1)
    assert trained["model"] == "tight-vae"
    trigger(window, qtbot, "preset-tight-vae")
    assert window.state.now.training_config.beta == 2.0


def test_pieces(window: MainWindow, say: Callable[..., Any], rows: Path, tmp_path: Path) -> None:
    assert any("shallow" in name for name in offered(window, "body"))
    assert any("laplace" in name.lower() for name in offered(window, "likelihood"))
    words = ["--body", "shallow", "--likelihood", "laplace", "--epochs", 1]
    trained = say("train", rows, "--out", tmp_path / "m", *words)
    assert (trained["body"], trained["likelihood"]) == ("shallow", "laplace")
    assert say("evaluate", tmp_path / "m", rows, "--samples", 5)["elbo"] < 0


def test_kind(window: MainWindow, qtbot: Any, say: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "spectra.npz"
    np.savez(path, spectra=np.random.default_rng(0).normal(size=(40, 12)).astype(np.float32))
    assert say("inspect", path)["kind"] == "spectra"
    trained = say("train", path, "--out", tmp_path / "m", "--epochs", 1)
    assert trained["model"] == "vae"
    synthetic_input.drop(window, path)
    qtbot.waitUntil(lambda: len(window.state.now.dataset) == 40 and not window.jobs.busy)
    assert "12 wavelengths" in said_of(window.state.now.dataset)
    window.session.go_to(3)
    qtbot.waitUntil(lambda: not window.jobs.busy)


def test_posterior_and_prior(say: Callable[..., Any], rows: Path, tmp_path: Path) -> None:
    words = ["--out", tmp_path / "m", "--model", "round-vae", "--epochs", 2]
    assert say("train", rows, *words)["model"] == "round-vae"
    assert say("evaluate", tmp_path / "m", rows, "--samples", 5)["elbo"] < 0
    assert say("sample", tmp_path / "m", rows, "--out", tmp_path / "drawn.png")


def test_layer(window: MainWindow) -> None:
    assert "layer-middle" in window.commands
    for plane in window.planes.values():
        assert plane.layers["middle"].group.item.isVisible()
    window.commands["layer-middle"].trigger()
    assert not window.plane_area.plane.layers["middle"].group.item.isVisible()


def test_tool(window: MainWindow) -> None:
    buttons = [b.defaultAction() for b in window.toolbar.findChildren(QToolButton)]
    assert window.commands["tool-ruler"] in buttons
    QTest.keyClick(window, Qt.Key.Key_R)
    synthetic_input.drag(window.plane_area.plane, [(0, 0), (0.5, 0), (1, 0)])
    assert said(window).endswith("apart")


def test_panel(window: MainWindow) -> None:
    dock = next(dock for dock in window.docks if dock.windowTitle() == "Readout")
    window.commands["panel-readout"].trigger()
    assert dock.isVisible() and dock.widget().widget().minimumSizeHint().isValid()


def test_question(say: Callable[..., Any]) -> None:
    assert 0 < say("brightness", "digits", "--most", 20)["brightness"] < 1


def test_plane(window: MainWindow, qtbot: Any) -> None:
    trigger(window, qtbot, "panel-contrast-plane")
    plane = window.planes["contrast"]
    qtbot.waitUntil(lambda: plane.isVisible() and plane.positions is not None)
    assert len(plane.positions.xy) == len(window.state.now.dataset)
    at = tuple(plane.positions.xy[7])
    synthetic_input.drag(window.plane_area.plane, [(0, 0), (0.4, 0.1)])
    qtbot.waitUntil(lambda: plane.kind.cursor(window.state.now) is not None)
    QTest.mouseClick(plane.viewport(), Qt.MouseButton.LeftButton, pos=plane.pixel_at(at))
    assert len(window.state.now.selection) == 1
    before, held = window.state.now.z, plane.positions.xy.max(axis=0)
    synthetic_input.drag(plane, [at, tuple(held)])
    qtbot.waitUntil(lambda: not window.jobs.busy and window.state.now.decoded is not None)
    now = window.state.now
    assert now.moved == "contrast" and not np.array_equal(now.z, before)
    assert np.array_equal(now.decoded.z, now.z) and np.allclose(plane.cursor_at, held, atol=0.01)


def test_workspace(window: MainWindow, qtbot: Any) -> None:
    trigger(window, qtbot, "workspace-lecture")
    assert synthetic_input.find(window, QWidget, "workspaceLecture").isVisible()
    assert [dock.windowTitle() for dock in window.docks if dock.isVisible()] == ["Probe"]


def test_command(window: MainWindow, qtbot: Any) -> None:
    synthetic_input.drag(window.plane_area.plane, [(0, 0), (0.8, 0.4)])
    QTest.keyClick(window, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: not window.state.now.z.any())


def test_terminal(say: Callable[..., Any]) -> None:
    assert set(say("folders")) == {"settings", "models"}


def test_join(window: MainWindow, qtbot: Any) -> None:
    title = "One dimension at a time"
    assert title in offered(window, "pathKind")
    a, b = np.full(2, -1, np.float32), np.full(2, 1, np.float32)
    window.state.update(mark_a=a, mark_b=b)
    choices = window.commands.command("join").choices
    assert choices is not None
    {choice.title: choice.act for choice in choices(window.commands.context())}[title]()
    path = window.state.now.path
    assert path is not None and path.kind == "stairs"
    assert route(path).tolist() == [[-1, -1], [1, -1], [1, 1]]
    qtbot.waitUntil(lambda: window.state.now.path_pictures is not None and not window.jobs.busy)
    assert synthetic_input.find(window, QComboBox, "pathKind").currentText() == title


def test_hole(
    window: MainWindow, qtbot: Any, say: Callable[..., Any], capsys: Any, tmp_path: Path
) -> None:
    trigger(window, qtbot, "application-inpaint")
    assert "Rim" in offered(window, "holeBox")
    assert main(["inpaint", "--help"]) == 0 and "rim" in capsys.readouterr().out
    words = ["--hole", "rim", "--most", 3, "--starts", 3, "--steps", 1, "--out", tmp_path / "p.png"]
    assert say("inpaint", "digits", "digits", *words)["hole"] == "rim"


def test_noise(
    window: MainWindow, qtbot: Any, say: Callable[..., Any], capsys: Any, tmp_path: Path
) -> None:
    trigger(window, qtbot, "application-denoise")
    assert "Speckle" in offered(window, "noiseKind")
    assert any("speckle" in name.lower() for name in offered(window, "corruption"))
    assert main(["denoise", "--help"]) == 0
    assert "speckle: sigma, as a share of x" in " ".join(capsys.readouterr().out.split())
    words = ["--corruption", "speckle", "--out", tmp_path / "p.png"]
    assert say("denoise", "digits", "digits", *words)["corruption"] == "speckle"
    words = ["--set", "corruption=speckle", "--epochs", 1]
    assert say("train", "digits", "--out", tmp_path / "m", *words)["model"] == "vae"


def test_writer(window: MainWindow, tmp_path: Path, say: Callable[..., Any]) -> None:
    table = Shown("rows", [["a", "b"], [1, 2]], "the rows", "the rows", window)
    thing = Thing("rows", "the rows", table=lambda _task: {"a": [1], "b": [2]})
    assert "Tab-separated table" in [kind.title for kind in kinds_of(thing)] and table.rows
    assert export(thing, tmp_path / "t.tsv").read_text(encoding="utf-8") == "a\tb\n1\t2"
    for name, rest in {"encode": (), "anomalies": (), "evaluate": ("--samples", 2)}.items():
        out = tmp_path / f"{name}.tsv"
        say(name, "digits", "digits", *rest, "--out", out)
        lines = out.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("index\tlabel\t")
        assert len({line.count("\t") for line in lines}) == 1
