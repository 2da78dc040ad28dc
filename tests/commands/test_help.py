"""The help of every command: complete, quick, and with an example that works."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from explorer import commands
from explorer.cli import main
from explorer.terminal.syntax.flags import Flag, flags_of
from explorer.terminal.syntax.parsing import parse

NAMES = commands.names()
EXAMPLES = [(name, example) for name in NAMES for example in commands.load(name).examples]
SLOW = {"tour"}  # it has its own test
HEAVY = ("numpy", "torch", "sklearn", "PIL", "PySide6", "unittest.mock", "asyncio", "rich")


def shown(*words: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main([*words]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("name", NAMES)
def test_a_page_tells_all_without_pythons_words(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = shown(name, "--help", capsys=capsys)
    lines = text.splitlines()
    examples = [f"  latent-explorer {example}" for example in commands.load(name).examples]
    assert examples and all(example in lines for example in examples)
    assert max(map(len, lines)) <= 80
    assert not {"None", "True", "False", "str", "int", "float", "''"} & set(text.split())
    flat = " ".join(text.split())
    for flag in flags_of(commands.load(name)):
        told(flag, flat)


def told(flag: Flag, text: str) -> None:
    """A flag is there with help, choices and default."""
    assert flag.help.strip() and flag.help.rstrip()[-1] in ".:"
    assert flag.help in text
    assert all(choice in text for choice in flag.choices)
    if flag.required and not flag.placed:
        assert f"{flag.spelled} {flag.value}" in text.partition("[options]")[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_command_has_a_topic_and_a_line_of_its_own(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    command = commands.load(name)
    assert command.topic in commands.TOPICS
    lines = shown("--help", capsys=capsys).splitlines()
    assert any(line.split() == [name, *command.summary().split()] for line in lines)


@pytest.mark.parametrize("words", [["--help"], *([name, "--help"] for name in NAMES)], ids=" ".join)
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    code = (
        f"import sys, explorer.cli; explorer.cli.main({words});"
        f"sys.stderr.write(','.join(m for m in {HEAVY} if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout and done.stderr == ""


@pytest.mark.parametrize(
    "words",
    [
        ["datasets"],
        ["models"],
        ["completion", "bash"],
        ["inspect", "digits"],
        ["inspect", "wine"],
        ["inspect", "digits-vae"],
        ["train"],
    ],
    ids=" ".join,
)
def test_commands_without_torch_import_no_test_library_and_no_event_loop(words: list[str]) -> None:
    """torch itself imports both (torch/_guards.py)."""
    unwanted = ("unittest", "unittest.mock", "asyncio", "torch", "sklearn")
    code = (
        f"import sys, explorer.cli; explorer.cli.main({words});"
        f"print('\\n' + ','.join(m for m in {unwanted} if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1:] == [""]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_an_example_parses(name: str, example: str) -> None:
    first, *words = shlex.split(example)
    parse(commands.load(first), words, prog=first)
    assert commands.load(name).examples[-1].split()[0] == name
    assert len(f"  latent-explorer {example}") <= 80


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SLOW])
def test_examples_work_as_they_stand(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for example in commands.load(name).examples:
        assert main([*shlex.split(example), "--json"]) == 0
        assert json.loads(capsys.readouterr().out.splitlines()[-1])


def test_help_of_a_command_has_three_spellings(capsys: pytest.CaptureFixture[str]) -> None:
    pages = [shown(*words, capsys=capsys) for words in (["train", "-h"], ["help", "train"])]
    assert pages == [shown("train", "digits", "--help", capsys=capsys)] * 2
