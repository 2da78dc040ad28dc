from __future__ import annotations

import numpy as np
import pytest

from explorer.app.words.spelling import placed, spelled


@pytest.mark.parametrize(
    ("point", "text"),
    [
        ((-0.004, 0.004), "(+0.00, +0.00)"),
        ((-0.0, -0.006), "(+0.00, \u22120.01)"),
        ((-1.5, 12.25), "(\u22121.50, +12.25)"),
    ],
)
def test_what_is_written_as_zero_is_never_below_it(point: tuple[float, float], text: str) -> None:
    assert placed(point) == text
    assert spelled(np.array(point, np.float32)) == f"z = {text}"
