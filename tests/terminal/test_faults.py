"""Every exception becomes a code and one line."""

from __future__ import annotations

import errno

import pytest

from explorer.errors import Cancelled, DataError, SettingsError
from explorer.terminal.faults import code_of, line_of

FULL = OSError(errno.ENOSPC, "No space left", "a.npz")
MEMORY = "error: there is not enough memory: close other programs, or take fewer or smaller samples"


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (DataError("odd", where="x.npz", remedy="mend it"), 1, "error: odd (x.npz): mend it"),
        (SettingsError("n = 0", remedy="give 1"), 2, "error: n = 0: give 1"),
        (SettingsError("n = 0", where="m.json", remedy="mend"), 1, "error: n = 0 (m.json): mend"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (KeyboardInterrupt("interrupted; epoch 3 is kept"), 130, "interrupted; epoch 3 is kept"),
        (Cancelled(), 130, "interrupted"),
        (MemoryError(), 1, MEMORY),
        (FULL, 1, "error: the disk is full (a.npz): free some space and try again"),
    ],
    ids=repr,
)
def test_known(error: BaseException, code: int, line: str) -> None:
    assert (code_of(error), line_of(error)) == (code, line)


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("two\nlines"),
        ZeroDivisionError("division by zero"),
        RuntimeError(
            "[enforce fail] DefaultCPUAllocator: not enough memory: you tried to allocate"
        ),
        ImportError("No module named 'x'", name="x"),
        PermissionError(errno.EACCES, "Permission denied", "x"),
        OSError(errno.EIO, "Input/output error", "x"),
        OSError("odd"),
        DataError("it is odd"),
    ],
    ids=repr,
)
def test_anything_is_one_line_with_a_remedy(error: BaseException) -> None:
    line = line_of(error)
    assert code_of(error) == 1
    assert line.startswith("error: ") and "\n" not in line and ": " in line[7:]
