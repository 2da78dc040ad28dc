"""Completion scripts: right in the shells themselves, where they are installed."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from explorer.terminal.command import (
    TerminalCommand,
    argument,
    checkpoint_argument,
    choice,
    flag,
    option,
)
from explorer.terminal.console import Console, Result
from explorer.terminal.shells import HELP, Words, bash, fish, zsh
from explorer.terminal.syntax.flags import JSON, flags_of

NAMES = {"data": ("waves", "wine"), "checkpoint": ("waves-vae",)}


@dataclass(frozen=True)
class Toy(TerminalCommand):
    """A toy: it's [made] of `signs` that "shells" know $HOME by."""

    model: str = checkpoint_argument()
    kind: str = argument("Which of 'these'.", choices=("red", "green"))
    out: Path = option("Where it's written: [a path].")
    body: str = choice("Which.", ("mlp", "conv"))
    only: tuple[str, ...] = option("Labels.", (), choices=("cat", "dog"))
    set: tuple[str, ...] = option("Anything.", ())
    header: bool | None = option("Whether.", None)
    quick: bool = flag("Soon.")

    def run(self, console: Console) -> Result:
        return {}


def words() -> list[Words]:
    flags = flags_of(Toy)
    dashed = [*(f for f in flags if not f.placed), JSON, HELP]
    toy = Words("toy", Toy.summary(), dashed, [f for f in flags if f.placed], NAMES)
    return [toy, Words("top", "Spins.", [JSON, HELP], [], NAMES)]


FLAGS = "--out --body --only --set --header --no-header --quick --json --help"
TYPED = [  # what stands before the Tab key, and what is offered
    (["to"], "toy top"),
    (["wi"], "wine"),
    (["READ"], "README.txt"),
    (["toy", "--"], FLAGS),
    (["toy", "wav"], "waves-vae"),
    (["toy", "READ"], "README.txt"),
    (["toy", "x", ""], "red green"),
    (["toy", "--quick", "x", "gr"], "green"),
    (["toy", "--body", ""], "mlp conv"),
    (["toy", "--body", "mlp", "x", ""], "red green"),
    (["toy", "--only", "cat", "--quick", "wav"], "waves-vae"),
    (["toy", "--out", "READ"], "README.txt"),
    (["toy", "--set", ""], ""),
    (["toy", "--set", "-1", "--bo"], "--body"),
    (["top", ""], ""),
]


MORE = [  # that bash knows
    (["toy", "--body", "=", "m"], "mlp"),
    (["toy", "x", "--only", "cat", ""], "cat dog"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "README.txt").write_text("")
    return tmp_path


def need(shell: str) -> str:
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not installed")
    return found


def said(shell: str, text: str, folder: Path) -> list[str]:
    done = subprocess.run(
        [need(shell), "-c", text], capture_output=True, text=True, check=False, cwd=folder
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [line.partition("\t")[0] for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(("typed", "offered"), [*TYPED, *MORE])
def test_bash_offers(typed: list[str], offered: str, folder: Path) -> None:
    script = bash.script("a-toy", words(), NAMES["data"])
    listed = " ".join(f"'{word}'" for word in ("a-toy", *typed))
    drive = f"COMP_WORDS=({listed}); COMP_CWORD={len(typed)}; _a_toy\n"
    found = said("bash", f'{script}\n{drive}printf "%s\\n" "${{COMPREPLY[@]}}"', folder)
    assert found == offered.split()


@pytest.mark.parametrize(("typed", "offered"), TYPED)
def test_fish_offers(typed: list[str], offered: str, folder: Path) -> None:
    """fish offers what fits in any place, and files where nothing else is asked for."""
    script = fish.script("a-toy", words(), NAMES["data"])
    asked = " ".join(["a-toy", *typed])
    found = said("fish", f"{script}\ncomplete -C '{asked}'; true", folder)
    assert set(offered.split()) <= set(found)


def test_zsh_reads_it(folder: Path) -> None:
    script = zsh.script("a-toy", words(), NAMES["data"])
    (folder / "_a-toy").write_text(script)
    done = subprocess.run(
        [need("zsh"), "-f", "-c", "autoload -Uz compinit && compinit -u -D && source _a-toy"],
        capture_output=True, text=True, check=False, cwd=folder,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("shell", [bash, zsh, fish], ids=lambda shell: shell.__name__)
def test_all_that_can_be_typed_is_in_the_script(shell: object) -> None:
    text = shell.script("a-toy", words(), NAMES["data"])  # type: ignore[attr-defined]
    for flag_ in flags_of(Toy):
        for word in flag_.words:
            assert (f"-l {word[2:]} " if shell is fish else word) in text
        assert " ".join(flag_.choices) in text
    assert all(name in text for name in ("toy", "top", "waves-vae", "wine"))
