"""A question that is one file has its command, its flags, its page and its files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from explorer import commands
from explorer.cli import main
from explorer.compute import analyses
from explorer.compute.question import questions
from explorer.terminal.asking import command_of
from explorer.terminal.syntax.flags import flags_of
from tests.commands.conftest import Call

FILE = '''
"""Question: what is the mean of one feature?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from explorer import config
from explorer.compute.analysis import Analysis, Report, seed_setting
from explorer.compute.question import questions
from explorer.errors import DataError

if TYPE_CHECKING:
    from explorer.data.dataset import Dataset


@questions.register("the mean of a feature")
@dataclass(frozen=True, eq=False)
class FindMean(Analysis[Any]):
    """Find the mean of one feature.

    All samples count.
    """

    does = "find the mean"
    about = ("dataset",)
    examples = ("feature-mean digits --feature 3",)
    writes = ("table", "picture")
    must_write = False
    tabled = ("values",)

    dataset: Dataset
    feature: int = config.setting(0, "Feature", "Which one.", low=0, high=63)
    names: tuple[str, ...] = config.setting((), "Names", "Words.", metavar="WORD")
    absolute: bool = config.setting(False, "Absolute", "Without its sign.")
    seed: int = seed_setting("number")

    def answer(self, task: Any = None) -> Any:
        values = self.dataset.unit(slice(None))[:, self.feature]
        if self.feature == 7:
            raise DataError("seven is no feature", where="here", remedy="take another")
        return values

    def report(self, answer: Any) -> Report:
        import numpy as np
        from explorer.export.things import Thing

        picture = np.zeros((2, 3, 1), np.uint8)
        thing = Thing("mean", "the mean", picture=lambda _: picture, table=lambda _: {"x": answer})
        values = {"mean": float(answer.mean()), "mean_mse": 0.5, "values": [1, 2]}
        return Report(values, ["it is a mean"], ("a note",), thing, stopped=self.absolute)

    @classmethod
    def table(cls, values: Any) -> list[str]:
        return [f"{len(values['values'])} values"]
'''


@pytest.fixture
def mean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The file lies in a folder of its own that the package is told of; its command."""
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "feature_mean.py").write_text(FILE)
    monkeypatch.setattr(analyses, "__path__", [*analyses.__path__, str(tmp_path / "more")])
    yield "feature-mean"
    sys.modules.pop("explorer.compute.analyses.feature_mean", None)
    questions._members.pop("the mean of a feature", None)


def test_one_file_is_a_command(mean: str, data: str, done: Call) -> None:
    assert mean in commands.names() and mean in commands.topics()["measurements"]
    found = done(mean, data, "--feature", "5")
    assert set(found) == {"mean", "mean_mse", "values", "mse_unit", "warnings"}
    assert found["mse_unit"].startswith("per feature") and found["warnings"] == ["it is a mean"]


def test_its_docstring_is_the_page(mean: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([mean, "--help"]) == 0
    page = capsys.readouterr().out
    for text in (
        "Find the mean of one feature.",
        "All samples count.",
        "--feature N",
        "Which one.",
    ):
        assert text in page
    assert "--names WORD ..." in page and "--out PATH" in page and "--label" in page
    assert "Default: 0." in page and "latent-explorer feature-mean digits --feature 3" in page
    assert main(["--help"]) == 0
    assert "Find the mean of one feature." in capsys.readouterr().out


def test_its_files_are_those_that_it_names(
    mean: str, data: str, tmp_path: Path, done: Call, failed: Call
) -> None:
    out = tmp_path / "a.csv"
    assert done(mean, data, "--out", out)["out"] == str(out)
    assert len(out.read_text().splitlines()) == 61
    found = done(mean, data, "--out", tmp_path / "a.png", "--scale", "4")
    assert (found["width"], found["height"], found["scale"]) == (12, 8, 4)
    line = failed(2, mean, data, "--out", tmp_path / "a.gif")
    assert "does not end in .png, .csv, .npz, .jpg or .jpeg" in line


def test_its_settings_have_their_ranges(mean: str, data: str, failed: Call) -> None:
    assert "--feature 64 is out of range" in failed(2, mean, data, "--feature", "64")
    assert "seven is no feature" in failed(1, mean, data, "--feature", "7")


def test_people_read_its_table(mean: str, data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([mean, data, "--absolute"]) == 130  # stopped
    out, err = capsys.readouterr()
    assert out.splitlines()[:2] == ["2 values", ""] and not any(
        line.startswith("values") for line in out.splitlines()
    )
    assert "note: a note" in err


def test_every_question_that_is_a_command_says_what_a_command_must() -> None:
    for name in analyses.names():
        kind = analyses.load(name)
        command = command_of(kind)
        flags = {flag.name: flag for flag in flags_of(command)}
        assert kind.command() == name
        assert command.examples and command.examples[-1].split()[0] == name
        assert ("out" in flags) == bool(kind.writes)
        assert all(flag.help for flag in flags.values())
        assert np.all([field in flags for field in kind.one_of])
        assert kind.report is not analyses.Analysis.report
