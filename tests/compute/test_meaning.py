"""explorer.compute.meaning: one table of what can be named, which window and commands agree on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from explorer import paths
from explorer.commands.inspect import InspectCommand
from explorer.compute.meaning import Meaning, meaning, trained_models
from explorer.compute.opening.named import open_checkpoint
from explorer.compute.opening.sorting import Sort
from explorer.compute.opening.source import Open
from explorer.data.bundled import BUNDLED
from explorer.data.files import several
from explorer.errors import ExplorerError
from explorer.terminal.console import Console
from tests.data import makers

Make = Callable[[Path], str | Path]


def _kept(folder: Path, name: str = "run") -> Path:
    return Path(shutil.copytree(paths.checkpoints() / "digits-vae", folder / name))


def _picture(name: str, kind: str = "PNG", **more: Any) -> Make:
    def make(folder: Path) -> Path:
        image = Image.fromarray(makers.pixels(9, 9))
        (folder / name).write_bytes(makers.encoded(image, kind, **more))
        return folder / name

    return make


def _stack(folder: Path) -> Path:
    pages = [Image.fromarray(np.full((9, 9), 20 * i, np.uint8)) for i in range(12)]
    return Path(_picture("stack.tif", "TIFF", save_all=True, append_images=pages)(folder))


def _folder(folder: Path) -> Path:
    for name in "abc":
        _picture(f"{name}.png")(folder)
    return folder


def _joined(folder: Path) -> str:
    return several.joined([str(_picture(f"{name}.png")(folder)) for name in "abc"])


def _empty(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


def _text(name: str, text: str) -> Make:
    def make(folder: Path) -> Path:
        (folder / name).write_text(text)
        return folder / name

    return make


CASES: dict[str, tuple[Make, str, bool]] = {
    "bundled data": (lambda _: "digits", "data", True),
    "a bundled model": (lambda _: "digits-vae", "checkpoint", True),
    "a saved model": (_kept, "checkpoint", True),
    "a saved model by a name in this folder": (lambda f: _kept(f, "mine").name, "checkpoint", True),
    "a saved model called as bundled data": (lambda f: _kept(f, "digits").name, "checkpoint", True),
    "a file of arrays": (lambda f: makers.npy(f, makers.pixels(20, 9, 9)), "data", True),
    "a table": (_text("t.csv", "a,b\n" + "1,2.5\n3,4.5\n" * 9), "data", True),
    "a folder of pictures": (_folder, "data", True),
    "pictures named together": (_joined, "data", True),
    "one picture": (_picture("a.png"), "picture", False),
    "one picture in capitals": (_picture("a.PNG"), "picture", False),
    "one picture of a scanner": (_picture("a.tif", "TIFF"), "picture", False),
    "one picture as numbers": (_picture("a.pgm", "PPM"), "picture", False),
    "one picture of old": (_picture("a.jfif", "JPEG"), "picture", False),
    "a stack of pages": (_stack, "data", True),
    "an empty folder": (_empty, "data", False),
    "a text": (_text("a.txt", "words"), "data", False),
    "a picture that is none": (_text("a.png", "words"), "picture", False),
    "nothing of that name": (lambda f: f / "nothing", "data", False),
    "a picture that is not there": (lambda f: f / "a.png", "data", False),
    "no name": (lambda _: "", "data", False),
    "a name that no system knows": (lambda _: "a\0b", "data", False),
}


@pytest.fixture(params=CASES.values(), ids=CASES)
def case(request: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str, bool]:
    """What is given, what it means, and whether it opens; in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    make, kind, opens = request.param
    return str(make(tmp_path)), kind, opens


def _tried(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except ExplorerError:
        return None


def test_it_means_one_thing(case: tuple[str, str, bool]) -> None:
    given, kind, _ = case
    assert meaning(given).kind == kind
    assert meaning(Path(given)) == meaning(given) or not given


def test_the_window_and_a_command_agree(case: tuple[str, str, bool]) -> None:
    given, kind, opens = case
    opened = _tried(lambda: Open(given).answer())
    seen = _tried(lambda: InspectCommand(given).run(Console()))
    assert (opened is not None) == (seen is not None) == opens
    if opens:
        assert seen["what"] == ("model" if kind == "checkpoint" else "data")
        assert opened.dataset is not None
        assert (opened.model is not None) == (kind == "checkpoint" or given in BUNDLED)


def test_a_drop_takes_it_as_what_it_is(case: tuple[str, str, bool]) -> None:
    given, kind, _ = case
    found = Sort((given,)).answer()
    assert (found.pictures, found.sources) == (
        ((given,), ()) if kind == "picture" else ((), (given,))
    )


def test_a_model_is_the_same_for_the_window_and_for_a_command(case: tuple[str, str, bool]) -> None:
    given, _, opens = case
    model = _tried(lambda: open_checkpoint(given))
    opened = _tried(lambda: Open(given).answer()) if opens else None
    shown = None if opened is None else opened.model
    assert (None if model is None else model.path) == (None if shown is None else shown.path)


def test_what_is_there_goes_before_the_name_of_a_bundled_model(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "digits-vae").mkdir()
    assert meaning("digits-vae").kind == "data" and meaning("digits-vae").folder is None


def test_every_bundled_model_has_a_name():
    assert {meaning(name).folder for name in trained_models()} == set(trained_models().values())


def test_nothing_is_not_the_model_in_the_folder_where_the_program_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(_kept(tmp_path))
    assert meaning(".").kind == "checkpoint"
    assert meaning("") == Meaning("data", "")
