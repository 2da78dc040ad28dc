"""Words to commands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from explorer.data.choices import NO_CHOICES, Choices
from explorer.errors import SettingsError
from explorer.terminal.command import TerminalCommand, argument, choice, flag, limited, option
from explorer.terminal.console import Console, Result
from explorer.terminal.reading import ReadsData
from explorer.terminal.syntax.parsing import parse


@dataclass(frozen=True)
class Toy(TerminalCommand):
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
def test_wrong_words_are_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(SettingsError, match=words[0].lstrip("-")):
        parsed(*words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--bod", "mlp"), "toy has no flag --bod: did you mean --body?"),
        (("--quik",), "toy has no flag --quik: did you mean --quick?"),
        (("-size", "3"), "toy has no flag -size: did you mean --size?"),
        (("--zzzz",), "toy has no flag --zzzz: see toy --help"),
        (("--body", "cnv"), "--body cannot be 'cnv': did you mean conv?"),
        (("--body", "zzzz"), "--body cannot be 'zzzz': choose one of mlp, conv"),
        (("--size", "ten"), "--size ten is no whole number: give one"),
        (("--size",), "--size needs a value: write --size N, "),
        (("--size", "--quick"), "--size needs a value: write --size N, "),
        (("--quick=yes",), "--quick takes no value: write --quick alone"),
        (("more",), "'more' is one word too many for toy: "),
    ],
)
def test_a_refusal_says_what_to_write(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parsed(*words)
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "toy needs PLACE and --out PATH: write toy PLACE --out PATH [options]"),
        (("here",), "toy needs --out PATH: write toy PLACE --out PATH [options]"),
        (
            ("--out", "x", "--z", "a", "here"),
            "toy needs PLACE: write toy PLACE --out PATH [options], PLACE before --z",
        ),
    ],
)
def test_what_lacks_is_named_with_the_usage(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse(Toy, words, prog="toy")
    assert str(refused.value) == said


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Shared flags."""

    label: str | None = option("Which.", None)
    header: bool | None = option("Whether.", None)
    axis: int | None = option("Which.", None)
    share: float | None = option("How much.", None)
    colour: bool = option("In colour.", True)


@dataclass(frozen=True)
class Either(Reading, TerminalCommand):
    """Takes one of two, and what its base class takes."""

    one_of = ("here", "there")

    here: str = option("Here.", "")
    there: tuple[str, ...] = option("There.", ())

    def run(self, console: Console) -> Result:
        return {}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ((), {}),
        (("--header",), {"header": True}),
        (("--no-header",), {"header": False}),
        (("--no-header", "--no-header"), {"header": False}),
        (("--no-colour",), {"colour": False}),
        (("--axis", "-1"), {"axis": -1}),
        (("--share", "-.5"), {"share": -0.5}),
        (("--label", "-1,2"), {"label": "-1,2"}),
        (("--label=-x",), {"label": "-x"}),
        (("--label=",), {"label": ""}),
        (("--label", "a", "--label", "b"), {"label": "b"}),
    ],
)
def test_inherited_and_optional_fields(words: tuple[str, ...], wanted: dict[str, object]) -> None:
    found, _ = parse(Either, [*words, "--here", "x"], prog="either")
    assert found == Either(here="x", **wanted)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "either needs --here or --there: write either "),
        (("--there",), "either needs --here or --there: write either "),
        (("--here", "x", "--there", "y"), "either takes either --here or --there: "),
        (("--here", "x", "--header", "--no-header"), "--header and --no-header are both given: "),
        (("--here", "x", "--colour"), "either has no flag --colour: did you mean --no-colour?"),
    ],
)
def test_what_excludes_each_other(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse(Either, words, prog="either")
    assert str(refused.value).startswith(said)


def test_after_two_dashes_words_are_values() -> None:
    assert parse(Toy, ["--out", "x", "--", "--here"], prog="toy")[0].place == "--here"


def test_underscores_do_as_well() -> None:
    @dataclass(frozen=True)
    class Wide(TerminalCommand):
        """Wide."""

        latent_dim: int = option("How wide.", 2)

        def run(self, console: Console) -> Result:
            return {}

    for word in ("--latent-dim", "--latent_dim"):
        assert parse(Wide, [word, "3"], prog="wide")[0].latent_dim == 3


def test_ranges_are_checked() -> None:
    with pytest.raises(SettingsError, match="--size 6 is out of range: give 5 or less"):
        parsed("--size", "6")


@dataclass(frozen=True)
class Reader(ReadsData, TerminalCommand):
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
