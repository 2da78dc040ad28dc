"""explorer.compute.opening.looking: pictures are made as the data is; what cannot be is said."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer.compute.opening.looking import Look
from explorer.data.pictures.own import Pasted
from explorer.errors import Cancelled, DataError
from explorer.task import Task
from tests.compute.small import DATA


def png(path: Path, sample: int) -> Path:
    Image.fromarray(DATA.picture(sample)[..., 0]).save(path)
    return path


def asked(*sources: Path | Pasted) -> Look:
    return Look(sources, DATA.preparation, DATA)


def test_pictures_are_as_the_data_is(tmp_path: Path) -> None:
    looked = asked(png(tmp_path / "a.png", 3), png(tmp_path / "b.png", 8)).answer()
    assert [picture.name for picture in looked.own.pictures] == ["a.png", "b.png"]
    for picture, sample in zip(looked.own.pictures, (3, 8), strict=True):
        np.testing.assert_array_equal(picture.whole, DATA.picture(sample))
        assert picture.path.endswith(picture.name)
    assert looked.own.at == 0 and looked.notes == ()


def test_one_that_was_pasted_has_no_file() -> None:
    held = io.BytesIO()
    Image.fromarray(DATA.picture(5)[..., 0]).save(held, "PNG")
    (picture,) = asked(Pasted("the clipboard", held.getvalue())).answer().own.pictures
    np.testing.assert_array_equal(picture.whole, DATA.picture(5))
    assert picture.path == ""


def test_what_cannot_be_read_is_left_out_and_said(tmp_path: Path) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no picture")
    looked = asked(bad, png(tmp_path / "good.png", 3)).answer()
    assert len(looked.own.pictures) == 1
    assert looked.notes == ("1 picture cannot be read and is left out (bad.png)",)
    with pytest.raises(DataError, match=r"bad\.png"):
        asked(bad).answer()
    with pytest.raises(DataError, match="no picture"):
        asked().answer()


def test_it_says_how_far_it_is_and_stops_when_it_is_told_to(tmp_path: Path) -> None:
    told: list[float | None] = []
    task = Task(lambda fraction, _: told.append(fraction))
    asked(png(tmp_path / "a.png", 3)).answer(task)
    assert told[-1] == 1.0
    task.cancel()
    with pytest.raises(Cancelled):
        asked(tmp_path / "a.png").answer(task)
