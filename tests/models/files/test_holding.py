"""One writer a folder: the lock dies with its process, and leaves nothing."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.errors import EnvironmentFault
from explorer.models.files import holding
from explorer.models.files.holding import LOCK, Hold, held, is_held, try_out


def test_one_at_a_time(tmp_path: Path) -> None:
    with held(tmp_path):
        assert is_held(tmp_path)
        with (
            pytest.raises(EnvironmentFault, match="another training or save") as caught,
            held(tmp_path),
        ):
            pytest.fail("two writers")
        assert str(tmp_path) in str(caught.value)
        with held(tmp_path / "other"):
            pass
    assert not is_held(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_made_for_nothing_goes_again(tmp_path: Path) -> None:
    with held(tmp_path / "a" / "b"):
        pass
    assert list(tmp_path.iterdir()) == []
    with held(tmp_path / "a" / "b"):
        (tmp_path / "a" / "file").touch()
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["file"]


HOLDER = """
import os, signal, sys
from pathlib import Path
from explorer.models.files.holding import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_it_ends_with_its_process(tmp_path: Path) -> None:
    words = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline() == b"held\n"
        assert is_held(tmp_path)
        with pytest.raises(EnvironmentFault, match="another"), held(tmp_path):
            pytest.fail("two writers")
        other.communicate()
    assert (tmp_path / LOCK).exists()  # which says nothing by itself
    assert not is_held(tmp_path)
    with held(tmp_path):
        assert is_held(tmp_path)
    assert not (tmp_path / LOCK).exists()


def test_a_lock_whose_file_was_taken_away_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who waits opens the file, its owner takes it away, and a third one makes a new one."""
    real, opened = holding._locked, []

    def slow(file: object) -> bool:
        opened.append(file)
        if len(opened) == 1:
            (tmp_path / LOCK).unlink()
            (tmp_path / LOCK).touch()
        return real(file)  # type: ignore[arg-type]

    monkeypatch.setattr(holding, "_locked", slow)
    with held(tmp_path):
        assert len(opened) == 2
        assert is_held(tmp_path)


@pytest.mark.parametrize("where", ["open", "mkdir"])
def test_a_folder_that_cannot_be_written(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, where, refuse)
    with pytest.raises(EnvironmentFault, match="Read-only file system"), held(tmp_path):
        pytest.fail("nothing can be written")


def test_a_file_system_without_locks_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(holding.fcntl, "flock", unknown)
    with held(tmp_path):
        pass


def test_room_is_tried_and_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with held(tmp_path) as hold:
        try_out(hold, 3 * 2**20 + 5)
    assert list(tmp_path.iterdir()) == []
    written: list[int] = []

    class Small(bytes):
        def __getitem__(self, part: object) -> bytes:
            written.append(1)
            if len(written) > 2:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().__getitem__(part)  # type: ignore[index]

    monkeypatch.setattr("os.urandom", Small)
    with pytest.raises(EnvironmentFault, match="No space left"):
        try_out(Hold(tmp_path), 3 * 2**20)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_a_name_that_no_system_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="null byte"), held(tmp_path / "a\0b"):
        pass
