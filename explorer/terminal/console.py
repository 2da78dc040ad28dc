"""Where a command reports: progress and notes on stderr, the result on stdout."""

from __future__ import annotations

import json
import math
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from explorer.analysis import cautions
from explorer.errors import EnvironmentFault
from explorer.task import Task
from explorer.terminal.faults import INTERRUPTED
from explorer.terminal.signals import cancelling

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

Result = Mapping[str, object]

NATS = (
    *("elbo", "elbo_error", "train_elbo", "test_elbo", "refined_elbo", "evidence", "best_evidence"),
    *(
        "reconstruction",
        "train_reconstruction",
        "test_reconstruction",
        "kl",
        "kl_per_dim",
        "test_kl",
        "kl_to_prior",
    ),
    *("log_likelihood", "log_likelihood_error", "log_likelihood_upper"),
    *("mutual_information", "amortisation_gap", "aggregate_kl", "kl_to_prior_least"),
    *("kl_to_prior_limit", "mutual_information_limit"),
    *("log_jacobian", "elbo_original_units", "log_likelihood_original_units"),
    "log_likelihood_ceiling",
)
BITS = ("bits_per_dim", "bits_per_dim_bound", "bits_per_dim_of_density")
SPREADS = ("_standard_error", "_interval")  # what the keys of an error and an interval end in
UNITS = {
    **dict.fromkeys(NATS, "nats per sample"),
    **dict.fromkeys(BITS, "bits per feature"),
    "seconds": "s",
}


class Meter(Protocol):
    """Shows how far a task is."""

    def show(self, fraction: float | None, text: str) -> None:
        """A fraction in [0, 1], or None where the length is not known."""

    def close(self) -> None:
        """Leave the terminal as it was."""


class Console:
    """What a command is handed. ``task`` goes to whatever is slow; ``code`` is the exit code."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json
        self.code = 0
        self._notes: list[str] = []
        self._last: list[str] = []
        self._meter: Meter = Bar() if _draws(sys.stderr) else Lines(sys.stderr)
        self.task = Task(self._show)

    def note(self, *sentences: str) -> None:
        """Say something on stderr once the command is done."""
        self._notes.extend(sentences)

    def last(self, sentence: str) -> None:
        """Say something on stderr after all else."""
        self._last.append(sentence)

    def finish(self, values: Result, lines: Sequence[str]) -> None:
        """Print the notes, then the JSON object or the lines, then what comes last.

        An interrupted command stays one, although nobody may be there to read of it.
        """
        self.close()
        _tell([*self._notes, *cautions.of_numbers(values)])
        values = warned(values)
        shown = [as_json(values)] if self.as_json else lines
        try:
            for line in shown:
                sys.stdout.write(_printable(line, sys.stdout) + "\n")
            sys.stdout.flush()
        except (OSError, EnvironmentFault) as error:
            if self.code == INTERRUPTED:
                raise KeyboardInterrupt from error
            raise
        finally:
            _tell(self._last)

    def close(self) -> None:
        """Take the progress bar away."""
        with _unread():
            self._meter.close()

    def _show(self, fraction: float | None, text: str) -> None:
        with _unread():
            self._meter.show(fraction, text)

    @contextmanager
    def interrupt_cancels(self) -> Iterator[None]:
        """Within, the first Ctrl-C, kill or hang-up cancels ``task``; the second interrupts."""
        with cancelling(self.task.cancel):
            yield


def _draws(stream: TextIO) -> bool:
    """Whether a bar can be drawn on it; on a terminal that cannot move its cursor rich shows none.

    That is what TERM says, as an editor's or a bare login's does.
    """
    return stream.isatty() and os.environ.get("TERM", "").lower() not in ("dumb", "unknown")


def _unread() -> suppress:
    """Whoever read the progress has gone, with the terminal or the pipe: the work goes on."""
    return suppress(OSError, ValueError)


def _tell(sentences: Iterable[str]) -> None:
    with _unread():
        for sentence in dict.fromkeys(sentences):
            sys.stderr.write(f"note: {sentence}\n")
        sys.stderr.flush()


class Lines:
    """A plain line each 2 s or 10 %, and none for what takes less than half a second."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._last: float | None = None
        self._shown = 0.0

    def show(self, fraction: float | None, text: str) -> None:
        """Write a line if it is time for one."""
        now, done = time.monotonic(), fraction or 0.0
        if self._last is None:
            self._last = now
        waited, step = now - self._last, abs(done - self._shown)
        if waited < 0.5 or (waited < 2.0 and step < 0.1):
            return
        self._last, self._shown = now, done
        share = "" if fraction is None else f"{100 * fraction:3.0f} %  "
        self._stream.write(f"{share}{text}\n")
        self._stream.flush()

    def close(self) -> None:
        """Nothing is left standing."""


