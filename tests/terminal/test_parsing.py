"""Words to commands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from explorer.commands import Command, argument, choice, flag, limited, option
from explorer.errors import SettingsError
from explorer.terminal.console import Console, Result
from explorer.terminal.parsing import parse


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
