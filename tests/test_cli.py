"""The program as a whole: what it imports, its exit codes, its one line on stderr."""

from __future__ import annotations

import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

from explorer import __version__, commands, paths
from explorer.cli import main
from explorer.commands.datasets import DatasetsCommand
from explorer.data.choices import Choices

HEAVY = ("torch", "PySide6", "rich", "numpy", "sklearn", "unittest.mock", "asyncio")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)


def test_importing_the_cli_is_nearly_free() -> None:
    code = f"import sys, explorer.cli; print([m for m in {HEAVY} if m in sys.modules])"
    assert run("-c", code).stdout.strip() == "[]"


def test_the_way_to_the_window_imports_no_parser_and_no_torch() -> None:
    code = (
        "import sys, types; fake = types.ModuleType('explorer.ui.application')\n"
        "fake.run_window = lambda path: print(path, [m for m in"
        " ('torch', 'rich', 'explorer.terminal.syntax.parsing') if m in sys.modules]) or 0\n"
        "sys.modules[fake.__name__] = fake\n"
        "import explorer.cli; sys.exit(explorer.cli.main(['digits']) + explorer.cli.main([]))"
    )
    done = run("-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["digits []", "None []"]


def test_the_window_is_told_how_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    fake = types.ModuleType("explorer.ui.application")
    fake.run_window = lambda *asked: told.append(asked) or 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, fake.__name__, fake)
    assert main(["digits", "--label", "none", "--drop", "a", "b"]) == 0
    assert main(["digits"]) == 0
    assert told == [("digits", Choices(label="none", drop=("a", "b"))), ("digits",)]
    assert main(["nosuch", "--label", "a"]) == 2
    assert main(["digits", "--nosuch"]) == 2
    assert len(told) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["trian"], "did you mean train?"),
        (["trian", "digits"], "did you mean train?"),
        (["--hlep"], "has no flag '--hlep'"),
        (["zzzz"], "see latent-explorer --help"),
        ([".", "there"], "'there' is too many"),
    ],
)
def test_what_was_meant_is_said(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert said in capsys.readouterr().err


def test_the_window_opens_a_bundled_model_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str | None] = []
    fake = types.ModuleType("explorer.ui.application")
    vars(fake)["run_window"] = lambda path: opened.append(path) or 0
    monkeypatch.setitem(sys.modules, fake.__name__, fake)
    assert main(["digits-vae"]) == main(["digits"]) == 0
    assert opened == [str(paths.checkpoints() / "digits-vae"), "digits"]


def test_a_failure_is_one_line(tmp_path: Path) -> None:
    done = run("-m", "explorer", "inspect", str(tmp_path / "nosuch"))
    assert done.returncode == 1
    assert done.stdout == "" and done.stderr.count("\n") == 1
    assert done.stderr.startswith("error: ")


def test_debug_shows_the_traceback_wherever_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["--debug", "inspect"], ["inspect", "--debug"]):
        assert main([*words, str(tmp_path / "nosuch")]) == 1
        err = capsys.readouterr().err
        assert "Traceback" in err and err.splitlines()[-1].startswith("error: ")


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"\n  {name} " in out for name in commands.names())


def test_every_command_is_a_citizen(capsys: pytest.CaptureFixture[str]) -> None:
    for name in commands.names():
        assert commands.load(name).summary().endswith(".")
        assert main([name, "--help"]) == 0
        assert f"latent-explorer {name}" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"latent-explorer {__version__}\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [(["nosuch"], 2), (["--nosuch"], 2), (["no/such"], 1), (["nosuch.npz"], 1), (["a", "b"], 2)],
)
def test_neither_command_nor_path(
    words: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == code
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MemoryError(), 1),
        (OSError(28, "No space left on device", "x"), 1),
        (KeyboardInterrupt(), 130),
        (ValueError("odd"), 1),
    ],
    ids=repr,
)
def test_what_a_command_raises(
    error: BaseException,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(DatasetsCommand, "run", fail)
    assert main(["datasets"]) == code
    assert capsys.readouterr().err.count("\n") == 1


def test_a_reader_that_leaves_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "explorer", "datasets"],
        stdout=writing, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")
