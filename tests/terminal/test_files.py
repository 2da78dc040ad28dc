"""A file is there whole, or it is not there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer.errors import EnvironmentFault, SettingsError
from explorer.terminal.files import check_out, write_picture, written


def test_replaces_whole(tmp_path: Path) -> None:
    out = tmp_path / "a.txt"
    out.write_text("old")
    with written(out) as file:
        file.write(b"new")
        assert out.read_text() == "old"
    assert out.read_text() == "new" and list(tmp_path.iterdir()) == [out]


def test_failure_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(TypeError), written(tmp_path / "a.txt") as file:
        file.writelines([b"half", "no bytes"])  # type: ignore[list-item]
    assert list(tmp_path.iterdir()) == []


def test_devices_are_written_to_and_stay() -> None:
    with written(Path("/dev/null")) as file:
        file.write(b"x")
    assert Path("/dev/null").is_char_device()


def test_full_disk_says_so() -> None:
    with pytest.raises(OSError, match="No space"), written(Path("/dev/full")) as file:
        file.write(b"x")


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
