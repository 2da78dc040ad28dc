"""The range is settled once; what is exact stays exact, the rest is said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.data.raw import Array, Source
from explorer.data.steps.scaling import Scale, extent_of, scale_for
from tests.data.makers import pixels


def settled(values: Array) -> tuple[Scale, list[str]]:
    source = Source("x", "here", values.dtype, values.shape, lambda: None)  # type: ignore[arg-type,return-value]
    return scale_for(extent_of([(0, values)], source, 1 << 30), values.dtype, "here")


BYTES = pixels(4, 9, 9)
CASES = {
    "bytes": (BYTES, (0, 255, 255), 0),
    "bool": (BYTES > 9, (0, 1, 1), 0),
    "0_or_1": (BYTES % 2, (0, 1, 1), 0),
    "digits": (BYTES % 17, (0, 16, 16), 1),
    "float_digits": ((BYTES % 17).astype(np.float64), (0, 16, 16), 1),
    "float_bytes": (BYTES.astype(np.float32), (0, 255, 255), 0),
    "float_bytes_divided": (BYTES / np.float32(255), (0, 1, 255), 0),
    "half_bytes_divided": ((BYTES / 255).astype(np.float16), (0, 1, 255), 0),
    "unit": (BYTES / 317, (0, 1, 255), 1),
    "fractions_of_255": (BYTES * 0.9, (0, 255, 255), 1),
    "symmetric": (BYTES / 127.5 - 1, (-1, 1, 255), 1),
    "deep": (np.linspace(0, 65535, 200).astype(np.uint16), (0, 65535, 255), 1),
    "signed": (BYTES.astype(np.int8) // 2, None, 1),
    "negative": (BYTES * 1.5 - 300, None, 1),
    "tiny": (BYTES * 1e-6 - 1e-4, (-1, 1, 255), 1),
    "constant": (np.full((4, 9), 1234.5), (1234.5, 2469.0, 255), 1),
    "constant_seven": (np.full((4, 9), 7), (0, 7, 7), 1),
    "zeros": (np.zeros((4, 9)), (0, 1, 255), 0),
}


@pytest.mark.parametrize("case", CASES)
def test_ranges(case: str) -> None:
    values, wanted, warned = CASES[case]
    scale, said = settled(values)
    if wanted:
        assert (scale.low, scale.high, scale.levels) == wanted
    assert len(said) == warned
    kept = scale.keep(values)
    assert kept.dtype == np.uint8
    back = kept / scale.levels * (scale.high - scale.low) + scale.low
    np.testing.assert_allclose(back, values, atol=0.51 * (scale.high - scale.low) / scale.levels)


@given(st.integers(-500, 500), st.integers(0, 255))
def test_up_to_256_whole_values_are_exact(low: int, span: int) -> None:
    values = np.arange(low, low + span + 1)
    scale, _ = settled(values)
    back = scale.keep(values) / scale.levels * (scale.high - scale.low) + scale.low
    np.testing.assert_allclose(back, values, atol=1e-9 if low < 0 or low + span > 255 else 1e-6)


def test_bytes_are_not_copied() -> None:
    assert Scale().keep(BYTES) is BYTES


def test_clipping_is_counted() -> None:
    assert Scale(0, 1, 255).outside(np.array([-1.0, 0.5, 3.0])) == 2
