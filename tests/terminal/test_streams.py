"""Closed, full and abandoned streams: a plain sentence, an honest exit code, no damage."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks a shell and /dev/full")

PROGRAM = f"{sys.executable} -m explorer"
CLOSED = (
    "error: the standard output is closed: send it to a file with room, or to another program\n"
)
FULL = "error: the standard output cannot be written, no space left on device: "
CASES: dict[str, tuple[str, int, str, str]] = {
    "closed": ("inspect digits >&-", 1, "", CLOSED),
    "closed_json": ("datasets --json >&-", 1, "", CLOSED),
    "closed_help": ("--help >&-", 1, "", CLOSED),
    "closed_help_of_a_command": ("inspect --help >&-", 1, "", CLOSED),
    "closed_version": ("--version >&-", 1, "", CLOSED),
    "full": ("inspect digits >/dev/full", 1, "", FULL),
    "full_json": ("datasets --json >/dev/full", 1, "", FULL),
    "full_help": ("--help >/dev/full", 1, "", FULL),
    "full_help_of_a_command": ("inspect --help >/dev/full", 1, "", FULL),
    "no_errors": ("datasets 2>&-", 0, "fashion", ""),
    "full_errors": ("datasets 2>/dev/full", 0, "fashion", ""),
    "no_errors_to_tell": ("inspect nosuch.npz 2>&-", 1, "", ""),
    "full_errors_to_tell": ("inspect nosuch.npz 2>/dev/full", 1, "", ""),
    "nothing_at_all": ("inspect digits <&- >&- 2>&-", 1, "", ""),
    "no_input": ("datasets <&-", 0, "fashion", ""),
    "reader_gone": ("datasets | :", 0, "", ""),
    "reader_of_errors_gone": ("datasets 2> >(:)", 0, "fashion", ""),
}


@pytest.mark.parametrize("case", CASES)
def test_standard_streams(case: str) -> None:
    words, code, out, err = CASES[case]
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {PROGRAM} {words}"],
        capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert (out in done.stdout) and bool(done.stdout) == bool(out)
    assert done.stderr.startswith(err) and bool(done.stderr) == bool(err)
    assert done.stderr.count("\n") == bool(err)


def test_a_closed_stream_is_no_door_into_the_users_file(tmp_path: Path) -> None:
    """The next file opened would get its number, and with it what a library writes there."""
    program = (
        "import os, sys; from explorer.terminal.streams import standing_streams\n"
        f"with standing_streams(), open({str(tmp_path / 'a')!r}, 'w') as file:\n"
        "    file.write('mine'); file.flush(); os.write(1, b'out'); os.write(2, b'err')\n"
    )
    subprocess.run(["bash", "-c", '"$0" -c "$1" <&- >&- 2>&-', sys.executable, program], check=True)
    assert (tmp_path / "a").read_text() == "mine"
