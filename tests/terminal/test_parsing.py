"""Words to commands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from explorer.commands import Command, argument, choice, flag, limited, option
from explorer.data.choices import NO_CHOICES, Choices
from explorer.errors import SettingsError
from explorer.terminal.console import Console, Result
from explorer.terminal.parsing import parse
from explorer.terminal.reading import ReadsData


@dataclass(frozen=True)
class Toy(Command):
    """A toy."""

    place: str = argument("Where.")
    out: Path = option("What to write.")
    z: tuple[str, ...] = option("Codes.", ())
    body: str = choice("Which.", ("mlp", "conv"))
    size: int = limited("How many.", 3, low=1, high=5)
    quick: bool = flag("Soon.")

    def run(self, console: Console) -> Result:
        return {}


def parsed(*words: str) -> Toy:
    return parse(Toy, ["here", "--out", "x", *words], prog="toy")[0]


def test_defaults() -> None:
    assert parsed() == Toy("here", Path("x"), (), "mlp", 3, False)


@pytest.mark.parametrize(
    ("words", "z"),
    [
        (("--z", "-1,2", "-.5,0"), ("-1,2", "-.5,0")),
        (("--z", "a", "--quick", "--z", "b"), ("a", "b")),
        (("--z=a", "--z", "b", "c"), ("a", "b", "c")),
        (("--z", "--quick"), ()),
    ],
)
def test_several_values(words: tuple[str, ...], z: tuple[str, ...]) -> None:
    assert parsed(*words).z == z


def test_flags_and_json() -> None:
    assert parsed("--quick").quick
    assert parse(Toy, ["here", "--json", "--out", "x"], prog="toy")[1]


@pytest.mark.parametrize("words", [("--body", "x"), ("--size", "x"), ("--nosuch",), ("extra",)])
def test_wrong_words_leave_with_2(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as leaving:
        parsed(*words)
    assert leaving.value.code == 2
    assert capsys.readouterr().err


def test_ranges_are_checked() -> None:
    with pytest.raises(SettingsError, match="size = 6"):
        parsed("--size", "6")


@dataclass(frozen=True)
class Reader(ReadsData, Command):
    """Reads."""

    data: str = argument("What.")
    split: str = choice("Which.", ("test", "train"))

    def run(self, console: Console) -> Result:
        return {}


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ((), NO_CHOICES),
        (("--header",), Choices(header=True)),
        (("--no-header", "--kind", "table"), Choices(header=False, kind="table")),
        (("--axis", "-1", "--lengths", "cut"), Choices(axis=-1, lengths="cut")),
        (("--drop", "id", "a b", "--drop", "-1"), Choices(drop=("id", "a b", "-1"))),
        (("--label", "column 3", "--split", "train"), Choices(label="column 3")),
        (("--label=-1",), Choices(label="-1")),
    ],
)
def test_what_is_said_of_a_file(words: tuple[str, ...], chosen: Choices) -> None:
    command, _ = parse(Reader, ["here", *words], prog="reader")
    assert command.data == "here" and command.choices == chosen


def test_a_flag_and_its_opposite_exclude_each_other() -> None:
    with pytest.raises(SettingsError, match="--header and --no-header"):
        parse(Reader, ["here", "--header", "--no-header"], prog="reader")
