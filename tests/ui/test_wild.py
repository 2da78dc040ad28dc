"""Numbers that no plot can show end no process, and say nothing on the way."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.guards import PATIENCE


@pytest.mark.parametrize("value", ["1e25", "-1e38", "inf", "nan"])
def test_every_layer_and_plot_survives(value: str) -> None:
    words = [sys.executable, "-X", "faulthandler", "-W", "error", "-m", "tests.ui.wild", value]
    done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
