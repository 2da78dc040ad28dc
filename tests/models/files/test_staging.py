"""Several files in one step: killed or failing at any moment, the folder is all old or all new."""

from __future__ import annotations

import builtins
import errno
import itertools
import os
from pathlib import Path
from typing import Any

import pytest

from explorer.errors import CheckpointError
from explorer.models.files import staging
from explorer.models.files.staging import committed, publish, read_whole

OLD = {"a": b"old a", "b": b"old b", "gone": b"old"}
NEW = {"a": b"new a", "b": b"new b"}


class Killed(BaseException):
    """What a kill looks like to the code: nothing after it runs."""


def contents(folder: Path) -> dict[str, bytes]:
    return {n: committed(folder, n).read_bytes() for n in OLD if committed(folder, n).is_file()}


def test_files_come_and_go(tmp_path: Path) -> None:
    publish(tmp_path / "deep" / "er", OLD)
    publish(tmp_path / "deep" / "er", NEW, replaces=["gone"])
    assert contents(tmp_path / "deep" / "er") == NEW
    assert sorted(p.name for p in (tmp_path / "deep" / "er").iterdir()) == ["a", "b"]


def fail_at(monkeypatch: pytest.MonkeyPatch, n: int, error: BaseException) -> list[str]:
    """Let the n-th call that touches the disk fail; the names of the calls made so far."""
    calls: list[str] = []

    def counted(module: Any, name: str) -> None:
        real = getattr(module, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            calls.append(name)
            if len(calls) == n:
                raise error
            return real(*args, **kwargs)

        monkeypatch.setattr(module, name, call)

    for name in ("replace", "fsync", "open"):
        counted(os, name)
    counted(staging, "_write")
    for name in ("unlink", "mkdir", "rmdir"):
        counted(Path, name)
    return calls


FULL = OSError(errno.ENOSPC, "No space left on device")


def saved_with_a_fault(
    folder: Path, patch: pytest.MonkeyPatch, n: int, error: BaseException
) -> str:
    """What a save says of a fault at its n-th call: before, after, killed, or nothing."""
    calls = fail_at(patch, n, error)
    try:
        after = publish(folder, NEW, replaces=["gone"])
    except Killed:
        return "killed"
    except OSError:
        return "before"
    assert (after is error) == (len(calls) >= n)
    return "after" if after else ""


@pytest.mark.parametrize("kill", [True, False], ids=["killed", "disk-full"])
def test_all_old_or_all_new_and_the_word_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, kill: bool
) -> None:
    """Every call of a save fails once; "after" means that the new files are there to stay."""
    error: BaseException = Killed() if kill else FULL
    words = []
    for n in itertools.count(1):
        folder = tmp_path / str(n)
        publish(folder, OLD)
        with monkeypatch.context() as patch:
            if kill:
                patch.setattr(staging.shutil, "rmtree", lambda *_, **__: None)  # no clean-up either
            words.append(saved_with_a_fault(folder, patch, n, error))
        found = contents(folder)
        if words[-1] == "killed":
            assert found in (OLD, NEW)
        else:
            assert found == (OLD if words[-1] == "before" else NEW)
        assert publish(folder, NEW, replaces=["gone"]) is None  # and the next save finds its way
        assert contents(folder) == NEW
        assert sorted(p.name for p in folder.iterdir()) == ["a", "b"]
        if not words[-1]:
            break
    assert len(words) > 15
    if not kill:
        before = words.count("before")
        assert words == ["before"] * before + ["after"] * (len(words) - before - 1) + [""]
        assert 0 < before < len(words) - 1


def test_a_torn_write_leaves_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, OLD)
    real = staging._write

    def torn(path: Path, content: bytes) -> None:
        real(path, content[:2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(staging, "_write", torn)
    with pytest.raises(OSError, match="No space"):
        publish(tmp_path, NEW)
    assert contents(tmp_path) == OLD


def test_reading_needs_no_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A half-moved save is read as it is, from a folder that may be read-only."""
    publish(tmp_path, OLD)
    (tmp_path / staging.COMMITTED).mkdir()
    (tmp_path / staging.COMMITTED / "b").write_bytes(b"new b")
    monkeypatch.setattr(os, "replace", None)
    assert builtins.sorted(contents(tmp_path).values()) == [b"new b", b"old", b"old a"]


def test_a_list_of_what_goes_names_nothing_outside(tmp_path: Path) -> None:
    """A checkpoint may come from a stranger."""
    (tmp_path / "letter").write_text("dear")
    folder = tmp_path / "model"
    publish(folder, OLD)
    waiting = folder / staging.COMMITTED
    waiting.mkdir()
    names = ["../letter", str(tmp_path / "letter"), "..", ".", "", "gone"]
    (waiting / staging.GONE).write_text("\n".join(names))
    publish(folder, NEW)
    assert (tmp_path / "letter").read_text() == "dear"
    assert contents(folder) == NEW


def test_a_reader_tries_again_where_a_writer_was(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    seen: list[int] = []

    def read() -> dict[str, bytes]:
        seen.append(1)
        if len(seen) < 4:
            publish(tmp_path, NEW if len(seen) % 2 else OLD, replaces=["gone"])
            raise CheckpointError("these do not belong together")
        return contents(tmp_path)

    assert read_whole(tmp_path, read) == NEW
    assert len(seen) == 4


def test_a_reader_of_a_folder_that_stands_still_does_not_try_again(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    seen: list[int] = []

    def read() -> None:
        seen.append(1)
        raise CheckpointError("these do not belong together")

    with pytest.raises(CheckpointError):
        read_whole(tmp_path, read)
    assert seen == [1]
