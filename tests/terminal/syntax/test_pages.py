"""What a newcomer reads: wrapped, complete, without Python's words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from explorer.terminal.command import TerminalCommand, argument, choice, flag, limited, option
from explorer.terminal.console import Console, Result
from explorer.terminal.syntax.pages import overview, page, usage


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a file is read."""

    heading = "reading the data"

    label: str | None = option(
        "The column that is the label.", None, unset="a guess, which is said"
    )
    drop: tuple[str, ...] = option("A column to leave out.", (), metavar="COLUMN")
    header: bool | None = option("Whether the first row holds names.", None)


@dataclass(frozen=True)
class Toy(Reading, TerminalCommand):
    """A toy.

    It does nothing, but says it at a length that no terminal of eighty columns can show in a line.

      toy | copied as it stands, however long it is and wherever the eightieth column may happen
    """

    examples = ('toy here --out x --z "-1,2"',)
    one_of = ("z", "codes")

    place: str = argument("Where.")
    out: Path = option("What to write.")
    z: tuple[str, ...] = option("A code.", (), metavar="A,B")
    codes: Path | None = option("Codes.", None)
    body: str = choice("Which.", ("mlp", "conv"))
    amount: float = limited("How much.", 0.5, low=0, high=1)
    quick: bool = flag("Soon.")

    def run(self, console: Console) -> Result:
        return {}


@pytest.fixture(params=[60, 80, 100, 200])
def columns(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("COLUMNS", str(request.param))
    return int(request.param)


def words_of(text: str) -> str:
    return " ".join(text.split())


def test_usage_names_all_that_must_be_given() -> None:
    assert usage(Toy, "toy") == "toy PLACE (--z A,B ... | --codes PATH) --out PATH [options]"


def test_choices_and_defaults_are_told_in_words(columns: int) -> None:
    text = words_of(page(Toy, "toy"))
    assert "--body NAME Which. One of mlp, conv. Default: mlp." in text
    assert "--amount NUMBER How much. Default: 0.5." in text
    assert "--codes PATH Codes. --body" in text  # nothing is said of what is merely absent
    assert "--z A,B ... A code. --codes" in text
    assert "--quick Soon. reading the data:" in text
    assert "--label NAME The column that is the label. Default: a guess, which is said." in text
    assert "None" not in text and "MISSING" not in text


def test_lines_fit_the_terminal(columns: int) -> None:
    lines = page(Toy, "toy").splitlines()
    copied = [line for line in lines if line.startswith("  toy ")]
    assert len(copied) == 2  # what is to be copied is never broken
    assert max(len(line) for line in lines if line not in copied) <= min(columns, 100)


def test_shared_flags_are_a_group_after_the_own() -> None:
    text = page(Toy, "toy")
    own, shared = text.index("\noptions:\n"), text.index("\nreading the data:\n")
    assert own < text.index("--quick") < shared < text.index("--label") < text.index("\nalways:\n")
    assert "\n  --header, --no-header  Whether" in text


def test_the_example_is_last(columns: int) -> None:
    assert page(Toy, "toy").endswith('\n\nexample:\n  toy toy here --out x --z "-1,2"')


def test_the_overview_has_topics_and_wraps(columns: int) -> None:
    text = overview("toy", {"play": {"swing": "Go up and down, and up again, until it is dark."}})
    assert "play:\n  swing  Go up" in text
    assert max(map(len, text.splitlines())) <= min(columns, 100)
