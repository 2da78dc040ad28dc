"""A stack alone is a data set; a single picture is none, and its folder is."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.data.choices import Choices
from explorer.data.formats.paged import Paged
from explorer.data.raw import Pictures
from explorer.errors import Cancelled, DataError
from explorer.task import NO_TASK, Task
from tests.data.pictures.test_pages import stack


def test_pages_come_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(stack("TIFF", 3))
    assert Paged.recognises(path)
    with Paged.reading(path, Choices(), NO_TASK) as raw:
        assert isinstance(raw, Pictures)
        assert [e.name for e in raw.entries] == [f"a.tif, page {i}" for i in (1, 2, 3)]
        assert {e.label for e in raw.entries} == {None}


def test_a_single_picture_is_refused_with_what_to_open(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(stack("TIFF", 1))
    assert not Paged.recognises(path)
    said = r"it is a single picture .*: open its folder"
    with pytest.raises(DataError, match=said), Paged.reading(path, Choices(), NO_TASK):
        pass


def test_it_can_be_stopped_before_it_begins(tmp_path: Path) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled), Paged.reading(tmp_path / "no.tif", Choices(), task):
        pass
