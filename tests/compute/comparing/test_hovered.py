"""explorer.compute.comparing.hovered: binarised data is measured on its fixed draw."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.compute.comparing.hovered import MeasureHovered
from explorer.compute.live import decode_rows, encode_rows
from explorer.data.binarising import binarised, fixed_draw
from tests.compute.small import DATA, snapshot


@pytest.mark.parametrize("how", ["none", "fixed", "dynamic"])
def test_the_error_is_of_the_sample_as_it_is_measured(how: str) -> None:
    data, model = binarised(DATA, how), snapshot()
    row = fixed_draw(data).unit(np.array([7]))
    z = encode_rows(model, row.reshape(1, 8, 8, 1), 1)[0]
    wanted = np.mean((decode_rows(model, z) - row) ** 2)
    assert MeasureHovered(7, model, data).answer() == pytest.approx(float(wanted), rel=1e-4)
