"""The range belongs to the set, and a model recognises samples of another one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from explorer.data.dataset import Dataset, Preparation
from explorer.data.opening import describe, open_dataset, open_sample
from explorer.data.steps.brightness import Brightness, resolved_ranges
from explorer.errors import DataError
from tests.data import makers
from tests.data.makers import encoded

Array = NDArray[Any]


def shades(n: int = 20, side: int = 9, seed: int = 0) -> NDArray[np.float64]:
    """(n, side, side) over all of 0..1: 0 and 1 are met in every sample."""
    found = np.random.default_rng(seed).random((n, side, side))
    found[:, 0, 0], found[:, 0, 1] = 0.0, 1.0
    return found


def folder(at: Path, values: Array) -> Path:
    """A picture file for each: PNG of 8 or 16 bits, TIFF for real numbers, PGM for '>u2'."""
    at.mkdir(exist_ok=True)
    for i, picture in enumerate(values):
        image = Image.fromarray(picture)
        kind, suffix = ("TIFF", "tif") if picture.dtype.kind == "f" else ("PNG", "png")
        (at / f"{i:03d}.{suffix}").write_bytes(encoded(image, kind))
    return at


def npz(at: Path, values: Array) -> Path:
    at.mkdir(exist_ok=True)
    return makers.npz(at, x=values)


X = shades()
GROWING = np.linspace(1, 20, 20)[:, None, None]
SETS: dict[str, tuple[Array, tuple[float, float]]] = {
    "12_bits": ((X * 4095).astype(np.uint16), (0, 4095)),
    "16_bits": ((X * 65535).astype(np.uint16), (0, 65535)),
    "8_bits_in_16": ((X * 255).astype(np.uint16), (0, 255)),
    "4_bits_in_16": ((X * 15).astype(np.uint16), (0, 15)),
    "4_bits_in_8": ((X * 15).astype(np.uint8), (0, 15)),
    "masks_in_8": ((X > 0.5).astype(np.uint8), (0, 1)),
    "floats_above_one": ((X * np.float32(1.5)).astype(np.float32), (0, 1.5)),
    "floats_of_one": (X.astype(np.float32), (0, 1)),
    "floats_of_bytes": ((X * 255).astype(np.float32), (0, 255)),
    "floats_that_grow": ((X * GROWING - 0.25).astype(np.float32), (-0.25, 19.75)),
    "floats_about_zero": ((X * 2 - 1).astype(np.float32), (-1, 1)),
    "bytes": ((X * 255).astype(np.uint8), (0, 255)),
}


@pytest.mark.parametrize("case", SETS)
def test_one_range_for_the_whole_set(case: str, tmp_path: Path) -> None:
    values, (low, high) = SETS[case]
    path = folder(tmp_path / "p", values)
    data, found = open_dataset(path), describe(path)
    assert (data.preparation.low, data.preparation.high) == (low, high)
    wanted = (values - low) / (high - low) * 255
    np.testing.assert_allclose(data.x[..., 0], wanted, atol=0.51)
    assert found.range == [low, high] and tuple(found.warnings) == data.warnings
    assert found.dtype == values.dtype.name
    assert len(data.warnings) == (case != "bytes")


def test_files_of_many_depths_in_one_folder(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", (X * 4095).astype(np.uint16))
    for i in range(5):
        picture = (X[i] * 255).astype(np.uint8)
        (path / f"8bit{i}.png").write_bytes(makers.png(picture))
    colour = np.dstack([(X[0] * 255).astype(np.uint8)] * 2 + [np.zeros((9, 9), np.uint8)])
    (path / "colour.png").write_bytes(makers.png(colour))
    data = open_dataset(path)
    assert data.x.shape == (26, 9, 9, 3) and data.preparation.high == 4095
    np.testing.assert_allclose(data.x[20:25, ..., 0], X[:5] * 255, atol=1)
    np.testing.assert_allclose(data.x[:20, ..., 2], X * 255, atol=1)
    assert any("in 6 pictures of 8 bits black is 0 and white 255" in w for w in data.warnings)


def test_a_hot_pixel_that_leaves_all_else_black_is_said(tmp_path: Path) -> None:
    dim = (X * 300).astype(np.uint16)
    dim[3, 4, 4] = 65535
    path = folder(tmp_path / "p", dim)
    for warnings in (open_dataset(path).warnings, describe(path).warnings):
        assert any("hardly a value is above 300: a few bright pixels" in w for w in warnings)


def test_a_deep_picture_that_vanishes_between_two_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder(tmp_path / "p", (X[:4] * 4095).astype(np.uint16))
    whole, read = Path.read_bytes, []

    def vanish(file: Path) -> bytes:
        read.append(file)
        if len(read) == 10:  # four for the survey, four for the values
            raise FileNotFoundError(2, "No such file or directory")
        return whole(file)

    monkeypatch.setattr(Path, "read_bytes", vanish)
    data = open_dataset(path)
    np.testing.assert_allclose(data.x[..., 0], X[[0, 2, 3]] * 255, atol=1)
    assert any("1 of 4 pictures cannot be read" in w for w in data.warnings)


@pytest.mark.parametrize("value", [0, 7, 200])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_constant_pictures_stay_finite(value: int, dtype: type, tmp_path: Path) -> None:
    data = open_dataset(folder(tmp_path / "p", np.full((12, 9, 9), value, dtype)))
    assert (data.x == data.x[0, 0, 0, 0]).all()


MODELS = {
    "bytes": Preparation(9, 9),
    "unit": Preparation(9, 9, low=0.0, high=1.0),
    "signed": Preparation(9, 9, low=-1.0, high=1.0),
    "digits": Preparation(9, 9, low=0.0, high=16.0, levels=16),
    "camera": Preparation(9, 9, low=0.0, high=4080.0),
    "own": Preparation(9, 9, low=-0.25, high=39.75),
}
SAMPLES: dict[str, Array] = {
    "bytes": (X * 255).astype(np.uint8),
    "floats_of_bytes": np.rint(X * 255).astype(np.float32),
    "unit": X.astype(np.float32),
    "grid": (np.rint(X * 255) / 255).astype(np.float32),
    "signed": X * 2 - 1,
    "digits": np.rint(X * 16),
    "digits_in_bytes": np.rint(X * 16).astype(np.uint8),
    "masks": X > 0.5,
    "camera": (X * 4080).astype(np.uint16),
    "camera_as_floats": np.rint(X * 4080).astype(np.float32),
    "full": (X * 65535).astype(np.uint16),
}
ALIKE = {
    ("grid", "unit"),
    ("masks", "unit"),
    ("floats_of_bytes", "bytes"),
    ("digits_in_bytes", "digits"),
    ("camera_as_floats", "camera"),
}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("case", SAMPLES)
def test_samples_of_another_range_are_scaled_with_a_word(
    case: str, model: str, tmp_path: Path
) -> None:
    """Never black or white without a word: either they meet the model's levels, or it is said."""
    kept, values = MODELS[model], SAMPLES[case]
    data = open_dataset(npz(tmp_path, values), preparation=kept)
    told = " ".join(data.warnings)
    if case == model or (case, model) in ALIKE:
        assert not told
    else:
        assert "scaled" in told or "nearly black" in told or model == "own", told
    if "scaled" in told:
        wanted = X > 0.5 if case == "masks" else X
        slack = 0.51 + kept.levels * (0.51 / 16 if "digits" in case else 1.5 / 255)
        np.testing.assert_allclose(data.x[..., 0], wanted * kept.levels, atol=slack)


