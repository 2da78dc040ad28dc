"""The pages of one file are a set, where it stands alone."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PIL.GifImagePlugin import GifImageFile
from PIL.TiffImagePlugin import TiffImageFile

from explorer.data.opening import describe, open_dataset, sniff
from explorer.data.pictures import pages
from explorer.data.pictures.pages import has_pages, pages_of, pages_of_only
from explorer.data.pictures.reading import FRAMES
from explorer.data.raw import Entry
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


@pytest.mark.parametrize(("limit", "count"), [("MOST_PAGES", 12), ("MOST_PIXELS", 12 * 12 * 10)])
def test_more_pages_than_can_be_looked_at_are_refused(
    limit: str, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twelve of 12 x 10."""
    (tmp_path / "a.tif").write_bytes(stack("TIFF"))
    monkeypatch.setattr(pages, limit, count)
    assert len(open_dataset(tmp_path / "a.tif")) == 12
    monkeypatch.setattr(pages, limit, count - 1)
    with pytest.raises(DataError, match="its 12 pages unpack to 1,440 pixels, too many") as caught:
        open_dataset(tmp_path / "a.tif")
    makers.sentence(caught.value)


def test_a_long_recording_is_not_too_much_and_what_no_memory_holds_is() -> None:
    """An hour at 30 pictures a second, or some gigabytes, are taken; 16 GB of bytes are not."""
    assert 30 * 3600 <= pages.MOST_PAGES <= 400_000
    assert 4e9 <= pages.MOST_PIXELS <= 16e9


NOT_PAGED = {
    "a single page": stack("TIFF", 1),
    "no picture": b"text",
    "two pictures of a camera": encoded(
        Image.fromarray(pixels(9, 9)), "MPO", save_all=True,
        append_images=[Image.fromarray(pixels(9, 9, seed=1))],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NOT_PAGED)
def test_what_has_no_pages_is_none(case: str, tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(NOT_PAGED[case])
    assert not has_pages(path)
    for source in (path, NOT_PAGED[case]):
        with pages_of(source, "a.tif", "here") as found:
            assert found is None


def test_pages_are_those_of_a_picture_by_its_name(tmp_path: Path) -> None:
    for name in ("a.tif", "a.txt"):
        (tmp_path / name).write_bytes(stack("TIFF"))
    assert has_pages(tmp_path / "a.tif") and not has_pages(tmp_path / "a.txt")
    assert not has_pages(tmp_path / "b.tif")


@pytest.mark.parametrize(("count", "paged"), [(0, False), (1, True), (2, False)])
def test_only_a_lone_file_is_read_by_its_pages(count: int, *, paged: bool) -> None:
    entries = [Entry(f"{i}.tif") for i in range(count)]
    with pages_of_only(entries, lambda _: stack("TIFF", 3), ["before"]) as found:
        assert (found is not None) == paged
        if found is not None:
            said = ("before", "each of the 3 pages of 0.tif is a sample")
            assert found.warnings == said and len(found.entries) == 3


def test_a_picture_that_may_be_a_bomb_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pillow only warns up to twice its limit."""
    path = tmp_path / "a.tif"
    path.write_bytes(stack("TIFF"))
    for limit, paged in ((120, True), (119, False)):
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", limit)
        assert has_pages(path) == paged


def test_what_pillow_warns_of_is_no_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    """Odd tags, as it opens the file and as it goes to a page."""

    def odd(method: Callable[..., Any]) -> Callable[..., Any]:
        def warned(*args: Any, **more: Any) -> Any:
            warnings.warn("odd tags", UserWarning, stacklevel=1)
            return method(*args, **more)

        return warned

    monkeypatch.setattr(Image, "open", odd(Image.open))
    monkeypatch.setattr(TiffImageFile, "seek", odd(TiffImageFile.seek))
    with pages_of(stack("TIFF", 3), "a.tif", "here") as found:
        assert found is not None and found.fetch(found.entries[2]).tell() == 2
    assert not recwarn.list


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
        raise SyntaxError("not a GIF file")  # as Pillow says it

    path = tmp_path / "a.gif"
    path.write_bytes(stack("GIF"))
    assert sniff(path) is not None
    monkeypatch.setattr(GifImageFile, "is_animated", property(broken))
    assert sniff(path) is None
