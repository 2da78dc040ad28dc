"""The moments of a training as it runs, in memory and in its folder."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from explorer.training.record import moment as rules
from explorer.training.record import moment_file, time_line
from explorer.training.record.time_line import TimeLine, TimeLineWriter
from tests.training.record.test_moment_file import some


def grown(writer: TimeLineWriter, start: int, end: int) -> TimeLine:
    for i in range(start, end):
        made = some(i, float(i))
        assert made.codes is not None
        line = writer.add(made.epoch, made.model, made.codes)
    return line


def epochs_of(folder: Path) -> list[float]:
    found = moment_file.kept(folder, "run", some().model, 1e9)
    return [moment.epoch for moment in found]


def test_every_moment_that_stays_has_a_file_and_no_other_has(tmp_path: Path) -> None:
    writer = TimeLineWriter(tmp_path / "moments", "run")
    line = grown(writer, 0, 200)
    there = epochs_of(tmp_path / "moments")
    assert line.newest.epoch == 199 and line.newest.held
    assert [m.epoch for m in line.moments if m.path is not None] == there
    assert {m.epoch for m in line.moments} - set(there) <= {199.0}
    assert there[:3] == [0, 4, 8] and len(there) == 50


def test_few_moments_are_in_memory_and_the_rest_is_loaded_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_IN_MEMORY", 3 * some().nbytes)
    line = grown(TimeLineWriter(tmp_path, "run"), 0, 10)
    assert [m.held for m in line.moments] == [False] * 7 + [True] * 3
    back = moment_file.load(line.moments[2])
    assert back.model.id == "m2" and back.held


def test_without_a_folder_the_weights_stay_within_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_line, "MOST_IN_MEMORY", 12 * some().nbytes)
    writer = TimeLineWriter(None, "run")
    for i in range(40):
        line = grown(writer, i, i + 1)
        assert len(line.moments) <= 12 and all(m.held and m.path is None for m in line.moments)
    assert [m.epoch for m in line.moments][:2] == [0, 4] and line.newest.epoch == 39


def test_a_full_disk_is_said_once_and_moments_stay_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, tried = TimeLineWriter(tmp_path, "run"), []
    first = grown(writer, 0, 2)

    def full(*_: object) -> Any:
        tried.append(1)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(moment_file, "write", full)
    line = grown(writer, 2, 5)
    assert writer.fault == "moments are not kept any more: No space left on device"
    assert tried == [1]
    assert [m.path is None for m in line.moments] == [False, False, True, True, True]
    assert [m.path for m in line.moments[:2]] == [m.path for m in first.moments]
    assert all(m.path is not None and m.path.exists() for m in line.moments[:2])


def test_a_resumed_training_goes_on_with_its_moments(tmp_path: Path) -> None:
    grown(TimeLineWriter(tmp_path, "run"), 0, 6)
    there = moment_file.kept(tmp_path, "run", some().model, 3.0)  # what came after was not saved
    line = grown(TimeLineWriter(tmp_path, "run", there), 7, 9)
    assert [m.epoch for m in line.moments] == [0, 1, 2, 3, 7, 8]
    assert [m.number for m in line.moments] == [0, 1, 2, 3, 4, 5]
    assert epochs_of(tmp_path) == [0, 1, 2, 3, 7, 8]


def test_a_new_training_takes_the_moments_of_the_old_away(tmp_path: Path) -> None:
    grown(TimeLineWriter(tmp_path, "run"), 0, 6)
    (tmp_path / ".epoch-00007.00000.safetensors").write_text("what a kill left")
    TimeLineWriter(tmp_path, "another")
    assert not tmp_path.exists()


def test_the_last_moment_is_the_result() -> None:
    writer, last = TimeLineWriter(None, "run"), some(9, 3.0)
    grown(writer, 0, 5)
    assert last.codes is not None
    moments = writer.end(3.0, last.model, last.codes)
    assert [m.epoch for m in moments] == [0, 1, 2, 3] and moments[-1].model is last.model
    assert moments[-1].number == 5 and moments[-1].path is None
