"""Numbers that no plot can show end no process, and say nothing on the way."""

from __future__ import annotations

import subprocess
import sys

from tests.guards import PATIENCE


def test_every_layer_and_plot_survives() -> None:
    words = [sys.executable, "-X", "faulthandler", "-W", "error", "-m", "tests.ui.wild"]
    values = ["1e25", "-1e38", "inf", "nan"]
    done = subprocess.run([*words, *values], capture_output=True, text=True, timeout=PATIENCE,
                          check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
