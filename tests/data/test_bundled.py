"""explorer.data.bundled: what is fixed about a set is what its arrays are."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.data.bundled import BUNDLED
from explorer.data.opening import open_dataset

RANGES = {"fashion": (0, 255, 255), "emoji": (0, 255, 255), "digits": (0, 16, 16)}


@pytest.mark.parametrize("name", BUNDLED)
def test_pictures_have_the_range_that_is_fixed_and_numbers_have_none(name: str) -> None:
    scale, kept = BUNDLED[name].scale, open_dataset(name).preparation
    if name not in RANGES:
        assert scale is None and kept.kind != "images"
        return
    assert scale is not None
    assert (scale.low, scale.high, scale.levels) == RANGES[name]
    assert (kept.low, kept.high, kept.levels) == RANGES[name]


@pytest.mark.parametrize("name", BUNDLED)
def test_its_summary_counts_what_is_there(name: str) -> None:
    assert BUNDLED[name].name == name and BUNDLED[name].path.name == f"{name}.npz"
    data = open_dataset(name)
    assert f"{len(data):,} " in BUNDLED[name].summary
    words = {"images": f"{data.x.shape[1]} x {data.x.shape[2]}", "signals": f"{data.x.shape[2]} v",
             "table": f"{data.x.shape[2]} chemical"}  # fmt: skip
    assert words[data.kind] in BUNDLED[name].summary
    assert name == "digits" or f" {len(data.classes)} " in BUNDLED[name].summary


def test_a_fifth_is_held_out_where_the_file_does_not_say() -> None:
    for name in ("emoji", "digits", "waves", "wine"):
        data = open_dataset(name)
        assert data.test.mean() == pytest.approx(BUNDLED[name].held_out, abs=0.01)
        assert np.isclose(BUNDLED[name].held_out, 0.2)
