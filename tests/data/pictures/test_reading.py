"""Pictures of every mode end as grey or RGB bytes, upright, over white."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer.data.opening import describe, open_dataset
from explorer.data.pictures import reading
from explorer.data.pictures.reading import (
    FRAMES,
    SHALLOW,
    TRANSPARENT,
    decode,
    peek,
    read_regular,
)
from explorer.errors import DataError
from tests.data import makers
from tests.data.makers import encoded, pixels

RAMP = np.tile(np.arange(0, 256, 16, dtype=np.uint8), (10, 1))
COLOUR = pixels(10, 16, 3)


def test_grey_modes_are_exact() -> None:
    np.testing.assert_array_equal(decode(makers.png(RAMP), "a").pixels[..., 0], RAMP)
    one_bit = Image.fromarray(RAMP > 100)
    assert set(np.unique(decode(encoded(one_bit), "a").pixels)) == {0, 255}
    grey_in_colour = np.repeat(RAMP[..., None], 3, axis=-1)
    assert decode(makers.png(grey_in_colour), "a").pixels.shape == (10, 16, 1)


def test_colour_modes() -> None:
    np.testing.assert_array_equal(decode(makers.png(COLOUR), "a").pixels, COLOUR)
    for mode, kind in (("CMYK", "TIFF"), ("P", "GIF"), ("YCbCr", "JPEG"), ("CMYK", "JPEG")):
        flat = Image.new("RGB", (16, 10), (200, 30, 60)).convert(mode)
        found = decode(encoded(flat, kind), "a").pixels
        assert found.shape == (10, 16, 3)
        np.testing.assert_allclose(found.mean(axis=(0, 1)), (200, 30, 60), atol=6)


@pytest.mark.parametrize("values", [RAMP.astype(np.uint16) * 257, RAMP.astype(np.float32) - 7])
def test_deeper_pictures_keep_their_values(values: np.ndarray) -> None:
    """Which of them is white is said by the set: tests/data/steps/test_brightness.py."""
    kind = "PNG" if values.dtype == np.uint16 else "TIFF"
    found = decode(encoded(Image.fromarray(values), kind), "a").pixels[..., 0]
    np.testing.assert_array_equal(found, values)


def test_float_tiff_with_nan_is_refused() -> None:
    image = Image.fromarray(np.full((9, 9), np.nan, np.float32))
    with pytest.raises(DataError, match="holds NaN or infinity"):
        decode(encoded(image, "TIFF"), "a")


def test_transparency_lies_over_white() -> None:
    clear = np.zeros((10, 16, 4), np.uint8)
    found = decode(makers.png(clear), "a")
    assert (found.pixels == 255).all() and found.odd == (TRANSPARENT,)
    half = np.full((10, 16, 4), (255, 0, 0, 128), np.uint8)
    np.testing.assert_allclose(decode(makers.png(half), "a").pixels[0, 0], (255, 127, 127), atol=1)
    opaque = np.dstack([COLOUR, np.full((10, 16), 255, np.uint8)])
    assert decode(makers.png(opaque), "a").odd == ()
    grey = Image.new("LA", (9, 9), (0, 0))
    assert (decode(encoded(grey), "a").pixels == 255).all()


def test_palette_with_a_transparent_colour() -> None:
    image = Image.new("P", (9, 9), 0)
    image.putpalette([10, 20, 30, 200, 100, 50])
    image.putpixel((0, 0), 1)
    found = decode(encoded(image, transparency=0), "a").pixels
    assert (found[0, 0] == (200, 100, 50)).all() and (found[1:] == 255).all()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_rotation(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(Image.fromarray(COLOUR), exif=exif)
    turned = orientation >= 5
    assert peek(data, "a") == ((16, 10) if turned else (10, 16))
    found = decode(data, "a")
    assert found.pixels.shape[:2] == found.size == peek(data, "a")
    corner = {1: (0, 0), 2: (0, -1), 3: (-1, -1), 4: (-1, 0)}.get((orientation - 1) % 4 + 1)
    if not turned:
        assert (found.pixels[0, 0] == COLOUR[corner]).all()


def test_broken_exif_does_not_spoil_the_picture() -> None:
    data = encoded(Image.fromarray(COLOUR), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff garbage")
    assert decode(data, "a").pixels.shape == (10, 16, 3)


def test_first_frame_is_taken() -> None:
    frames = [Image.fromarray(pixels(9, 9, seed=i)) for i in range(3)]
    for kind in ("GIF", "TIFF", "PNG", "WEBP"):
        found = decode(encoded(frames[0], kind, save_all=True, append_images=frames[1:]), "a")
        assert FRAMES in found.odd


def test_large_jpeg_is_decoded_near_its_target() -> None:
    photo = encoded(Image.fromarray(np.tile(COLOUR, (60, 50, 1))), "JPEG")
    found = decode(photo, "a", (64, 64))
    assert found.size == (600, 800) and 128 <= min(found.pixels.shape[:2]) < 600


BROKEN = {
    "empty": b"",
    "text": b"hello",
    "html": b"<html>404</html>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "half": makers.png(pixels(64, 64))[:900],
    "no_end": makers.png(pixels(64, 64))[:-2000],
    "bad_stream": makers.png(RAMP).replace(b"IDAT", b"IDAT\0", 1),
    "wrong_checksum": makers.png(RAMP)[:29] + b"\1\2\3\4" + makers.png(RAMP)[33:],
    "half_jpeg": encoded(Image.fromarray(np.tile(COLOUR, (9, 9, 1))), "JPEG")[:800],
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    "fits": b"SIMPLE  =                    T" + b" " * 2850,
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_pictures_are_one_sentence(case: str) -> None:
    with pytest.raises(DataError) as caught:
        decode(BROKEN[case], "a.png")
    assert "a.png" in makers.sentence(caught.value)


def test_truncated_among_good_is_named_skipped_and_counted(tmp_path: Path) -> None:
    makers.pictures(tmp_path, 5)
    whole = makers.png(pixels(12, 10))
    (tmp_path / "cut.png").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "text.png").write_bytes(b"no picture")
    said = "2 of 7 pictures cannot be read and are left out (cut.png, text.png)"
    data, found = open_dataset(tmp_path), describe(tmp_path)
    assert len(data) == found.n == 5
    assert said in data.warnings and said in found.warnings


def test_every_mode_in_one_folder(tmp_path: Path) -> None:
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        image = Image.new("I;16", (9, 9), 999) if mode == "I;16" else Image.new(mode, (9, 9))
        (tmp_path / f"{mode.replace(';', '')}.png").write_bytes(encoded(image))
    (tmp_path / "cmyk.JPEG").write_bytes(encoded(Image.new("CMYK", (9, 9), (9, 99, 0, 0)), "JPEG"))
    data = open_dataset(tmp_path)
    assert data.x.shape == (8, 9, 9, 3)
    assert any("transparent" in w for w in data.warnings)


def test_a_file_that_shrinks_or_vanishes_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file"):
        read_regular(tmp_path / "gone.png")
    with pytest.raises(DataError, match="not a regular file"):
        read_regular(tmp_path)
    with pytest.raises(DataError, match="not a regular file"):
        read_regular(Path("/dev/zero"))


def test_no_warning_of_pillow_escapes() -> None:
    stream = io.BytesIO()
    Image.new("P", (9, 9)).save(stream, "PNG", transparency=bytes(256))
    assert decode(stream.getvalue(), "a").pixels.shape == (9, 9, 1)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA"])
def test_grey_pictures_have_one_channel_whatever_their_mode(mode: str) -> None:
    """And colours three; black and white are 0 and 255."""
    grey = Image.new("L", (5, 4), 255)
    grey.paste(0, (0, 0, 2, 4))
    found = decode(makers.encoded(grey.convert(mode)), "here")
    assert found.pixels.shape == (4, 5, 1) and found.size == (4, 5) and found.odd == ()
    assert found.pixels[0, :, 0].tolist() == [0, 0, 255, 255, 255]
    if mode in ("P", "RGB", "RGBA"):
        red = Image.new("RGB", (5, 4), (255, 0, 0)).convert(mode)
        assert decode(makers.encoded(red), "here").pixels.shape == (4, 5, 3)


def test_a_picture_on_its_side_is_set_upright() -> None:
    """By the word of the camera, of which 1 to 4 keep the sides and 5 to 8 exchange them."""
    x = pixels(6, 4, 3)
    for turn in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = turn
        size = (6, 4) if turn < 5 else (4, 6)
        for kind in ("PNG", "JPEG"):
            data = makers.encoded(Image.fromarray(x), kind, exif=exif)
            assert peek(data, "") == size and decode(data, "").pixels.shape[:2] == size
    upside_down = Image.Exif()
    upside_down[0x0112] = 3
    data = makers.encoded(Image.fromarray(x), exif=upside_down)
    np.testing.assert_array_equal(decode(data, "").pixels, x[::-1, ::-1])


def test_a_large_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(bytes(100))
    monkeypatch.setattr(reading, "LARGEST_MEMBER", 100)
    assert read_regular(path) == bytes(100)
    monkeypatch.setattr(reading, "LARGEST_MEMBER", 99)
    with pytest.raises(DataError, match="too large for a picture"):
        read_regular(path)
    with pytest.raises(DataError, match="not a regular file"):
        read_regular(tmp_path)
    with pytest.raises(DataError, match="cannot be read, no such file"):
        read_regular(tmp_path / "gone.png")


def test_too_many_pixels_are_refused_in_files_and_on_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = Image.new("L", (40, 10))
    data = makers.encoded(page)
    assert decode(page, "").size == decode(data, "").size == (10, 40)
    for most in (300, 100):  # Pillow warns from the limit on, and raises from twice as many
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", most)
        for each in (page, data):
            with pytest.raises(DataError, match="unpacks to too many pixels"):
                decode(each, "here")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 400)
    assert decode(page, "").size == (10, 40)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)
    assert decode(page, "").size == (10, 40)


def test_all_16_bits_of_a_colour_are_read_from_a_file_and_8_of_a_page() -> None:
    colour = np.arange(5 * 4 * 3, dtype=np.uint16).reshape(5, 4, 3) * 999
    for data in (makers.deep_png(colour), makers.deep_tiff(colour)):
        found = decode(data, "here")
        np.testing.assert_array_equal(found.pixels, colour)
        assert found.odd == ()
    page = decode(Image.open(io.BytesIO(makers.deep_tiff(colour))), "here")
    assert page.odd == (SHALLOW,) and page.pixels.dtype == np.uint8
    assert np.abs(page.pixels.astype(int) - colour // 256).max() <= 1
    seen_through = np.dstack([colour, np.full((5, 4), 30_000, np.uint16)])
    over_white = decode(makers.deep_png(seen_through), "here")
    assert set(over_white.odd) == {SHALLOW, TRANSPARENT} and over_white.pixels.dtype == np.uint8


@pytest.mark.parametrize("kind", ["JPEG", "BMP", "PPM", "PNG", "GIF", "WEBP", "TIFF"])
def test_there_is_nothing_odd_about_one_plain_picture(kind: str) -> None:
    data = makers.encoded(Image.fromarray(pixels(9, 8)), kind)
    found = decode(data, "here")
    assert (found.odd, found.size, peek(data, "here")) == ((), (9, 8), (9, 8))


@pytest.mark.parametrize("size", [(640, 800), (800, 640)])
def test_a_large_jpeg_is_decoded_to_twice_what_is_needed(size: tuple[int, int]) -> None:
    """The decoder halves it as often as leaves that much; what is told is its own size."""
    data = makers.encoded(Image.fromarray(np.zeros(size, np.uint8)), "JPEG")
    found = decode(data, "here", near=(100, 80))
    assert found.size == size and found.pixels.shape[:2] == (size[0] // 2, size[1] // 2)
    assert decode(data, "here").pixels.shape[:2] == size


@pytest.mark.parametrize("brand", [b"heic", b"avif"])
def test_what_a_phone_wrote_is_named(brand: bytes) -> None:
    """By its first bytes, whatever the name; other damage is damage."""
    said = r"the picture is HEIC or AVIF, whatever its name \(a.jpg\): save it as PNG"
    with pytest.raises(DataError, match=said):
        decode(b"\0\0\0\x18ftyp" + brand + bytes(50), "a.jpg")
    with pytest.raises(DataError, match=r"damaged .*: save it again as PNG"):
        decode(b"\0\0\0\x18ftypqt  " + bytes(50), "a.jpg")
