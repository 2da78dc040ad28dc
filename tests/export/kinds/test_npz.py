"""explorer.export.kinds.npz: a column each, that any NumPy reads without a pickle."""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from explorer.export.kinds.npz import Npz


def read(columns: dict[str, Any]) -> dict[str, np.ndarray]:
    out = io.BytesIO()
    Npz().write(columns, out)
    out.seek(0)
    with np.load(out, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays}


def test_arrays_are_kept_as_they_are() -> None:
    x = np.arange(6, dtype=np.float32).reshape(3, 2)
    found = read({"x": x, "n": np.array([1, 2, 3])})
    assert found["x"].dtype == np.float32 and found["n"].dtype.kind == "i"
    np.testing.assert_array_equal(found["x"], x)


def test_a_missing_number_is_nan_and_texts_are_texts() -> None:
    found = read({"x": [1.0, None, 3.0], "t": ["a", "bb", ""], "n": [1, 2, 3]})
    np.testing.assert_array_equal(found["x"], [1, np.nan, 3])
    assert found["t"].tolist() == ["a", "bb", ""] and found["n"].tolist() == [1, 2, 3]


def test_what_numpy_has_no_name_for_is_text() -> None:
    class Label:
        def __str__(self) -> str:
            return "cat"

    assert read({"t": [Label(), Label()]})["t"].tolist() == ["cat", "cat"]
