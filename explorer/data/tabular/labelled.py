"""Which column is the label, where nobody says: by its name, or by being unlike those beside it."""

from __future__ import annotations

import re

import numpy as np

from explorer.data.tabular.columns import Column
from explorer.data.words.wording import many

LABELS = ("label", "labels", "class", "classes", "target", "species", "y")
_LIKELY = frozenset((
    "outcome", "diagnosis", "category", "categories", "variety", "targets", "group", "genre",
    "cluster", "diagnose", "klasse", "kategorie", "clase", "classe", "survived", "classification",
    "ground_truth", "groundtruth", "y_true",
))  # fmt: skip
_LABEL_ENDS = re.compile(
    r"(?:^|[_\s.-])(?:label|class|target|category)$|[a-z](?:Label|Class|Target)$"
)
_QUANTITIES = frozenset((
    "age", "alter", "year", "years", "jahr", "month", "months", "day", "days", "tag", "hour",
    "hours", "minute", "minutes", "week", "count", "counts", "num", "number", "numbers", "anzahl",
    "size", "rooms", "room", "beds", "bedrooms", "bathrooms", "baths", "floors", "doors",
    "children", "kids", "people", "persons", "pregnancies", "visits", "calls", "items", "total",
    "sum", "score", "rating", "price", "weight", "height", "length", "width", "level", "degree",
    "rank", "depth", "altitude", "distance", "duration", "speed", "temperature",
    "n", "nr", "no", "qty", "quantity", "freq", "frequency", "sex", "gender",
))  # fmt: skip
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_MOST_CLASSES, _MOST_TEXTS = 20, 50
_MANY, _SHARE = 8, 0.8  # real columns behind a label in front, and their share of all
_SERIES = 24  # values of a signal, where classes may be many


def guessed_label(columns: list[Column], *, named: bool) -> Column | None:
    """The column of classes, or a named one of real numbers, among at least two."""
    if len(columns) < 2:
        return None
    return (_by_name(columns) if named else None) or _by_place(columns, named)


def sentence(label: Column) -> str:
    """That it was taken, and how to overrule what its name alone does not tell."""
    said = f"the labels are taken from the column {label.title!r}"
    sure = label.texts or label.name.lower() in LABELS
    return said if sure else f"{said}; --label none says otherwise"


def _by_name(columns: list[Column]) -> Column | None:
    names = {column.name.lower(): column for column in columns}
    sure = next((names[name] for name in LABELS if name in names), None)
    if sure is not None and not (sure.name.lower() == "y" and "x" in names and sure.is_real):
        return sure  # x and y are a place
    likely = [c for c in columns if c.name.lower() in _LIKELY or _LABEL_ENDS.search(c.name)]
    likely = [c for c in likely if _is_classes(c, _MOST_CLASSES)]
    return likely[0] if len(likely) == 1 else None


def _is_classes(column: Column, most: int) -> bool:
    """Few different texts or whole numbers, each more than once on average."""
    if not (column.texts or column.is_whole):
        return False
    count = len(column.different)
    return 2 <= count <= min(most, max(2, column.present // 2))


def _by_place(columns: list[Column], named: bool) -> Column | None:
    """The last of few texts or whole numbers behind real ones; without names also the first."""
    first, last = columns[0], columns[-1]
    if last.texts and _is_classes(last, _MOST_TEXTS):
        return last
    if named:
        return last if _is_behind_reals(last, columns[:-1]) else None
    if _is_among_reals(last, columns[:-1], least=2):
        return last
    return first if _is_among_reals(first, columns[1:], least=_MANY) else None


def _is_behind_reals(column: Column, others: list[Column]) -> bool:
    """Under a name: nothing but texts and real numbers beside it, and it is no quantity."""
    others = [c for c in others if not c.texts]
    return (
        not _is_quantity(column)
        and all(c.is_real for c in others)
        and _is_among_reals(column, others, least=2)
    )


def _is_quantity(column: Column) -> bool:
    """Whether its name says that it counts or measures something."""
    return bool({word.lower() for word in _WORDS.findall(column.name)} & _QUANTITIES)


def _is_among_reals(column: Column, others: list[Column], least: int) -> bool:
    """Few classes, counted unless they stand beside a series, and hardly another whole number."""
    reals = sum(c.is_real for c in others)
    if reals < max(least, _SHARE * len(others)):
        return False
    counted = bool(column.texts) or _is_counted(column, anywhere=column.place > others[-1].place)
    if reals >= _SERIES:
        return _is_classes(column, column.present if counted else _MOST_CLASSES)
    enough = 4 * len(column.different) <= column.present
    return counted and enough and _is_classes(column, _MOST_CLASSES)


def _is_counted(column: Column, *, anywhere: bool = False) -> bool:
    """0, 1, 2 .. or 1, 2, 3 .. or -1 and 1; anywhere: or 3, 4, 5 .. as grades are."""
    values = np.array(column.different, float)
    starts = anywhere or list(values[:1]) in ([0], [1])
    return tuple(values) == (-1, 1) or bool(starts and (np.diff(values) == 1).all())


def hint(columns: list[Column], *, named: bool) -> list[str]:
    """What may be the label though it looks like others: among whole numbers only people know."""
    ends = columns[-1:] if named else [*columns[-1:], *columns[:1]]
    for column in ends:
        if not (named and _is_quantity(column)) and _may_be(column, columns):
            of = many(len(column.different), "whole number", "whole numbers")
            return [f"{column.title!r} of {of} may be the label; --label {column.title!r} takes it"]
    return []


def _may_be(column: Column, columns: list[Column]) -> bool:
    """Counted classes of many samples each, beside columns of more different numbers."""
    others = [c for c in columns if c is not column and not c.texts]
    enough = 4 * len(column.different) <= column.present and column.present >= _MOST_CLASSES
    if column.texts or not (enough and _is_classes(column, _MOST_CLASSES) and _is_counted(column)):
        return False
    wider = sum(c.is_real or len(c.different) > len(column.different) for c in others)
    counts = np.unique(column.values, return_counts=True)[1]
    return len(others) > 1 and 2 * wider > len(others) and bool(4 * counts.min() > counts.mean())


def too_many(column: Column) -> bool:
    """Whether whole numbers differ too often to be classes."""
    count = len(column.different)
    return column.is_whole and count > _MOST_CLASSES and 4 * count > column.present
