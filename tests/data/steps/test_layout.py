"""Which axis is what."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.data.raw import Held, Source
from explorer.data.steps.layout import arranged, layout_of
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
