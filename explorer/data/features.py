"""What the numbers of a row are: features with names and units, in the order of the data.

Columns that were one of texts (``colour=red``, ``colour=blue``) are one feature again, whose value
is a category.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from explorer.data.pictures.pixels import Floats
from explorer.data.preparation import Preparation
from explorer.data.steps.columns import EQUALS

_UNIT = re.compile(
    r"(?P<name>.*\S)\s*[(\[](?P<unit>[^()\[\]]*[^\W\d_%][^()\[\]]*|%[^()\[\]]*)[)\]]"
)
_LARGE, _MOST_DECIMALS = 1e7, 5
_SURE = 0.995  # of a category, from where on its share goes without saying
MOST_TOLD = 16  # features in a tooltip
MINUS, DASH = "\u2212", "\u2013"


@dataclass(frozen=True)
class Feature:
    """One thing that a row says.

    start: its first column. categories: what a text may be, a column each; () for a number.
    centres, scales: means and standard deviations of its columns over the training part, in the
    file's own units.
    """

    name: str
    start: int
    unit: str = ""
    categories: tuple[str, ...] = ()
    centres: tuple[float, ...] = (0.0,)
    scales: tuple[float, ...] = (1.0,)

    @property
    def title(self) -> str:
        """The name with its unit."""
        return f"{self.name} ({self.unit})" if self.unit else self.name

    @property
    def columns(self) -> slice:
        """Its columns in a row."""
        return slice(self.start, self.start + max(1, len(self.categories)))

    def told(self, values: Floats) -> str:
        """Its value in a row (D,) in the file's units, for people."""
        if self.categories:
            return self._category(values[self.columns])
        return spelled(float(values[self.start]), self.scales[0])

    @property
    def usual(self) -> str:
        """Its mean and standard deviation, or what it may be, for people."""
        if self.categories:
            return ", ".join(self.categories)
        mean, spread = (spelled(v, self.scales[0]) for v in (self.centres[0], self.scales[0]))
        return f"{mean} \u00b1 {spread}{f' {self.unit}' if self.unit else ''}"

    def _category(self, shares: Floats) -> str:
        best = int(shares.argmax())
        share = float(shares[best])
        if share >= _SURE:
            return self.categories[best]
        if not shares.any():
            return DASH
        return f"{self.categories[best]} {share:.2f}".replace("-", MINUS)

    def place(self, row: Floats) -> float:
        """Where its value in a standardised row (D,) lies: in standard deviations from the mean.

        Of a category: which it is, from the first at -2 to the last at 2.
        """
        if not self.categories:
            return float(row[self.start])
        best = int((row[self.columns] * self.scales + self.centres).argmax())
        return 4.0 * best / (len(self.categories) - 1) - 2.0


@lru_cache(maxsize=8)
def features_of(preparation: Preparation) -> tuple[Feature, ...]:
    """The features of a table, in the order of its columns."""
    count = preparation.features
    names = preparation.names or tuple(f"column {i + 1}" for i in range(count))
    centres = preparation.centre or (0.0,) * count
    scales = preparation.scale or (1.0,) * count
    found, at = list[Feature](), 0
    for group, members in groupby(names, _text_of):
        columns = list(members)
        if group and len(columns) > 1:
            part = slice(at, at + len(columns))
            categories = tuple(column.split(EQUALS, 1)[1] for column in columns)
            found.append(Feature(group, at, "", categories, centres[part], scales[part]))
        else:
            found += [_number(name, i, centres[i], scales[i]) for i, name in enumerate(columns, at)]
        at += len(columns)
    return tuple(found)


def spelled(value: float, scale: float) -> str:
    """``value`` with the digits that a spread of ``scale`` gives a meaning."""
    decimals = max(0, 1 - math.floor(math.log10(scale))) if scale > 0 else 2
    if not math.isfinite(value):
        return DASH
    if abs(value) >= _LARGE or decimals > _MOST_DECIMALS:
        text = f"{value:.4g}"
    else:
        text = f"{value:,.{decimals}f}"
    bare = text.strip("-0.,")
    return (text if bare else text.lstrip("-")).replace("-", MINUS)


def told(preparation: Preparation, row: Floats, most: int = MOST_TOLD) -> list[str]:
    """A standardised row (D,) of a table in words, a feature each, in the units of the file."""
    features, values = features_of(preparation), preparation.original(row)
    said = [f"{f.name}: {f.told(values)}{f' {f.unit}' if f.unit else ''}" for f in features[:most]]
    more = len(features) - most
    return said + ([f"and {more:,} more"] if more > 0 else [])


def largest(preparation: Preparation, weights: Floats, most: int = 5) -> str:
    """The columns with the largest of D weights, a line each, where they have names; else ""."""
    if len(preparation.names) != len(weights):
        return ""
    order = np.argsort(-np.abs(weights), kind="stable")[:most]
    return "".join(f"\n{weights[i]:+.2f} {preparation.names[i]}" for i in order).replace("-", MINUS)


def positions_of(preparation: Preparation) -> NDArray[np.float64]:
    """(L,) where the values of a signal lie: as the file's header says, or counted from 0."""
    if len(preparation.axis) == preparation.width:
        return np.array(preparation.axis)
    return np.arange(preparation.width, dtype=np.float64)


def axis_of(names: Sequence[str]) -> tuple[float, ...]:
    """Names of columns as numbers that rise or fall, such as wavelengths; () where they do not."""
    try:
        numbers = np.array([float(name) for name in names])
    except ValueError:
        return ()
    steps = np.diff(numbers)
    ordered = np.isfinite(numbers).all() and ((steps > 0).all() or (steps < 0).all())
    return tuple(numbers.tolist()) if ordered and len(numbers) > 1 else ()


def _text_of(name: str) -> str:
    """The column of texts that a column of 0 and 1 was made of, or ""."""
    return name.split(EQUALS, 1)[0] if EQUALS in name else ""


def _number(title: str, start: int, centre: float, scale: float) -> Feature:
    found = _UNIT.fullmatch(title)
    name, unit = (found["name"], found["unit"].strip()) if found else (title, "")
    return Feature(name, start, unit, (), (centre,), (scale,))
