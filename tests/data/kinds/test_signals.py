"""Which axis of an array is the length of a signal, and which its channels."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.data.kinds import kinds
from explorer.data.preparation import Preparation
from explorer.data.raw import Held
from explorer.errors import DataError

SIGNALS = kinds["signals"]


def source(*shape: int) -> Held:
    return Held.of(np.zeros(shape, np.float32), "x", "here")


@pytest.mark.parametrize(
    ("shape", "sample", "order"),
    [
        ((5, 90), (1, 90, 1), "lc"),
        ((5, 90, 2), (1, 90, 2), "lc"),
        ((5, 2, 90), (1, 90, 2), "cl"),
        ((5, 16, 17), (1, 17, 16), "cl"),
        ((5, 17, 90), (1, 17, 90), "lc"),  # too many to be channels
        ((5, 9, 9), (1, 9, 9), "lc"),
        ((5, 1, 90, 2), (1, 90, 2), "lc"),  # as we keep them
        ((5, 1, 2, 90), (1, 2, 90), "lc"),
    ],
)
def test_how_signals_lie_in_an_array(
    shape: tuple[int, ...], sample: tuple[int, int, int], order: str
) -> None:
    found = SIGNALS.laid_out(source(*shape))
    assert (found.kind, found.shape, found.order) == ("signals", sample, order)
    assert found.warnings == ()


def test_pictures_are_no_signals() -> None:
    with pytest.raises(DataError, match=r"cannot be read as signals.*\(n, length, channels\)"):
        SIGNALS.laid_out(source(5, 2, 90, 2))


def test_the_shape_as_people_say_it() -> None:
    assert SIGNALS.told_shape((1, 90, 2)) == (90, 2)
    made = Preparation(1, 1200, 2, kind="signals", levels=1)
    assert SIGNALS.counted(made) == "2 channels of 1,200 values"
    one = Preparation(1, 90, kind="signals", levels=1)
    assert SIGNALS.counted(one) == "1 channel of 90 values"


def test_length_and_channels_have_a_limit_together() -> None:
    assert SIGNALS.misfit((1, 2**17, 2)) is None
    assert SIGNALS.misfit((1, 2**17 + 1, 2)) == (
        "samples of 262146 numbers cannot be modelled",
        "use samples with up to 262144 numbers",
    )
    assert SIGNALS.misfit((2, 9, 1)) is not None
