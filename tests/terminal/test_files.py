"""Where a command's result goes, and how a picture is written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer.errors import EnvironmentFault, SettingsError
from explorer.export.things import Thing, pictured
from explorer.terminal.files import LEAST, MOST, check_out, scale_for, write


def test_out_is_checked_before_the_work(tmp_path: Path) -> None:
    assert check_out(tmp_path / "new" / "a.PNG", ".png").parent.is_dir()
    with pytest.raises(SettingsError, match=r"end in \.png"):
        check_out(tmp_path / "a.gif", ".png")
    with pytest.raises(EnvironmentFault, match="folder"):
        check_out(tmp_path)


@pytest.mark.parametrize(("channels", "mode"), [(1, "L"), (3, "RGB")])
def test_pictures(channels: int, mode: str, tmp_path: Path) -> None:
    picture = np.arange(4 * 5 * channels, dtype=np.uint8).reshape(4, 5, channels)
    write(pictured("a", "the picture", picture), tmp_path / "a.png", 1)
    with Image.open(tmp_path / "a.png") as read:
        assert read.mode == mode
        assert np.array_equal(np.asarray(read).reshape(4, 5, channels), picture)


@pytest.mark.parametrize("wanted", [0, 1, 3])
@pytest.mark.parametrize("size", [(1, 1), (8, 8), (28, 56), (3, 255), (256, 256), (300, 400)])
def test_pictures_grow_by_whole_factors(size: tuple[int, int], wanted: int, tmp_path: Path) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (*size, 3), np.uint8)
    said = write(pictured("a", "the picture", picture), tmp_path / "a.png", wanted)
    factor = int(str(said["scale"]))
    with Image.open(tmp_path / "a.png") as read:
        found = np.asarray(read)
    assert found.shape == (said["height"], said["width"], 3)
    assert found.shape == (size[0] * factor, size[1] * factor, 3)
    assert np.array_equal(found, np.kron(picture, np.ones((factor, factor, 1), np.uint8)))
    if wanted:
        assert factor == wanted
    else:
        assert min(found.shape[:2]) >= LEAST
        assert factor == 1 or min(size) * (factor - 1) < LEAST


@pytest.mark.parametrize(
    ("height", "width", "wanted"), [(8, 16_000, 0), (8, 60_000, 0), (28, 28, 256), (1, 1, 256)]
)
def test_no_scale_makes_a_picture_that_nothing_opens(height: int, width: int, wanted: int) -> None:
    factor = scale_for(height, width, wanted)
    assert factor >= 1 and width * factor <= MOST
    Image.new("1", (width * factor, height * factor))  # beyond PIL's limit this would be an error
    assert height * width * factor**2 <= Image.MAX_IMAGE_PIXELS


def test_what_is_no_picture_is_written_as_it_is(tmp_path: Path) -> None:
    numbers = np.arange(6.0).reshape(2, 3)
    thing = Thing(
        "a", "the numbers",
        table=lambda _: {"x": numbers[0], "label": np.array(["a", "b", "c"])},
        array=lambda _: numbers,
    )  # fmt: skip
    assert write(thing, tmp_path / "a.npy") == {"out": tmp_path / "a.npy"}
    assert np.array_equal(np.load(tmp_path / "a.npy"), numbers)
    write(thing, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text().splitlines() == ["x,label", "0,a", "1,b", "2,c"]
    with pytest.raises(SettingsError, match=r"numbers cannot be written as \.png"):
        write(thing, tmp_path / "a.png")
