"""The pages of one file are a set, where it stands alone."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from explorer.data.opening import describe, open_dataset, sniff
from explorer.data.pictures import pages
from explorer.data.pictures.reading import FRAMES
from explorer.errors import DataError
from tests.data import makers
from tests.data.makers import encoded, pixels

SHADES = np.linspace(0, 255, 12).astype(np.uint8)


def stack(kind: str, n: int = 12) -> bytes:
    """n even pages that grow brighter, losslessly."""
    shown = [Image.fromarray(np.full((12, 10), v, np.uint8)) for v in SHADES[:n]]
    lossless = {"lossless": True} if kind == "WEBP" else {}
    return encoded(shown[0], kind, save_all=True, append_images=shown[1:], **lossless)


KINDS = {"TIFF": "a.tif", "GIF": "a.gif", "PNG": "a.PNG", "WEBP": "a.webp"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", ["alone", "only_one_of_a_folder", "only_one_of_a_zip"])
def test_each_page_is_a_sample(kind: str, place: str, tmp_path: Path) -> None:
    path = tmp_path / "set" / KINDS[kind]
    path.parent.mkdir()
    path.write_bytes(stack(kind))
    source = path
    if place == "only_one_of_a_folder":
        (path.parent / "notes.txt").write_text("of the stack")
        source = path.parent
    elif place == "only_one_of_a_zip":
        source = tmp_path / "a.zip"
        with zipfile.ZipFile(source, "w") as archive:
            archive.write(path, f"set/{path.name}")
    data, found = open_dataset(source), describe(source)
    np.testing.assert_allclose(data.x[:, 5, 5, 0], SHADES, atol=1)
    assert data.names is not None and data.names[11].endswith(f"{path.name}, page 12")
    assert found.n == 12 and found.shape == [12, 10, 1] and data.classes == ()
    assert any("each of the 12 pages" in w and path.name in w for w in data.warnings)
    assert tuple(found.warnings) == data.warnings


def test_deep_pages_share_one_range(tmp_path: Path) -> None:
    shown = [Image.fromarray(np.full((9, 9), 300 * i, np.uint16)) for i in range(12)]
    (tmp_path / "a.tif").write_bytes(
        encoded(shown[0], "TIFF", save_all=True, append_images=shown[1:])
    )
    data = open_dataset(tmp_path / "a.tif")
    assert (data.preparation.low, data.preparation.high) == (0, 3300)
    np.testing.assert_allclose(data.x[:, 0, 0, 0], np.linspace(0, 255, 12), atol=0.51)


@pytest.mark.parametrize("kind", KINDS)
def test_among_many_files_the_first_page_is_taken_and_it_is_said(kind: str, tmp_path: Path) -> None:
    makers.pictures(tmp_path, 4)
    (tmp_path / KINDS[kind]).write_bytes(stack(kind))
    data = open_dataset(tmp_path)
    assert len(data) == 5 and f"1 picture is {FRAMES}" in data.warnings
    assert "open the file alone" in FRAMES


def test_a_single_page_is_a_single_picture(tmp_path: Path) -> None:
    (tmp_path / "a.tif").write_bytes(stack("TIFF", 1))
    assert sniff(tmp_path / "a.tif") is None
    for source in (tmp_path / "a.tif", tmp_path):
        with pytest.raises(DataError, match=r"a single picture|only one sample"):
            open_dataset(source)


def test_a_damaged_page_is_left_out_and_said(tmp_path: Path) -> None:
    noise = [Image.fromarray(pixels(40, 40, seed=i)) for i in range(4)]
    whole = encoded(
        noise[0], "TIFF", save_all=True, append_images=noise[1:], compression="tiff_lzw"
    )
    (tmp_path / "a.tif").write_bytes(whole.replace(whole[1000:1100], bytes(100), 1))
    data = open_dataset(tmp_path / "a.tif")
    assert len(data) in (3, 4)
    cut = tmp_path / "cut.tif"
    cut.write_bytes(whole[: len(whole) // 2])
    try:
        assert len(open_dataset(cut)) >= 2
    except DataError as error:
        makers.sentence(error)


@pytest.mark.parametrize("limit", ["MOST_PAGES", "MOST_PIXELS"])
def test_more_pages_than_can_be_looked_at_are_refused(
    limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.tif").write_bytes(stack("TIFF"))
    monkeypatch.setattr(pages, limit, 10)
    with pytest.raises(DataError, match="too many") as caught:
        open_dataset(tmp_path / "a.tif")
    makers.sentence(caught.value)


def test_a_page_too_large_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = [Image.fromarray(pixels(*shape)) for shape in ((9, 9), (9, 9), (300, 300))]
    (tmp_path / "a.tif").write_bytes(
        encoded(shown[0], "TIFF", save_all=True, append_images=shown[1:])
    )
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10_000)
    data = open_dataset(tmp_path / "a.tif")
    assert len(data) == 2
    assert any("1 of 3 pictures cannot be read" in w for w in data.warnings)


@makers.only_linux
def test_no_file_is_left_open(tmp_path: Path) -> None:
    (tmp_path / "a.tif").write_bytes(stack("TIFF"))
    before = len(list(Path("/proc/self/fd").iterdir()))
    for source in (tmp_path, tmp_path / "a.tif"):
        open_dataset(source)
        describe(source)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_file_whose_pages_cannot_be_told_is_one_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> bool:
        raise SyntaxError("not a TIFF file")  # as Pillow says it

    path = tmp_path / "a.tif"
    path.write_bytes(stack("TIFF"))
    assert sniff(path) is not None
    monkeypatch.setattr(TiffImageFile, "is_animated", property(broken), raising=False)
    assert sniff(path) is None
