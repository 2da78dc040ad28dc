"""A row of a table, whatever its columns."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.data.kinds import kinds
from explorer.data.preparation import Preparation
from explorer.data.raw import Held
from explorer.errors import DataError

TABLE = kinds["table"]


def test_columns_are_the_second_axis() -> None:
    found = TABLE.laid_out(Held.of(np.zeros((5, 7)), "x", "here"))
    assert (found.kind, found.shape, found.order) == ("table", (1, 7, 1), "flat")
    assert found.warnings == ()
    assert TABLE.told_shape(found.shape) == (7,)
    assert TABLE.counted(Preparation(1, 7, kind="table", levels=1)) == "7 columns"


@pytest.mark.parametrize("shape", [(5,), (5, 7, 2)])
def test_another_number_of_axes_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(DataError, match=r"cannot be read as a table.*give \(n, columns\)"):
        TABLE.laid_out(Held.of(np.zeros(shape), "x", "here"))
