"""Columns as they are read, made of what they hold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.data.tabular.columns import Column


def column(name: str, values: Sequence[float | str], place: int = 0) -> Column:
    """Numbers, NaN for a gap; or texts."""
    if values and isinstance(values[0], str):
        texts = [str(value) for value in values]
        return Column(name, np.full(len(texts), np.nan), len(texts), texts=texts, place=place)
    return Column(name, np.array(values, float), place=place)


def reals(n: int, rows: int = 40, first: int = 0) -> list[Column]:
    """``n`` columns of numbers with decimals, the first at that place."""
    rng = np.random.default_rng(0)
    return [
        Column(f"r{i}", rng.normal(size=rows).round(3) + 0.0001, place=first + i) for i in range(n)
    ]
