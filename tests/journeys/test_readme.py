"""What README.md shows of Python does what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import torch

ROOT = Path(__file__).resolve().parents[2]


def test_the_example_in_python_runs(monkeypatch: Any) -> None:
    monkeypatch.chdir(ROOT)
    (text,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(text, names)
    assert names["codes"].mean.shape == (len(names["data"]), 2)
    pictures = names["pictures"]
    assert pictures.shape == (8, 1, 8, 8)
    assert ((pictures >= 0) & (pictures <= 1)).all()
    x = torch.from_numpy(names["data"].unit(slice(8))).reshape(pictures.shape)
    assert torch.mean((pictures - x) ** 2) < 0.05
