"""Which axis is what."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.data.layout import Layout
from explorer.data.raw import Held, Source
from explorer.data.steps.shapes.layout import arranged, layout_of
from explorer.errors import DataError
from tests.data.makers import pixels

CASES = [
    ((9, 28, 28), "images", (28, 28, 1), "hw", 0),
    ((9, 28, 28, 1), "images", (28, 28, 1), "hwc", 0),
    ((9, 1, 28, 28), "images", (28, 28, 1), "chw", 0),
    ((9, 32, 30, 3), "images", (32, 30, 3), "hwc", 0),
    ((9, 3, 32, 30), "images", (32, 30, 3), "chw", 0),
    ((9, 4, 32, 32), "images", (32, 32, 4), "chw", 0),
    ((9, 3, 32, 3), "images", (3, 32, 3), "hwc", 1),
    ((9, 784), "images", (28, 28, 1), "flat", 1),
    ((9, 3072), "images", (32, 32, 3), "flat", 1),
    ((9, 64), "images", (8, 8, 1), "flat", 1),
    ((9, 49), "table", (1, 49, 1), "flat", 1),
    ((9, 30), "table", (1, 30, 1), "flat", 1),
    ((9, 1), "table", (1, 1, 1), "flat", 1),
    ((9, 129 * 129), "table", (1, 129 * 129, 1), "flat", 1),
    ((9, 1, 500), "signals", (1, 500, 1), "cl", 1),
    ((9, 500, 3), "signals", (1, 500, 3), "lc", 1),
]


@pytest.mark.parametrize(("shape", "kind", "sample", "order", "warned"), CASES)
def test_layouts(
    shape: tuple[int, ...], kind: str, sample: tuple[int, ...], order: str, warned: int
) -> None:
    source = Source("x", "here", np.dtype("u1"), shape, lambda: None)  # type: ignore[arg-type,return-value]
    found = layout_of(source)
    assert (found.kind, found.shape, found.order, len(found.warnings)) == (
        kind,
        sample,
        order,
        warned,
    )
    block = pixels(*shape)
    turned = arranged(block, found)
    assert turned.shape == (9, *sample)
    assert np.shares_memory(turned, block)


def held(array: np.ndarray) -> Source:
    return Held.of(array, "x", "here")


RANDOM = np.random.default_rng(0)
CURVES = np.sin(np.arange(40)[:, None] / 7 + np.linspace(0, 9, 256))
GUESSES = [
    (CURVES, "signals"),  # 256 is 16 x 16, but pictures are not below 0
    (CURVES[:, :31], "table"),  # too short
    (CURVES[:, :100], "signals"),
    ((CURVES * 1000).astype(np.int16)[:, :99], "signals"),
    (np.abs(CURVES), "images"),
    (CURVES / np.abs(CURVES).max() * 0 - 1, "images"),  # scaled to -1..1
    (RANDOM.normal(size=(40, 256)), "table"),
    (RANDOM.normal(size=(40, 50)) * np.geomspace(1, 1e6, 50), "table"),
    (RANDOM.normal(size=(40, 128, 9)), "signals"),
    (RANDOM.normal(size=(40, 28, 28)), "images"),
]


@pytest.mark.parametrize("case", range(len(GUESSES)))
def test_values_decide_where_the_shape_does_not(case: int) -> None:
    array, kind = GUESSES[case]
    found = layout_of(held(array))
    assert found.kind == kind
    assert array.ndim == 3 or len(found.warnings) == 1


def test_a_kind_given_is_taken_without_a_word() -> None:
    assert layout_of(held(CURVES), "table").shape == (1, 256, 1)
    assert layout_of(held(CURVES), "images").shape == (16, 16, 1)
    for shape, order in (((9, 500, 3), "lc"), ((9, 3, 500), "cl"), ((9, 1, 500, 3), "lc")):
        found = layout_of(held(pixels(*shape)), "signals")
        assert (found.shape, found.order, found.warnings) == ((1, 500, 3), order, ())
    np.testing.assert_array_equal(
        arranged(pixels(9, 3, 500), layout_of(held(pixels(9, 3, 500)))),
        pixels(9, 3, 500).transpose(0, 2, 1)[:, None],
    )


@pytest.mark.parametrize(
    ("shape", "kind"), [((9, 50), "images"), ((9, 8, 8), "table"), ((9, 8, 8, 3), "signals")]
)
def test_a_kind_that_does_not_fit_is_refused(shape: tuple[int, ...], kind: str) -> None:
    with pytest.raises(DataError, match="cannot be read as"):
        layout_of(held(pixels(*shape)), kind)


def test_samples_without_end_are_refused() -> None:
    source = Source("x", "here", np.dtype("f4"), (9, 60_000), lambda: None)  # type: ignore[arg-type,return-value]
    with pytest.raises(DataError, match="too long"):
        layout_of(source, "signals")


def shaped(dtype: str, *shape: int) -> Source:
    return Source("x", "here", np.dtype(dtype), shape, lambda: None)  # type: ignore[arg-type,return-value]


REMEDY = r"give \(n, height, width\[, channels\]\)"


@pytest.mark.parametrize("shape", [(9,), (), (9, 2, 2, 2, 2), (9, 0), (9, 8, 0), (9, 0, 8, 3)])
def test_an_array_of_no_such_shape_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(DataError, match=f"no array of samples .*: {REMEDY}"):
        layout_of(shaped("u1", *shape))


@pytest.mark.parametrize("dtype", ["U3", "S3"])
def test_text_is_refused(dtype: str) -> None:
    with pytest.raises(DataError, match=r"x holds text, not numbers .*: give the samples as uint8"):
        layout_of(shaped(dtype, 9, 8, 8))


@pytest.mark.parametrize(("length", "fits"), [(3 * 128 * 128, True), (3 * 128 * 128 + 1, False)])
def test_the_longest_sample(length: int, *, fits: bool) -> None:
    if fits:
        assert layout_of(shaped("f4", 9, length), "signals").shape == (1, length, 1)
        return
    with pytest.raises(DataError, match=r"samples of 49,153 values .*: give at most 49,152"):
        layout_of(shaped("f4", 9, length), "signals")


@pytest.mark.parametrize(
    ("dtype", "sides", "kind"),
    [
        ("u1", (4, 16), "signals"),
        ("u1", (4, 15), "images"),  # less than four times as long
        ("u1", (5, 100), "images"),  # too many channels, of bytes
        ("f4", (16, 64), "signals"),
        ("f4", (16, 63), "images"),
        ("f4", (17, 100), "images"),
        ("u1", (16, 4), "signals"),
    ],
)
def test_thin_arrays_are_signals(dtype: str, sides: tuple[int, int], kind: str) -> None:
    found = layout_of(shaped(dtype, 1000, *sides))
    assert found.kind == kind
    if kind == "signals":
        short, long = sorted(sides)
        assert found.shape == (1, long, short)
        (said,) = found.warnings
        assert said.startswith(f"the shape (1000, {sides[0]}, {sides[1]}) is read as signals of")
        assert said.endswith(f" {long} values in {short} channels")


def test_one_channel_is_said_as_one() -> None:
    assert layout_of(shaped("u1", 9, 1, 500)).warnings[0].endswith("500 values in one channel")


@pytest.mark.parametrize(
    ("dtype", "shape", "one"),
    [
        ("u1", (60, 50, 3), True),
        ("u1", (60, 50, 4), True),
        ("u1", (60, 50, 2), False),
        ("u1", (199, 50, 3), True),
        ("u1", (200, 50, 3), False),  # so many are signals
        ("u1", (50, 199, 3), True),
        ("u1", (50, 200, 3), False),
        ("f4", (60, 50, 3), False),
    ],
)
def test_bytes_in_three_colours_are_a_single_picture(
    dtype: str, shape: tuple[int, ...], *, one: bool
) -> None:
    if not one:
        assert layout_of(shaped(dtype, *shape)).kind == "signals"
        return
    with pytest.raises(DataError, match=r"holds a single picture .*: give \(n, height, width, ch"):
        layout_of(shaped(dtype, *shape))


LOW = np.abs(CURVES)
FLAT = [
    (LOW[:, :64], "images", (8, 8, 1)),
    (LOW[:, :64] - 0.5, "signals", (1, 64, 1)),  # below 0, but not from -1
    (LOW[:, :64] * 2 / LOW[:, :64].max() - 1, "images", (8, 8, 1)),
    (LOW[:, :64] * 2.5 / LOW[:, :64].max() - 1, "signals", (1, 64, 1)),
    (LOW[:, :64] * 255 / LOW[:, :64].max(), "images", (8, 8, 1)),
    (LOW[:, :64] * 400, "signals", (1, 64, 1)),
    (np.arange(640).reshape(10, 64).astype(np.uint16), "images", (8, 8, 1)),
    (np.arange(640).reshape(10, 64).astype(np.int16), "signals", (1, 64, 1)),
    (np.arange(10 * 64).reshape(10, 64) % 2 == 0, "images", (8, 8, 1)),
    (CURVES[:, :32], "signals", (1, 32, 1)),
    (CURVES[:, :31], "table", (1, 31, 1)),
    (CURVES[:, :25], "table", (1, 25, 1)),
]


@pytest.mark.parametrize("case", range(len(FLAT)))
def test_rows_are_what_their_values_are(case: int) -> None:
    array, kind, shape = FLAT[case]
    found = layout_of(held(array))
    assert (found.kind, found.shape) == (kind, shape)
    (said,) = found.warnings
    if kind == "signals":
        assert said == (
            f"rows of {shape[1]} values whose neighbours are alike are taken as signals;"
            " --kind table says otherwise"
        )


def test_a_row_that_differs_is_said_to_be_a_table() -> None:
    found = layout_of(held(RANDOM.normal(size=(40, 50))))
    said = "are taken as a table; --kind signals says otherwise"
    assert found.shape == (1, 50, 1)
    assert found.warnings == (f"rows of 50 values whose neighbours differ {said}",)


@pytest.mark.parametrize("order", ["hw", "hwc", "chw", "lc", "cl", "flat"])
def test_each_order_has_its_arrangement(order: str) -> None:
    """Where on the disk the value at (row, column, channel) lies."""
    one = np.arange(2 * 3 * 4).reshape(2, 3, 4)  # (H, W, C)
    wanted = one[:1] if order in ("lc", "cl") else one[..., :1] if order == "hw" else one
    stored = {
        "hw": wanted[..., 0], "hwc": wanted, "chw": wanted.transpose(2, 0, 1), "lc": wanted[0],
        "cl": wanted[0].T, "flat": wanted.ravel(),
    }[order]  # fmt: skip
    h, w, c = wanted.shape
    found = arranged(np.stack([stored, stored + 100]), Layout("images", (h, w, c), order))
    np.testing.assert_array_equal(found, np.stack([wanted, wanted + 100]))
