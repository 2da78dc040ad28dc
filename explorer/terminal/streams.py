"""Standard streams that are closed or full: the output matters, what is said beside it does not.

A closed descriptor would go to the next file that is opened, and what a library writes to it into
the user's file; so it is occupied before anything else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from explorer.errors import EnvironmentFault

_REMEDY = "send it to a file with room, or to another program"


@contextmanager
def standing_streams() -> Iterator[None]:
    """Within, stdout and stderr can be written to: a fault of stdout is one sentence."""
    _occupy()
    out, err = sys.stdout, sys.stderr
    sys.stdout = _Stream(out, _fault)
    sys.stderr = _Stream(err, _forgive)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err


def require_output() -> None:
    """Raise EnvironmentFault where stdout is closed: before the work, not after it."""
    if isinstance(sys.stdout, _Stream) and sys.stdout.is_missing:
        raise EnvironmentFault("the standard output is closed", remedy=_REMEDY)


def silence(stream: TextIO) -> None:
    """What waits in ``stream`` goes nowhere: the flush at exit must not fail again."""
    with suppress(OSError, ValueError):  # one that has no descriptor needs none
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, stream.fileno())
        os.close(devnull)


class _Stream:
    """A stream, or none, whose faults go to ``failed``; in all else the stream itself."""

    def __init__(self, stream: TextIO | None, failed: Callable[[OSError], None]) -> None:
        self.is_missing = stream is None
        self._stream = stream if stream is not None else open(os.devnull, "w")  # noqa: SIM115,PTH123
        self._failed = failed

    def write(self, text: str) -> int:
        """As of any text stream."""
        return self._tried(self._stream.write, text) or 0

    def flush(self) -> None:
        """As of any text stream."""
        self._tried(self._stream.flush)

    def _tried(self, do: Callable[..., Any], *arguments: str) -> Any:
        try:
            return do(*arguments)
        except OSError as error:
            silence(self._stream)
            return self._failed(error)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _fault(error: OSError) -> None:
    if isinstance(error, BrokenPipeError):  # as ``| head`` does: no fault of anybody
        raise error
    reason = (error.strerror or str(error)).lower()
    what = f"the standard output cannot be written, {reason}"
    raise EnvironmentFault(what, remedy=_REMEDY) from error


def _forgive(error: OSError) -> None:
    """There is nobody to tell."""


def _occupy() -> None:
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest that is free
