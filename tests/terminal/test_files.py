"""Where a command's result goes, and how a picture is written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer.errors import EnvironmentFault, SettingsError
from explorer.terminal.files import check_out, write_picture


def test_out_is_checked_before_the_work(tmp_path: Path) -> None:
    assert check_out(tmp_path / "new" / "a.PNG", ".png").parent.is_dir()
    with pytest.raises(SettingsError, match=r"end in \.png"):
        check_out(tmp_path / "a.gif", ".png")
    with pytest.raises(EnvironmentFault, match="folder"):
        check_out(tmp_path)


@pytest.mark.parametrize(("channels", "mode"), [(1, "L"), (3, "RGB")])
def test_pictures(channels: int, mode: str, tmp_path: Path) -> None:
    picture = np.arange(4 * 5 * channels, dtype=np.uint8).reshape(4, 5, channels)
    write_picture(tmp_path / "a.png", picture)
    with Image.open(tmp_path / "a.png") as read:
        assert read.mode == mode
        assert np.array_equal(np.asarray(read).reshape(4, 5, channels), picture)
