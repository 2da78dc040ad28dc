"""What the user says of an array of samples: its axis, its columns, series of unequal lengths."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from explorer.data.choices import NO_LABEL, ChoiceRefused, Choices
from explorer.data.kinds import kinds
from explorer.data.raw import Array, Arrays, Held, Part, Source, Turned
from explorer.data.steps.shapes.lengths import are_uneven, evened, refusal
from explorer.data.tabular.naming import require_column


def along(source: Source, choices: Choices) -> Source:
    """``source`` with its samples first; raises ChoiceRefused for an axis that there is not."""
    axis, axes = choices.axis, len(source.shape)
    if axis is None or axis == 0:
        return source
    if not -axes <= axis < axes:
        raise ChoiceRefused(
            f"{source.name} of shape {source.shape} has no axis {axis}",
            choice="axis",
            where=source.where,
            remedy=f"give 0 to {axes - 1}",
        )
    return Turned.along(source, axis)


def is_column(choices: Choices, source: Source, columns: tuple[str, ...] = ()) -> bool:
    """Whether the label can be meant as a column of the samples: the name or number of one."""
    if choices.label in columns:
        return True
    word = (choices.label or "").lower().removeprefix("column").strip()
    return len(source.shape) == 2 and word.isdigit() and 1 <= int(word) <= source.shape[1]


def picked(raw: Arrays, choices: Choices) -> Arrays:
    """The arrays without the columns left out, series of one length, a column as the label."""
    wants_label = choices.label not in (None, NO_LABEL) and raw.parts[0].labels is None
    dropped = tuple(word for word in choices.drop if word != NO_LABEL)
    if wants_label or dropped:
        raw = _without_columns(raw, choices.label if wants_label else None, dropped)
    if any(0 in part.images.shape for part in raw.parts):
        return raw  # which is refused for having no samples
    if choices.lengths is not None:
        return _of_one_length(raw, choices.lengths)
    for part in raw.parts:
        if not (choices.kind and kinds[choices.kind].gaps) and _ends_early(part.images):
            values = part.images.whole()
            if are_uneven(values):
                raise refusal(values, part.images.where)
    return raw


def _without_columns(raw: Arrays, label: str | None, dropped: tuple[str, ...]) -> Arrays:
    first = raw.parts[0].images
    if len(first.shape) != 2:
        name = "label" if label is not None else "drop"
        raise ChoiceRefused(
            f"{first.name} of shape {first.shape} has no columns for --{name}",
            choice=name,
            where=first.where,
            remedy="leave it out",
        )
    if any(part.images.shape[1:] != first.shape[1:] for part in raw.parts):
        return raw  # which is refused for it
    width = first.shape[1]
    names = raw.columns if len(raw.columns) == width else _numbered(width)
    gone = {require_column(word, names, "drop", first.where) for word in dropped}
    of_label = None if label is None else require_column(label, names, "label", first.where)
    kept = [j for j in range(width) if j not in gone and j != of_label]
    parts = tuple(_part(part, kept, of_label) for part in raw.parts)
    return replace(raw, parts=parts, columns=tuple(names[j] for j in kept))


def _numbered(width: int) -> tuple[str, ...]:
    return tuple(f"column {j + 1}" for j in range(width))


def _part(part: Part, kept: list[int], of_label: int | None) -> Part:
    values, source = part.images.whole(), part.images
    labels = part.labels
    if of_label is not None:
        labels = Held.of(np.ascontiguousarray(values[:, of_label]), "the labels", source.where)
    left = np.ascontiguousarray(values[:, kept])
    return replace(part, images=Held.of(left, source.name, source.where), labels=labels)


def _of_one_length(raw: Arrays, how: str, length: int = 0) -> Arrays:
    """All parts together, as they must be of one length in the end."""
    sources = [part.images for part in raw.parts]
    arrays = [_long_second(source) for source in sources]
    if len({array.shape[2:] for array in arrays}) > 1:
        return raw  # which is refused for it
    even = evened(_together(arrays), how, sources[0].where, length)
    starts = np.cumsum([len(array) for array in arrays])[:-1]
    parts = tuple(
        replace(raw.parts[i], images=Held.of(values, sources[i].name, sources[i].where))
        for i, values in enumerate(np.split(even.values, starts))
    )
    return replace(
        raw, parts=parts, kind="signals" if even.said else raw.kind, complete=None,
        warnings=(*raw.warnings, *even.said),
        of_length=None if length else partial(_of_one_length, raw, how),
    )  # fmt: skip


def _together(arrays: list[Array]) -> NDArray[np.float64]:
    """All rows, the shorter parts with gaps at their ends."""
    longest = max(array.shape[1] for array in arrays)
    shape = (sum(map(len, arrays)), longest, *arrays[0].shape[2:])
    whole, start = np.full(shape, np.nan), 0
    for array in arrays:
        whole[start : start + len(array), : array.shape[1]] = array
        start += len(array)
    return whole


def _long_second(source: Source) -> Array:
    """(n, L) or (n, L, C), where C is the short one."""
    if source.dtype.kind != "f" or len(source.shape) not in (2, 3):
        raise ChoiceRefused(
            f"{source.name} of shape {source.shape} holds no signals of unequal lengths",
            choice="lengths",
            where=source.where,
            remedy="leave --lengths out",
        )
    values = source.whole()
    return (
        values.swapaxes(1, 2) if values.ndim == 3 and values.shape[1] < values.shape[2] else values
    )


def _ends_early(source: Source) -> bool:
    """A look at the first rows: whether one of them has a gap at its end."""
    if source.dtype.kind != "f" or len(source.shape) != 2 or 0 in source.shape:
        return False
    return bool(np.isnan(source.first()[:, -1]).any())