KNOWN = [
    ("unit", "bytes"), ("grid", "bytes"), ("signed", "bytes"), ("digits", "bytes"),
    ("digits_in_bytes", "bytes"), ("masks", "bytes"), ("camera", "bytes"), ("full", "bytes"),
    ("bytes", "unit"), ("digits", "unit"), ("signed", "unit"), ("camera", "unit"),
    ("bytes", "digits"), ("unit", "digits"), ("signed", "digits"), ("camera", "digits"),
    ("bytes", "camera"), ("unit", "camera"), ("full", "camera"),
    ("bytes", "signed"), ("unit", "signed"), ("digits", "signed"),
    ("bytes", "own"), ("camera", "own"), ("full", "own"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "model"), KNOWN)
def test_known_ranges_are_recognised(case: str, model: str, tmp_path: Path) -> None:
    data = open_dataset(npz(tmp_path, SAMPLES[case]), preparation=MODELS[model])
    assert any("is scaled to the model's" in w for w in data.warnings)


REFUSED: dict[str, tuple[Array, str]] = {
    "floats_of_nobody": (X * 1000.5, "unit"),
    "floats_far_below": (X * 300 - 200.5, "unit"),
    "real_numbers_beyond_an_own_range": (X * 200.5, "own"),
    "real_numbers_that_would_be_lost": (X * 1.3, "bytes"),
    "one_deep_sample": ((X[:2] * 700).astype(np.uint16), "bytes"),
    "few_bytes_for_floats": ((X[:2] * 30).astype(np.uint8), "unit"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_nobody_knows_is_refused(case: str, tmp_path: Path) -> None:
    values, model = REFUSED[case]
    with pytest.raises(DataError) as caught:
        open_dataset(npz(tmp_path, values), preparation=MODELS[model])
    text = makers.sentence(caught.value)
    assert "none of the model's" in text and "scale them" in text


DARK: dict[str, tuple[Array, str]] = {
    "black": (np.zeros((2, 9, 9), np.uint8), "bytes"),
    "black_floats": (np.zeros((20, 9, 9), np.float32), "bytes"),
    "constant": (np.full((20, 9, 9), 0.75, np.float32), "unit"),
    "dim_bytes": ((X * 40).astype(np.uint8), "bytes"),
    "two_masks": ((X[:2] > 0.5).astype(np.uint8), "bytes"),
    "nearly_empty": (np.eye(81, dtype=np.uint8).reshape(81, 9, 9)[:2], "bytes"),
    "bright_half_of_signed": (X / 2 + 0.5, "signed"),
    "one_unit_of_signed": (X[:2] * 0.9, "signed"),
    "dim_camera": ((X * 200).astype(np.uint16), "camera"),
    "one_dim_of_own": (X[:2].astype(np.float32), "own"),
    "small_undershoot": (X - 0.01, "unit"),
}


@pytest.mark.parametrize("case", DARK)
def test_dark_few_or_constant_samples_are_not_misjudged(case: str, tmp_path: Path) -> None:
    values, model = DARK[case]
    kept = MODELS[model]
    data = open_dataset(npz(tmp_path, values), preparation=kept)
    wanted = (values.astype(float) - kept.low) / (kept.high - kept.low) * kept.levels
    np.testing.assert_allclose(data.x[..., 0], wanted.clip(0, kept.levels), atol=0.51)
    is_dark = values.max() > values.min() and wanted.max() < kept.levels / 8
    assert any("nearly black" in w for w in data.warnings) == is_dark


ALONE_UNKNOWN = {("camera", m) for m in ("bytes", "unit", "signed", "digits", "own")}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("case", ["bytes", "camera", "full", "floats"])
def test_one_picture_is_a_sample_of_its_set(case: str, model: str, tmp_path: Path) -> None:
    """What `open_sample` shows is what the folder that it lies in gives, or a refusal."""
    values = {"bytes": SAMPLES["bytes"], "camera": SAMPLES["camera"], "full": SAMPLES["full"],
        "floats": X.astype(np.float32)}[case]  # fmt: skip
    path = folder(tmp_path / "p", values)
    data = open_dataset(path, preparation=MODELS[model])
    for i, file in list(enumerate(sorted(path.iterdir())))[:4]:
        if (case, model) in ALONE_UNKNOWN:
            with pytest.raises(DataError, match="none of the model's"):
                open_sample(file, MODELS[model])
        else:
            sample = open_sample(file, MODELS[model])
            same = np.array_equal(sample.row, data.x[i])
            assert same or (case, model) == ("floats", "signed")


def test_a_bundled_set_for_a_model_of_another_range() -> None:
    data = open_dataset("digits", preparation=Preparation(28, 28))
    assert data.x.max() > 250
    assert any("taken from 0 to 16" in w for w in data.warnings)
    assert any("scaled into 28 x 28" in w for w in data.warnings)


PARTS: dict[str, tuple[str, str, bool]] = {
    "bytes_then_floats": ("bytes", "unit", True),
    "floats_then_bytes": ("grid", "bytes", True),
    "bytes_then_signed": ("bytes", "signed", True),
    "bytes_then_digits": ("bytes", "digits", True),
    "camera_then_bytes": ("camera", "bytes", True),
    "alike": ("unit", "unit", False),
}


@pytest.mark.parametrize("case", PARTS)
def test_parts_of_a_split_of_different_ranges_meet(case: str, tmp_path: Path) -> None:
    train, test, said = PARTS[case]
    path = makers.npz(tmp_path, x_train=SAMPLES[train], x_test=SAMPLES[test])
    data = open_dataset(path)
    slack = 9 if "digits" in case else 2
    np.testing.assert_allclose(data.x[20:, ..., 0], X * 255, atol=slack)
    np.testing.assert_allclose(data.x[:20, ..., 0], X * 255, atol=slack)
    for warnings in (data.warnings, describe(path).warnings):
        assert any("which is scaled" in w for w in warnings) == said
    assert repeated(data).content_hash == data.content_hash


FITTED: dict[str, tuple[Callable[[Path, Array], Path], tuple[int, ...], Preparation, str]] = {
    "files_size": (folder, (20, 14), Preparation(12, 10), "pictures of 20 x 14 are scaled into"),
    "array_size": (npz, (20, 14), Preparation(12, 10), "pictures of 20 x 14 are scaled into"),
    "files_colour": (folder, (12, 10, 3), Preparation(12, 10), "turned to grey"),
    "array_colour": (npz, (12, 10, 3), Preparation(12, 10), "turned to grey"),
    "array_see_through": (npz, (12, 10, 4), Preparation(12, 10), "turned to grey"),
    "files_grey": (folder, (12, 10), Preparation(12, 10, 3), "these are grey"),
    "array_grey": (npz, (12, 10), Preparation(12, 10, 3), "these are grey"),
}  # fmt: skip


@pytest.mark.parametrize("case", FITTED)
def test_what_is_done_so_that_pictures_fit_a_model_is_said(case: str, tmp_path: Path) -> None:
    make, shape, kept, said = FITTED[case]
    path = make(tmp_path / "p", makers.pixels(4, *shape))
    data = open_dataset(path, preparation=kept)
    assert len(data.warnings) == 1 and said in data.warnings[0]
    again = open_dataset(make(tmp_path / "q", makers.pixels(4, *kept.shape).squeeze()),
        preparation=kept)  # fmt: skip
    assert again.warnings == ()
    if make is folder:
        assert open_sample(path / "000.png", kept).warnings == data.warnings


def repeated(data: Dataset) -> Dataset:
    return open_dataset(data.source, preparation=data.preparation)


@pytest.mark.parametrize("case", SETS)
def test_a_set_repeats_itself(case: str, tmp_path: Path) -> None:
    data = open_dataset(folder(tmp_path / "p", SETS[case][0]))
    assert repeated(data).content_hash == data.content_hash


@pytest.mark.parametrize(
    ("made_for", "highest", "taken_from"),
    [
        ((0.0, 16.0), 16, (0.0, 16.0)),  # bytes that stay dark, as those of the model did
        ((0.0, 16.0), 20, (0.0, 255.0)),  # brighter than any of the model's
        ((0.0, 255.0), 20, (0.0, 255.0)),
        ((0.0, 1000.0), 200, (0.0, 255.0)),  # no bytes: more than 255, broken, or not from 0
        ((0.0, 39.5), 20, (0.0, 255.0)),
        ((-1.0, 39.0), 20, (0.0, 255.0)),
    ],
)
def test_bytes_have_255_for_white_unless_the_model_knows_better(
    made_for: tuple[float, float], highest: int, taken_from: tuple[float, float]
) -> None:
    kept = Preparation(9, 9, low=made_for[0], high=made_for[1])
    flat = resolved_ranges(Brightness(flat=20, highest=highest), kept, "here").flat
    assert (flat.low, flat.high) == taken_from


def noted(*pictures: Array) -> Brightness:
    found = Brightness()
    for i, picture in enumerate(pictures):
        found.note(i, picture[..., None])
    return found


def test_what_was_met_in_the_pictures_of_a_set() -> None:
    deep, dark = np.array([[7, 900]], np.uint16), np.array([[3, 9]], np.uint8)
    found = noted(dark, deep, dark * 2, deep.astype(np.float32) + np.float32(0.5))
    assert (found.deep, found.flat, found.highest) == ([1, 3], 2, 18)
    assert found.seen_deep is not None and found.seen_deep.n == 2
    extent = found.seen_deep.extent
    assert (extent.low, extent.high, extent.whole) == (7, 900.5, False)
    assert found.dtype == "float32" and found.bright == 7.5  # the lower of two values
    flat = found.seen_flat
    assert (flat.n, flat.extent.low, flat.extent.high, flat.is_byte) == (2, 0, 18, True)
    assert flat.extent.whole and not flat.extent.grid
    assert noted(dark).dtype == "uint8" and noted(dark).seen_deep is None
    assert noted(dark // 9).seen_flat.extent.grid


def test_what_is_bright_is_told_from_a_share_of_the_pixels() -> None:
    """99 of 100, also where every so many pixels of a large picture are looked at."""
    assert noted(np.arange(100, dtype=np.float32).reshape(10, 10)).bright == 98
    for side in (10, 400):
        picture = np.arange(side * side, dtype=np.float32).reshape(side, side)
        assert noted(picture).bright == pytest.approx(0.99 * side * side, rel=0.02)


@pytest.mark.parametrize(
    ("n", "high", "range_", "words"),
    [(9, 63, 255, False), (10, 63, 63, True), (10, 64, 255, False), (10, 0, 255, False),
     (10, 1, 1, True)],
)  # fmt: skip
def test_many_dark_bytes_were_scaled_to_their_maximum(
    n: int, high: int, range_: float, words: bool
) -> None:
    ranges = resolved_ranges(noted(*[np.array([[0, high]], np.uint8)] * n), None, "p")
    assert (ranges.low, ranges.high, ranges.flat.high) == (0, range_, range_)
    told = f"no picture is brighter than {high} of 255: they go from black to white from 0 to"
    assert [said.startswith(told) for said in ranges.said] == [True] * words


@pytest.mark.parametrize(
    ("low", "high", "bright", "said"),
    [(0, 1000, 125, True), (0, 1000, 126, False), (1000, 9000, 2000, True),
     (1000, 9000, 2001, False)],
)  # fmt: skip
def test_a_few_bright_pixels_set_the_range(low: int, high: int, bright: int, said: bool) -> None:
    """An eighth of the range."""
    values = np.full((20, 20), bright, np.uint16)
    values[0, 0], values[0, 1] = low, high
    ranges = resolved_ranges(noted(values), None, "p")
    assert ranges.said[0] == (
        f"1 picture has more than 8 bits: black is {low} and white {high}, the range of the set"
    )
    told = f"hardly a value is above {bright}: a few bright pixels set the range"
    assert ranges.said[1:] == ((told,) if said else ())
    assert (ranges.deep.low, ranges.deep.high, ranges.flat.high) == (low, high, 255)


@pytest.mark.parametrize(
    ("kept", "bytes_", "flat"),
    [
        (Preparation(9, 9, high=15.0), 15, (0, 15)),  # of the model's own few levels
        (Preparation(9, 9, high=15.0), 16, (0, 255)),
        (Preparation(9, 9, high=15.5), 15, (0, 255)),
        (Preparation(9, 9, low=1.0, high=15.0), 15, (0, 255)),
        (Preparation(9, 9, high=1.0), 1, (0, 1)),
        (Preparation(9, 9, high=1.0), 2, (0, 255)),
        (Preparation(9, 9, high=0.5), 0, (0, 255)),
        (Preparation(9, 9, high=255.0), 255, (0, 255)),
        (Preparation(9, 9, high=256.0), 200, (0, 255)),
    ],
)
def test_bytes_for_a_model_of_another_range(
    kept: Preparation, bytes_: int, flat: tuple[float, float]
) -> None:
    ranges = resolved_ranges(noted(*[np.array([[0, bytes_]], np.uint8)] * 12), kept, "p")
    assert (ranges.flat.low, ranges.flat.high) == flat
    assert (ranges.low, ranges.high) == (kept.low, kept.high)
    assert (ranges.deep.low, ranges.deep.high) == (kept.low, kept.high)  # there are none
    assert bool(ranges.said) == (flat != (kept.low, kept.high))


def test_one_sentence_is_said_once_for_deep_and_flat() -> None:
    kept = Preparation(9, 9, low=0.0, high=1.0)
    deep = np.linspace(0, 255, 400).reshape(20, 20).astype(np.uint16)
    flat = deep.astype(np.uint8)
    ranges = resolved_ranges(noted(*[deep] * 12, *[flat] * 12), kept, "p")
    assert (ranges.deep.high, ranges.flat.high) == (255, 255) and len(ranges.said) == 1
