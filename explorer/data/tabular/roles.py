"""What the columns of a table are: features, the label, or nothing to learn from.

A guess needs a reason that a column of measurements seldom gives: a name, or whole numbers in
front of or behind nothing but real ones. What is guessed is said, and the user's word goes first.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from explorer.data.choices import NO_LABEL, Choices
from explorer.data.tabular.columns import Column
from explorer.data.tabular.labelled import guessed_label, hint, sentence, too_many
from explorer.data.tabular.naming import require_column
from explorer.data.tabular.unlearnable import parted


@dataclass
class Roles:
    """features and label of a table. aside: columns that a guess took away. said: of all that."""

    features: list[Column]
    label: Column | None = None
    aside: list[Column] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    leading: bool = False  # the label is the first column of a table without names


def roles_of(columns: list[Column], choices: Choices, where: str, *, named: bool) -> Roles:
    """Who is who; raises ChoiceRefused for columns that are not there."""
    names = tuple(column.title for column in columns)
    label = _chosen_label(columns, names, choices, where)
    dropped = [w for w in choices.drop if w != NO_LABEL or w in names]
    gone = {require_column(word, names, "drop", where) for word in dropped}
    kept = [c for i, c in enumerate(columns) if i not in gone and c is not label]
    while len(kept) > 1 and kept[-1].is_empty and not named:
        kept.pop()  # a separator ends each row, or series have unequal lengths
    roles = Roles([c for c in kept if c.name or not c.is_empty])
    if len(dropped) == len(choices.drop):
        plain = parted(roles.features, named=named)
        roles = Roles(plain.features, None, plain.aside, plain.said)
    if choices.label is None:
        _guess(roles, named)
    roles.label = label or roles.label
    roles.leading = not named and roles.label is columns[0]
    return roles


def _guess(found: Roles, named: bool) -> None:
    label = guessed_label(found.features, named=named)
    if label is None:
        found.said += hint(found.features, named=named)
        return
    found.features = [c for c in found.features if c is not label]
    found.aside.append(label)
    if too_many(label):
        found.said.append(
            f"the column {label.title!r} holds {len(label.different):,} different numbers,"
            " too many for classes, and is left out; --label names another, or none"
        )
        return
    found.label = label
    found.said.append(sentence(label))


def _chosen_label(
    columns: list[Column], names: tuple[str, ...], choices: Choices, where: str
) -> Column | None:
    word = choices.label
    if word is None or (word == NO_LABEL and word not in names):
        return None
    return columns[require_column(word, names, "label", where)]
