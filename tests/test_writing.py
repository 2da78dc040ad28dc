"""A file is there whole, or it is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.errors import EnvironmentFault
from explorer.writing import exported, written


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


def test_an_export_that_fails_is_a_sentence_and_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "a.png"
    out.write_text("old")
    full = OSError(28, "No space left on device")
    with pytest.raises(EnvironmentFault, match=r"picture could not be written: No space"):
        _write(out, full)
    assert out.read_text() == "old" and list(tmp_path.iterdir()) == [out]


def _write(out: Path, fault: OSError) -> None:
    with exported(out, "the picture") as file:
        file.write(b"half")
        raise fault


def test_a_name_that_no_system_knows_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="null"), written(tmp_path / "a\0b.csv"):
        pass
