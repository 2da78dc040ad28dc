"""Which range values are of, and what a model made for another range makes of them."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.data.dataset import Preparation
from explorer.data.steps.recognising import MANY, Seen, convention, recognised, taken_from
from explorer.data.steps.scaling import Extent, Scale
from explorer.errors import DataError

FEW = MANY - 1
UNIT, BYTES, SIGNED, SHADES = (0.0, 1.0), (0.0, 255.0), (-1.0, 1.0), (0.0, 16.0)
OWN = (-0.25, 39.75)


def seen(low: float, high: float, dtype: str, n: int = MANY, *, grid: bool = False) -> Seen:
    """Whole numbers unless they are floats."""
    return Seen(Extent(low, high, whole=dtype[0] != "f", grid=grid), np.dtype(dtype), n)


CONVENTIONS = {
    "booleans": (seen(0, 1, "bool", 1), UNIT),
    "signed": (seen(-1, 0.9, "f4", 1), SIGNED),
    "signed, too high": (seen(-1, 1.5, "f4"), None),
    "signed, too low": (seen(-1.5, 1, "f4"), None),
    "hardly signed": (seen(-0.4, 1, "f4"), None),
    "few whole ones of three": (seen(-1, 1, "i8", FEW), None),
    "many whole ones of three": (seen(-1, 1, "i8"), SIGNED),
    "unit": (seen(0, 0.9, "f4", 1), UNIT),
    "a dark one off the grid": (seen(0, 0.2, "f4", 1), None),
    "a dark one on the grid": (seen(0, 0.2, "f4", 1, grid=True), UNIT),
    "many dark ones": (seen(0, 0.2, "f4"), UNIT),
    "many equal ones": (seen(0, 0, "f4"), None),
    "few masks": (seen(0, 1, "i8", FEW), None),
    "digits": (seen(0, 16, "u1"), SHADES),
    "few digits": (seen(0, 16, "u1", FEW), None),
    "nearly digits": (seen(1, 16, "u1"), None),
    "bytes": (seen(0, 200, "u1", 1), BYTES),
    "bytes as floats": (seen(0, 200.5, "f4", 1), BYTES),
    "real and deep": (seen(0, 3000.5, "f4"), None),
    "12 bits": (seen(0, 4000, "u2"), (0.0, 4095.0)),
    "few of 12 bits": (seen(0, 4000, "u2", FEW), None),
    "up to 1": (seen(0, 1, "f4", 1), UNIT),
    "up to a half": (seen(0, 0.5, "f4", 1), None),
    "up to more than half": (seen(0, 0.6, "f4", 1), UNIT),
    "down to half of signed": (seen(-0.5, 1, "f4"), None),
    "down to more than half of signed": (seen(-0.6, 1, "f4"), SIGNED),
    "the darkest bytes": (seen(0, 64, "u1", 1), BYTES),
    "darker ones": (seen(0, 63, "u1"), None),
    "all bytes": (seen(0, 255, "u1"), BYTES),
    "one more than bytes": (seen(0, 256, "u2"), (0.0, 1023.0)),
    "all of 10 bits": (seen(0, 1023, "u2"), (0.0, 1023.0)),
    "one more than 10 bits": (seen(0, 1024, "u2"), (0.0, 4095.0)),
    "half of 16 bits": (seen(0, 32768, "u2", FEW), (0.0, 65535.0)),
    "less than half of 16 bits": (seen(0, 32767, "u2", FEW), None),
    "few of 16 bits": (seen(0, 40_000, "u2", FEW), (0.0, 65535.0)),
    "ten dark ones": (seen(0, 0.2, "f4", 10), UNIT),
    "nine dark ones": (seen(0, 0.2, "f4", 9), None),
}  # fmt: skip


@pytest.mark.parametrize("case", CONVENTIONS)
def test_conventions(case: str) -> None:
    values, wanted = CONVENTIONS[case]
    assert convention(values) == wanted


REFUSED = None
# what is seen, the model's range, and the range that it is taken from; REFUSED: none is known
TAKEN = {
    "the model's own": (seen(0, 255, "u1"), BYTES, BYTES),
    "brighter than bytes": (seen(0, 300, "u2"), BYTES, (0.0, 1023.0)),
    "a little beyond": (seen(0, 300.5, "f4"), BYTES, BYTES),
    "far beyond": (seen(0, 511.5, "f4"), BYTES, REFUSED),
    "far below": (seen(-1.5, 0.9, "f4"), UNIT, REFUSED),
    "a little below": (seen(-0.4, 0.9, "f4"), UNIT, UNIT),
    "bytes for a unit": (seen(0, 200, "u1"), UNIT, BYTES),
    "real bytes for a unit": (seen(0, 200.5, "f4"), UNIT, BYTES),
    "real bytes for a range of nobody": (seen(0, 200.5, "f4"), OWN, REFUSED),
    "whole bytes for a range of nobody": (seen(0, 200, "u1"), OWN, BYTES),
    "signed for a unit": (seen(-1, 1, "f4"), UNIT, SIGNED),
    "signed for signed": (seen(-1, 1, "f4"), SIGNED, SIGNED),
    "signed for a range of nobody": (seen(-1, 1, "f4"), OWN, OWN),
    "hardly a range above signed": (seen(-1, 2.9, "f4"), SIGNED, SIGNED),
    "a range above signed": (seen(-1, 3.1, "f4"), SIGNED, REFUSED),
    "hardly a range below signed": (seen(-2.9, 1, "f4"), SIGNED, SIGNED),
    "a range below signed": (seen(-3.1, 1, "f4"), SIGNED, REFUSED),
    "unit for signed": (seen(0, 0.9, "f4"), SIGNED, UNIT),
    "few of unit for signed": (seen(0, 0.9, "f4", FEW), SIGNED, SIGNED),
    "above 0 for signed": (seen(0.1, 0.9, "f4"), SIGNED, SIGNED),
    "unit for bytes": (seen(0, 0.9, "f4"), BYTES, UNIT),
    "unit for 12 bits": (seen(0, 0.9, "f4"), (0.0, 4095.0), UNIT),
    "unit for a range of nobody": (seen(0, 0.9, "f4"), OWN, OWN),
    "unit for a whole range of nobody": (seen(0, 0.9, "f4"), (0.0, 39.0), (0.0, 39.0)),
    "digits for bytes": (seen(0, 16, "u1"), BYTES, SHADES),
    "digits for 16 bits": (seen(0, 16, "u1"), (0.0, 65535.0), (0.0, 65535.0)),
    "bytes for 16 bits": (seen(0, 200, "u1"), (0.0, 65535.0), BYTES),
    "dark ones for 16 bits": (seen(0, 200, "u2"), (0.0, 65535.0), (0.0, 65535.0)),
    "hardly a level left": (seen(0, 1.5, "f4"), BYTES, REFUSED),
    "few with hardly a level": (seen(0, 1.5, "f4", FEW), BYTES, BYTES),
    "whole with hardly a level": (seen(0, 2, "u2"), BYTES, BYTES),
    "the most of hardly a level": (seen(0, 255 / 64, "f4"), BYTES, REFUSED),
    "just more than that": (seen(0, 4.0, "f4"), BYTES, BYTES),
    "hardly a level of signed": (seen(-0.99, -0.97, "f4"), SIGNED, REFUSED),
    "just a range above signed": (seen(-1, 3.0, "f4"), SIGNED, SIGNED),
    "just a range below signed": (seen(-3.0, 1, "f4"), SIGNED, SIGNED),
    "unit for 0 to 300": (seen(0, 0.9, "f4"), (0.0, 300.0), UNIT),
    "bytes for 10 bits": (seen(0, 200, "u1"), (0.0, 1023.0), (0.0, 1023.0)),
    "bytes for eight times as many": (seen(0, 200, "u1"), (0.0, 2040.0), BYTES),
    "bytes for hardly as many": (seen(0, 200, "u1"), (0.0, 2039.0), (0.0, 2039.0)),
    "equal ones": (seen(1.5, 1.5, "f4"), BYTES, BYTES),
    "hardly below": (seen(-1.5, 1.5, "f4"), BYTES, BYTES),
    "hardly of nobody's": (seen(0, 0.2, "f4"), OWN, OWN),
}  # fmt: skip


@pytest.mark.parametrize("case", TAKEN)
def test_what_a_model_takes_values_for(case: str) -> None:
    values, (low, high), wanted = TAKEN[case]
    kept = Preparation(9, 9, low=low, high=high)
    if wanted is REFUSED:
        with pytest.raises(DataError, match="none of the model's"):
            recognised(values, kept, "here")
        return
    scale, said = recognised(values, kept, "here")
    assert (scale.low, scale.high) == wanted
    assert bool(said and "taken from" in said[0]) == (wanted != (low, high))


@pytest.mark.parametrize(
    ("values", "wanted", "shade"),
    [
        (seen(0, 9, "u2"), BYTES, "black"),
        (seen(9, 9, "u2"), BYTES, ""),
        (seen(250, 255, "u2"), BYTES, "white"),
        (seen(250, 255, "u1"), BYTES, ""),
        (seen(0, 200, "u2"), BYTES, ""),
        (seen(0, 255 / 8, "f4", FEW), BYTES, "black"),
        (seen(0, 32, "f4", FEW), BYTES, ""),
        (seen(255 * 7 / 8, 255, "f4", FEW), BYTES, "white"),
        (seen(223, 255, "f4", FEW), BYTES, ""),
        (seen(-0.99, -0.8, "f4", FEW), SIGNED, "black"),
        (seen(0.8, 0.99, "f4", FEW), SIGNED, "white"),
    ],
)
def test_what_is_nearly_one_shade_is_said(
    values: Seen, wanted: tuple[float, float], shade: str
) -> None:
    _, said = recognised(values, Preparation(9, 9, low=wanted[0], high=wanted[1]), "here")
    assert bool(said) == bool(shade) and shade in " ".join(said)


def test_a_range_that_is_the_models_needs_no_word() -> None:
    """Another one is told with both."""
    kept = Preparation(9, 9)
    assert taken_from(BYTES, kept) == (Scale(0.0, 255.0, 255), [])
    scale, said = taken_from(SIGNED, kept)
    assert scale == Scale(-1.0, 1.0, 255)
    assert said == ["the values are taken from -1 to 1, which is scaled to the model's 0 to 255"]
