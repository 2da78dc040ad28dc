"""How the shape of an array is written, and that it is no such samples."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.data.layout import refuse, shape_text
from explorer.data.raw import Held
from explorer.errors import DataError


@pytest.mark.parametrize("shape", [(), (5,), (5, 1), (60, 28, 28), (2, 3, 4, 1)])
def test_a_shape_is_written_as_python_does(shape: tuple[int, ...]) -> None:
    assert shape_text(shape) == str(shape)


def test_what_holds_no_such_samples_is_told_with_what_would() -> None:
    source = Held.of(np.zeros((5, 2, 2, 2, 2)), "x", "a.npz")
    with pytest.raises(DataError) as refused:
        refuse(source, "signals", "(n, length)")
    said = str(refused.value)
    assert "x of shape (5, 2, 2, 2, 2) cannot be read as signals" in said
    assert "a.npz" in said and "give (n, length)" in said
