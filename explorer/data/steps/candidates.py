"""Which of several arrays holds the labels, and whose names the names of classes are."""

from __future__ import annotations

import numpy as np

from explorer.data.choices import NO_LABEL, ChoiceRefused, Choices
from explorer.data.raw import Part, Source
from explorer.data.steps.labelling import labelled
from explorer.data.steps.shapes.picking import is_column
from explorer.data.words.wording import many

_MOST_CLASSES = 50  # or as many as leave each two samples


def guessed_labels(candidates: list[Source]) -> tuple[Source | None, list[str]]:
    """The only candidate, or the first that holds classes, and what was guessed."""
    if len(candidates) == 1:
        return candidates[0], [f"the labels are taken from {candidates[0].name}"]
    good = [s for s in candidates if _holds_classes(s)]
    if not good:
        names = " and ".join(s.name for s in candidates)
        return None, [f"{names} hold no classes and are left out"] if candidates else []
    others = " or ".join(f"--label {s.name}" for s in good[1:4])
    said = f"the labels are taken from {good[0].name}"
    return good[0], [f"{said}; {others} says otherwise" if others else said]


def chosen_label(
    choices: Choices, fitting: list[Source], images: Source, columns: tuple[str, ...]
) -> Source | None:
    """The array that the user names; None for no label, or where it is a column of the samples."""
    word = choices.label or NO_LABEL
    found = [s for s in fitting if s.name.lower() == word.lower()]
    if found:
        return found[0]
    if word == NO_LABEL or is_column(choices, images, columns):
        return None
    listed = ", ".join(s.name for s in fitting[:8])
    more = ["the number of a column"] if len(images.shape) == 2 else []
    offers = " or ".join([listed, *more] if listed else more)
    remedy = f"give {offers}" if offers else "leave it out, there is no other array"
    raise ChoiceRefused(
        f"there is no array {word!r} with one label a sample",
        choice="label",
        where=images.where,
        remedy=remedy,
    )


def fitting_names(
    names: Source | None, parts: tuple[Part, ...], candidates: list[Source]
) -> tuple[Source | None, list[str]]:
    """The names of classes, unless they are another array's by their count; then it is said."""
    labels = parts[0].labels
    if names is None or labels is None or _fits(labels, len(names)):
        return names, []
    owner = next((s for s in candidates if s is not labels and _fits(s, len(names))), None)
    if owner is None:
        return names, []
    count = many(len(names), "name", "names")
    said = f"the {count} in {names.name} fit {owner.name}, not {labels.name}, and are left out"
    return None, [f"{said}; --label {owner.name} takes both"]


def _fits(labels: Source, count: int) -> bool:
    """Whether there are as many classes, or the last of them is the last of the names."""
    values = labels.whole()
    if values.ndim != 1 or values.dtype.kind not in "buif":
        return False
    there = np.unique(values[~np.isnan(values)]) if values.dtype.kind == "f" else np.unique(values)
    return count in (len(there), *(there[-1:].astype(float) + 1))


def _holds_classes(source: Source) -> bool:
    """Few different values, each more than once on average."""
    found = labelled(source.whole()) if source.dtype.kind in "buifUS" else labelled(None)
    return 2 <= len(found.classes) <= min(_MOST_CLASSES, max(2, len(source) // 2))
