"""What is printed where."""

from __future__ import annotations

import errno
import io
import json
import signal

import numpy as np
import pytest

from explorer.errors import Cancelled
from explorer.terminal import console, signals
from explorer.terminal.console import Bar, Console, Lines, as_json, rows


def test_json_is_strict() -> None:
    values = {"a": float("nan"), "b": np.float32(0.5), "c": np.arange(2), "d": (1, np.inf)}
    assert json.loads(as_json(values)) == {"a": None, "b": 0.5, "c": [0, 1], "d": [1, None]}


def test_an_error_and_an_interval_stand_behind_their_value() -> None:
    shown = rows(
        {
            "mse": 0.0312345,
            "mse_standard_error": 0.00123456,
            "auroc": 0.91234,
            "auroc_interval": (0.881234, 0.93),
            "elbo": -3.5,
            "elbo_standard_error": None,
            "lost_standard_error": 2.5,
            "mse_unit": "per feature",
        }
    )
    assert shown == [
        "mse                  0.0312345 ± 0.0012 per feature",
        "auroc                0.91234 (0.881 to 0.93)",
        "elbo                 -3.5 nats per sample",
        "lost standard error  2.5",
    ]


def test_what_two_differ_by_has_its_unit_its_error_and_its_interval() -> None:
    shown = rows({
        "other_elbo": -3.5,
        "other_elbo_standard_error": 0.5,
        "difference_elbo": 1.25,
        "difference_elbo_standard_error": 0.1,
        "difference_elbo_interval": [1.04321, 1.5],
    })  # fmt: skip
    assert shown == [
        "other elbo       -3.5 ± 0.5 nats per sample",
        "difference elbo  1.25 ± 0.1 (1.04 to 1.5) nats per sample",
    ]


def test_rows_are_aligned_and_carry_units() -> None:
    shown = rows({"elbo": -1.23456789, "n": 3, "kl": None, "warnings": ["one is odd", "two is"]})
    assert shown == [
        "elbo      -1.23457 nats per sample",
        "n         3",
        "kl        -",
        "warnings  one is odd",
        "          two is",
    ]


def test_errors_are_said_to_be_of_what() -> None:
    assert rows({"pca_mse": 0.5, "mse_unit": "per feature, in standard deviations"}) == [
        "pca mse  0.5 per feature, in standard deviations"
    ]


def test_truths_are_said_in_words() -> None:
    assert rows({"stopped": False, "exact": [True, None]}) == ["stopped  no", "exact    yes, -"]


def test_names_and_numbers_are_told_apart() -> None:
    assert rows({"labels": {"0": 12, "1": 3}}) == ["labels  0: 12, 1: 3"]
    curve = [{"n": 1, "kl": 0.5}, {"n": 2, "kl": 0.25}]
    assert rows({"curve": curve}) == ["curve  n: 1, kl: 0.5", "       n: 2, kl: 0.25"]


def test_lines_are_rate_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    now, stream = [0.0], io.StringIO()
    monkeypatch.setattr(console.time, "monotonic", lambda: now[0])
    lines = Lines(stream)
    for step in range(101):
        now[0] = step / 10
        lines.show(step / 1000, "working")
    assert stream.getvalue().splitlines() == [f"{k:3} %  working" for k in (2, 4, 6, 8, 10)]


def test_quick_work_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(console.time, "monotonic", lambda: 0.0)
    Lines(stream).show(0.5, "working")
    assert stream.getvalue() == ""


def test_bar_comes_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    bar = Bar()
    monkeypatch.setattr(bar, "_start", bar._start - 1.0)
    bar.show(0.5, "working [1/2]")
    bar.show(None, "still")
    assert bar._progress is not None and bar._progress.tasks[0].description == "still"
    bar.close()
    assert bar._progress is None
    bar.close()  # a second time does no harm


def test_notes_come_once_and_last(capsys: pytest.CaptureFixture[str]) -> None:
    made = Console(as_json=True)
    made.note("odd", "odd")
    made.finish({"n": 1}, ["n 1"])
    assert capsys.readouterr() == ('{"n": 1}\n', "note: odd\n")


def test_what_comes_last_comes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal, where both streams are one; and where nobody reads the result."""
    both = io.StringIO()
    monkeypatch.setattr(console.sys, "stdout", both)
    monkeypatch.setattr(console.sys, "stderr", both)
    made = Console()
    made.last("kept")
    made.note("odd")
    made.finish({"n": 1}, ["n 1"])
    assert both.getvalue().splitlines() == ["note: odd", "n 1", "note: kept"]

    def broken(_: str) -> int:
        raise BrokenPipeError

    out = io.StringIO()
    monkeypatch.setattr(out, "write", broken)
    monkeypatch.setattr(console.sys, "stdout", out)
    with pytest.raises(BrokenPipeError):
        made.finish({"n": 1}, ["n 1"])
    assert both.getvalue().splitlines()[-1] == "note: kept"


@pytest.mark.parametrize("error", [BrokenPipeError(), OSError(errno.EIO, "gone"), ValueError()])
def test_work_goes_on_where_nobody_reads_its_progress(error: Exception) -> None:
    class Gone(io.StringIO):
        def write(self, _: str) -> int:
            raise error

    made = Console()
    made._meter = Lines(Gone())
    made._meter._shown = made._meter._last = -10.0
    made.task.progress(1.0, "done")
    made.note("odd")
    made.close()


@pytest.mark.parametrize("first", signals.ASKING, ids=lambda number: number.name)
@pytest.mark.parametrize("second", signals.ASKING, ids=lambda number: number.name)
def test_first_signal_cancels_the_second_interrupts(
    first: signal.Signals, second: signal.Signals
) -> None:
    before = [signal.getsignal(number) for number in signals.ASKING]
    made = Console()
    with signals.interrupting():
        with made.interrupt_cancels():
            signal.raise_signal(first)
            with pytest.raises(Cancelled):
                made.task.check()
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(second)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(first)
    assert [signal.getsignal(number) for number in signals.ASKING] == before


def test_first_interrupt_cancels_the_second_interrupts() -> None:
    made = Console()
    with made.interrupt_cancels():
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(Cancelled):
            made.task.check()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
