"""A text table as numbers: categories become columns of 0 and 1, the label stands beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from explorer.data.choices import Choices
from explorer.data.raw import Array
from explorer.data.steps.columns import EQUALS, one_hot_name
from explorer.data.tabular.cells import Cells
from explorer.data.tabular.columns import Column, Doubles, columns_of
from explorer.data.tabular.roles import Roles, roles_of
from explorer.data.words.naming import printable
from explorer.data.words.wording import many
from explorer.errors import DataError
from explorer.task import Task

_MOST_CATEGORIES = 12
_GAPS = ("row where it is missing", "rows where it is missing")


@dataclass(eq=False)
class Table:
    """values (n, D) float64 with NaN for gaps, the columns' names, labels (n,) or None.

    leading: the label is the first column of a table without names, as in files of series.
    complete: makes the table with those of the columns named that a guess took away.
    """

    values: Doubles
    names: tuple[str, ...]
    labels: Array | None
    warnings: list[str] = field(default_factory=list)
    leading: bool = False
    complete: Callable[[tuple[str, ...]], Table] | None = None


def table_of(cells: Cells, choices: Choices, task: Task) -> Table:
    """All features as numbers, and a label; raises DataError where that cannot be."""
    columns = columns_of(cells, task)
    roles = roles_of(columns, choices, cells.where, named=cells.has_words)
    found = _joined(roles, cells)
    if roles.aside:
        found.complete = partial(_completed, roles, cells)
    return found


def _completed(roles: Roles, cells: Cells, wanted: tuple[str, ...]) -> Table:
    """The table with the columns that are ``wanted`` among the features."""
    names = {name.split(EQUALS)[0] for name in wanted} | set(wanted)
    back = [c for c in roles.aside if c.title in names]
    features = sorted([*roles.features, *back], key=lambda c: c.place)
    label = None if roles.label in back else roles.label
    return _joined(Roles(features, label), cells)


def _joined(roles: Roles, cells: Cells) -> Table:
    arrays: list[Doubles] = []
    names: list[str] = []
    warnings = [*cells.said, *roles.said]
    for column in roles.features:
        if column.texts:
            new = _one_hot(column, warnings)
        else:
            column.require_numbers(cells.where)
            new = {column.title: column.values}
        arrays += new.values()
        names += new
    if not arrays:
        raise DataError(
            "there are no columns of numbers in this table",
            where=cells.where,
            remedy="give at least one",
        )
    labels = None if roles.label is None else roles.label.labels()
    return Table(np.stack(arrays, axis=1), tuple(names), labels, warnings, roles.leading)


def _one_hot(column: Column, warnings: list[str]) -> dict[str, Doubles]:
    name, count = column.title, len(column.different)
    if count > _MOST_CATEGORIES:
        warnings.append(f"the column {name!r} holds {count:,} different texts and is left out")
        return {}
    gaps = len(column.texts) - column.present
    warnings.append(
        f"the column {name!r} of {many(count, 'category', 'categories')}"
        f" becomes {many(count, 'column', 'columns')} of 0 and 1"
        + (f", all 0 in {many(gaps, *_GAPS)}" if gaps else "")
    )
    texts = np.array(column.texts)
    return {
        one_hot_name(name, printable(value)): (texts == value).astype(np.float64)
        for value in map(str, column.different)
    }
