"""Several files in one step: killed or failing at any moment, the folder is all old or all new."""

from __future__ import annotations

import builtins
import os
from pathlib import Path
from typing import Any

import pytest

from explorer.models import staging
from explorer.models.staging import committed, publish

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
    counted(Path, "unlink")
    counted(Path, "mkdir")
    counted(Path, "rmdir")
    return calls


@pytest.mark.parametrize("n", range(1, 30))
@pytest.mark.parametrize("kill", [True, False], ids=["killed", "disk-full"])
def test_all_old_or_all_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n: int, *, kill: bool
) -> None:
    publish(tmp_path, OLD)
    with monkeypatch.context() as patch:
        if kill:
            patch.setattr(staging.shutil, "rmtree", lambda *_, **__: None)  # no clean-up either
        error: BaseException = Killed() if kill else OSError(28, "No space left on device")
        calls = fail_at(patch, n, error)
        try:
            publish(tmp_path, NEW, replaces=["gone"])
        except (Killed, OSError):
            assert len(calls) >= n
    found = contents(tmp_path)
    assert found in (OLD, NEW, {**NEW, "gone": OLD["gone"]})
    publish(tmp_path, NEW, replaces=["gone"])  # and the next save finds its way
    assert contents(tmp_path) == NEW
    assert not list(tmp_path.glob(".sav*"))


def test_every_failure_point_was_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, OLD)
    with monkeypatch.context() as patch:
        calls = fail_at(patch, 10**6, Killed())
        publish(tmp_path, NEW, replaces=["gone"])
    assert len(calls) < 30


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
