"""What a field of the state says of itself: whether undo touches it, and how it is kept.

`chosen`, `shown`, `answer` and `passing` make fields; `rules_of` reads what they say. Adding a
field of the state is one line in its part: undo (`app.history.past`), the file of a session
(`explorer.app.serialising`) and what goes with another data set or model
(`explorer.app.following`) all read it there.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from explorer.compute.references import Reference


class Undo(Enum):
    """When undo gives a field back."""

    ALWAYS = "the user changes it"
    IDLE = "it is what is shown: undone while nothing trains"
    NEVER = "no undo touches it"


class Kept(Enum):
    """How the file of a session keeps a field."""

    VALUE = "as JSON"
    REFERENCE = "as what names it, to be opened again"
    NOT = "not at all"


Fits = Callable[[Any, Any], bool]
"""Whether a value that was read makes sense beside a `SubjectPart`."""


@dataclass(frozen=True)
class Named:
    """Of a field that holds names, or has them as keys: what they are names of.

    kind: as of its registry, "tool" or "plane". also: other words that a field may be. views: so
    are names of further views of them (`parts.naming`).
    """

    kind: str
    also: tuple[str, ...] = ()
    views: bool = False


@dataclass(frozen=True)
class FieldRule:
    """How a field is treated.

    reason: why no undo touches it, or why it is not kept. goes_with: space-separated fields; where
    one of them changes, this one goes back to its default. setting: another data set leaves it.
    in_space: it means something only in a latent space of so many dimensions. reference: what
    stands for it in a file. fits: asked of a value that comes from a file. names: what the names in
    it must be found among.
    """

    undo: Undo
    kept: Kept
    reason: str = ""
    goes_with: str = ""
    setting: bool = False
    in_space: bool = False
    reference: type[Reference] | None = None
    fits: Fits | None = None
    names: Named | None = None


def chosen(
    default: Any = None,
    *,
    factory: Callable[[], Any] | None = None,
    reference: type[Reference] | None = None,
    goes_with: str = "",
    setting: bool = False,
    in_space: bool = False,
    fits: Fits | None = None,
    names: Named | None = None,
) -> Any:
    """A field that the user changes: undone at any time, and kept."""
    kept = Kept.VALUE if reference is None else Kept.REFERENCE
    rule = FieldRule(Undo.ALWAYS, kept, "", goes_with, setting, in_space, reference, fits, names)
    return _field(default, factory, rule)


def shown(
    default: Any = None,
    *,
    reference: type[Reference] | None = None,
    follows: str = "",
    goes_with: str = "",
    fits: Fits | None = None,
) -> Any:
    """What is shown, or is known of it: undone while nothing trains.

    follows: how it is found anew, for what is not kept.
    """
    kept = Kept.REFERENCE if reference else Kept.NOT if follows else Kept.VALUE
    rule = FieldRule(Undo.IDLE, kept, follows, goes_with, reference=reference, fits=fits)
    return _field(default, None, rule)


def answer(goes_with: str, *, to: str) -> Any:
    """What is found anew for what is shown. to: the question, for people."""
    rule = FieldRule(Undo.NEVER, Kept.NOT, f"an answer, asked anew: {to}", goes_with)
    return _field(None, None, rule)


def passing(
    default: Any = None,
    *,
    reason: str,
    kept: bool = False,
    goes_with: str = "",
    setting: bool = False,
    fits: Fits | None = None,
    names: Named | None = None,
) -> Any:
    """What comes and goes by itself, or is no change of what is shown: no undo touches it."""
    how = Kept.VALUE if kept else Kept.NOT
    rule = FieldRule(Undo.NEVER, how, reason, goes_with, setting, fits=fits, names=names)
    return _field(default, None, rule)


def rules_of(part: type) -> dict[str, FieldRule]:
    """The rule of each field of a part, or of the whole state. Raises TypeError where one fails."""
    fields = dataclasses.fields(part)
    without = [field.name for field in fields if "rule" not in field.metadata]
    if without:
        raise TypeError(f"{part.__name__} has fields without a rule: {without}")
    return {field.name: field.metadata["rule"] for field in fields}


def _field(default: Any, factory: Callable[[], Any] | None, rule: FieldRule) -> Any:
    metadata = {"rule": rule}
    if factory is not None:
        return dataclasses.field(default_factory=factory, metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)
