"""Which axis is what."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.data.raw import Source
from explorer.data.steps.layout import arranged, layout_of
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
    ((9, 49), "table", (49,), "", 0),
    ((9, 30), "table", (30,), "", 0),
    ((9, 1), "table", (1,), "", 0),
    ((9, 129 * 129), "table", (129 * 129,), "", 0),
    ((9, 1, 500), "signals", (1, 500), "", 0),
    ((9, 500, 3), "signals", (500, 3), "", 0),
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
    if kind == "images":
        block = pixels(*shape)
        turned = arranged(block, found)
        assert turned.shape == (9, *sample)
        assert np.shares_memory(turned, block)
