"""From a question to its command: words and flags from its fields, files from its report."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from explorer.compute.analysis import Analysis, Report
from explorer.compute.opening.named import open_checkpoint
from explorer.compute.question import settings_of
from explorer.data.kinds import kind_of
from explorer.export.kinds import kinds_for
from explorer.export.things import PICTURE
from explorer.terminal.command import (
    TerminalCommand,
    checkpoint_argument,
    data_argument,
    magnified,
    option,
)
from explorer.terminal.console import Console, Result, rows
from explorer.terminal.faults import INTERRUPTED
from explorer.terminal.files import alternatives, check_out, endings, write
from explorer.terminal.reading import ReadsData
from explorer.terminal.sources import open_data, open_data_for

if TYPE_CHECKING:
    from explorer.data.dataset import Dataset
    from explorer.models.config import ModelSnapshot


@dataclass(frozen=True)
class Asking(TerminalCommand):
    """A command that ``asks`` a kind of question and writes the answer."""

    asks: ClassVar[type[Analysis[Any]]]

    def run(self, console: Console) -> Result:
        """Ask, write, and say what the report says."""
        out = self._given("out")
        if out is not None:
            check_out(out, *endings(self.asks.writes))
        question = self._question(console)
        with console.interrupt_cancels():
            report = question.report(question.answer(console.task))
        console.note(*report.notes)
        if report.stopped:
            console.code = INTERRUPTED
        written = {} if out is None else self._written(report, out)
        values = {**report.values, **_unit(report, question), **written}
        return values if report.warnings is None else {**values, "warnings": [*report.warnings]}

    def lines(self, values: Result) -> list[str]:
        """The question's own table, then the values that it does not show."""
        table, tabled = self.asks.table(values), self.asks.tabled
        left = rows({name: value for name, value in values.items() if name not in tabled})
        return [*table, *([""] if table and left else []), *left]

    def _given(self, name: str) -> Any:
        """The value of a flag that not all of these commands have."""
        return getattr(self, name, None)

    def _question(self, console: Console) -> Analysis[Any]:
        """The question, its model and data opened."""
        given = {name: getattr(self, flag) for name, flag in _flag_names(self.asks).items()}
        model = None
        if self._given("checkpoint") is not None:
            given["model"] = model = open_checkpoint(self._given("checkpoint"))
        if self._given("data") is not None:
            given["dataset"] = self._opened(console, model)
        return self.asks(**given)

    def _opened(self, console: Console, model: ModelSnapshot | None) -> Dataset:
        given, choices = self._given("data"), self._given("choices")
        if model is None or self.asks.of_any_data:
            return open_data(given, console, model, choices=choices)
        return open_data_for(model, given, console, choices)

    def _written(self, report: Report, out: Path) -> Result:
        assert report.thing is not None, "it writes, so its report has a thing"
        return write(report.thing, out, self._given("scale") or 0)


def command_of(kind: type[Analysis[Any]]) -> type[TerminalCommand]:
    """The command that asks questions of ``kind``."""
    there = {field.name for field in dataclasses.fields(kind)} - {s.name for s in settings_of(kind)}
    reads = "dataset" in there
    fields: list[tuple[str, Any, Any]] = []
    if "model" in there:
        fields.append(("checkpoint", str, checkpoint_argument()))
    if reads:
        fields.append(("data", str, data_argument()))
    if kind.writes:
        fields.append(_out(kind))
    fields += _flags(kind)
    if PICTURE in kind.writes:
        fields.append(("scale", int, magnified()))
    told = {name: getattr(kind, name) for name in ("topic", "examples", "one_of", "__doc__")}
    return dataclasses.make_dataclass(
        f"{kind.__name__}Command",
        fields,
        bases=(ReadsData, Asking) if reads else (Asking,),
        namespace={**told, "asks": kind, "__module__": __name__},
        frozen=True,
    )


def _out(kind: type[Analysis[Any]]) -> tuple[str, Any, Any]:
    """``--out``, which comes before all that may be left away."""
    usual = [one.suffixes[0] for one in kinds_for(kind.writes)]
    told = f"{kind.out or 'The file to write'}: {alternatives(usual)}."
    if kind.must_write:
        return "out", Path, option(told)
    return "out", Path | None, option(told, None)


def _flags(kind: type[Analysis[Any]]) -> list[tuple[str, Any, Any]]:
    """A flag for each setting."""
    names = _flag_names(kind)
    metadata = {field.name: field.metadata for field in dataclasses.fields(kind)}
    return [
        (names[s.name], s.type, dataclasses.field(default=s.default, metadata=metadata[s.name]))
        for s in settings_of(kind)
    ]


def _flag_names(kind: type[Analysis[Any]]) -> dict[str, str]:
    """Of each setting, what its flag is called: as it is, if it does not name a ``flag``."""
    settings = {s.name for s in settings_of(kind)}
    fields = (field for field in dataclasses.fields(kind) if field.name in settings)
    return {field.name: field.metadata.get("flag", field.name) for field in fields}


def _unit(report: Report, question: Analysis[Any]) -> Result:
    """What squared errors are in, where there are any."""
    data = getattr(question, "dataset", None)
    measured = any(key.endswith("mse") for key in report.values)
    return {"mse_unit": kind_of(data).mse_unit} if measured and data is not None else {}