class Bar:
    """rich's bar, gone when the work is done."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._row: TaskID | None = None
        self._start = time.monotonic()

    def show(self, fraction: float | None, text: str) -> None:
        """Move the bar; the first appears after 0.3 s."""
        if self._progress is None:
            if time.monotonic() - self._start < 0.3:
                return
            self._progress = _rich_progress()
            self._row = self._progress.add_task(text, total=1.0)
            self._progress.start()
        assert self._row is not None
        total = None if fraction is None else 1.0
        self._progress.update(self._row, completed=fraction or 0.0, total=total, description=text)

    def close(self) -> None:
        """Erase the bar."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None


def _rich_progress() -> Progress:
    from rich.console import Console as RichConsole
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}", markup=False))
    return Progress(*columns, console=RichConsole(stderr=True), transient=True)


def warned(values: Result) -> Result:
    """``values`` with a word on each number that is none; JSON says null of it."""
    more = cautions.of_numbers(values)
    if not more:
        return values
    known = values.get("warnings")
    return {**values, "warnings": [*(known if isinstance(known, (list, tuple)) else ()), *more]}


def as_json(values: Result) -> str:
    """One line of strict JSON: what is not finite becomes null, arrays become lists."""
    return json.dumps(plain(values), allow_nan=False)


def plain(value: Any) -> Any:
    """Numbers, strings, lists and dicts only, without NaN and infinity."""
    if isinstance(value, Mapping):
        return {str(key): plain(member) for key, member in value.items()}
    if hasattr(value, "tolist"):  # numpy arrays and scalars
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(member) for member in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return str(value) if isinstance(value, Path) else value


def rows(values: Result) -> list[str]:
    """``name   value unit``, aligned, a line each; a list of sentences, or of objects, takes a
    line each.

    ``mse_unit`` is the unit of whatever ends in "mse". An error or interval stands behind its
    value: 0.031 +- 0.002, 0.91 (0.88 to 0.93); both, where both are there.
    """
    apart = [key for key in values if key != "mse_unit" and _owner(key) not in values]
    width = max((len(key) for key in apart), default=0)
    shown = []
    for key in apart:
        value = values[key]
        for i, text in enumerate(_texts(plain(value))):
            name = key.replace("_", " ") if i == 0 else ""
            more = f"{_spread(key, values)} {_unit(key, values)}" if value is not None else ""
            shown.append(f"{name:<{width}}  {text}{more}".rstrip())
    return shown


def _owner(key: str) -> str:
    """The value that a key is the error or interval of; "" of any other."""
    return next((key.removesuffix(end) for end in SPREADS if key.endswith(end)), "")


def _spread(key: str, values: Result) -> str:
    """What is known of how far a value may be off."""
    error, interval = (plain(values.get(key + end)) for end in SPREADS)
    off = f" ± {error:.2g}" if isinstance(error, float) else ""
    return off + (" ({:.3g} to {:.3g})".format(*interval) if interval else "")


def _unit(key: str, values: Result) -> str:
    """Of a value, of another model's, and of what they differ by."""
    if key.endswith("mse"):
        return str(values.get("mse_unit", ""))
    return UNITS.get(key.removeprefix("other_").removeprefix("difference_"), "")


def _texts(value: Any) -> list[str]:
    if isinstance(value, list) and value and all(isinstance(v, str) and " " in v for v in value):
        return value
    if isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
        return [_text(member) for member in value]
    return [_text(value)]


def _text(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list):
        return ", ".join(_text(member) for member in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_text(member)}" for key, member in value.items()) or "none"
    return str(value)


def _printable(text: str, stream: TextIO) -> str:
    """``text`` with what the stream's encoding lacks written as an escape."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
