"""Long lists end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from explorer.analysis.anomalies import odd_ones
from explorer.cli import main
from explorer.data.listing import few
from explorer.data.opening import open_dataset
from explorer.errors import DataError
from tests.data import makers


def test_few() -> None:
    assert few(["a", "b"]) == "a, b" and few([]) == ""
    assert few([str(i) for i in range(500)], 3) == "0, 1, 2 and 497 more"


def test_many_classes_stay_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    x, y = makers.pixels(1000, 8, 8), np.arange(1000) % 500
    path = makers.npz(tmp_path, x=x, y=y)
    with pytest.raises(DataError, match="and 488 more"):
        odd_ones(open_dataset(path), ["none of them"])
    assert main(["inspect", str(path)]) == 0
    out = capsys.readouterr().out
    assert "and 480 more" in out and max(map(len, out.splitlines())) < 200
