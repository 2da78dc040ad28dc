"""How samples became rows: a value that is kept with the data, and its way back to their units."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.data.preparation import Preparation

SIGNALS = Preparation(
    1, 3, channels=2, kind="signals",
    centre=(1.0, 10.0, 2.0, 20.0, 3.0, 30.0), scale=(2.0, 0.5) * 3,
)  # fmt: skip


def test_its_shape_and_how_many_numbers_that_is() -> None:
    made = Preparation(4, 5, 3)
    assert made.shape == (4, 5, 3) and made.features == 60
    assert SIGNALS.shape == (1, 3, 2) and SIGNALS.features == 6


def test_plain_pictures_are_written_as_they_always_were() -> None:
    """Hashes of contents are made of it; what else there is comes behind, where it is not usual."""
    plain = "Preparation(height=4, width=5, channels=1, low=0.0, high=255.0, levels=255"
    assert repr(Preparation(4, 5)) == f"{plain})"
    assert repr(Preparation(4, 5, binarisation="fixed")) == f"{plain}, binarisation='fixed')"
    assert repr(Preparation(4, 5, kind="table", centre=(1.0,))) == f"{plain}, kind='table')"


def test_rows_go_back_to_the_units_that_they_came_in() -> None:
    rows = np.array([[0, 0, 0, 0, 0, 0], [1, -1, 0.5, 2, 0, 4]], np.float32)
    back = SIGNALS.original(rows)
    assert back.dtype == np.float32
    assert back.tolist() == [[1, 10, 2, 20, 3, 30], [3, 9.5, 3, 21, 3, 32]]
    plain = Preparation(1, 6)
    assert plain.original(rows) is rows


@pytest.mark.parametrize(
    ("scale", "by_channel"),
    [
        ((2.0, 0.5) * 3, True),
        ((2.0, 0.5, 2.0, 0.5, 2.0, 0.6), False),
        ((2.0, 0.5, 2.1, 0.5, 2.0, 0.5), False),
        ((2.0, 0.5, 0.5, 2.0, 2.0, 0.5), False),
        ((), False),
    ],
)
def test_channels_have_one_scale_each_where_all_their_points_have_it(
    scale: tuple[float, ...], by_channel: bool
) -> None:
    assert Preparation(1, 3, 2, kind="signals", scale=scale).by_channel == by_channel
