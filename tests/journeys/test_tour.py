"""``latent-explorer tour`` goes the whole way in its own process, a picture a step."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PIL import Image


def test_the_tour_walks_to_its_end(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "explorer", "tour", "--out", str(tmp_path), "--epochs", "1"]
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    pictures = sorted(tmp_path.glob("*.png"))
    assert len(pictures) == 19
    for path in pictures:
        with Image.open(path) as picture:
            assert picture.size == (1280, 800), path.name
            assert len(picture.convert("RGB").getcolors(1 << 24)) > 100, f"{path.name} is blank"
    film = tmp_path / "drag.gif"
    assert film.stat().st_size < 3_000_000
    with Image.open(film) as frames:
        assert frames.size == (720, 450) and frames.n_frames > 20
