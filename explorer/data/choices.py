"""What the user says of a file, where guesses do not do; kept with the model that learns of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from explorer.config import from_json, setting, settings_of, to_json
from explorer.data.kinds import kinds
from explorer.errors import DataError

LENGTHS = ("pad", "cut")
SCALINGS = ("point", "channel")
GUESSED = "what the file suggests, which is said"
NO_LABEL = "none"  # --label none: no column and no array is one


@dataclass(frozen=True, kw_only=True)
class Choices:
    """How to read a file; None, or nothing to drop, leaves it to the program.

    Each field is a flag of every command that opens data. Columns are named, or numbered from 1.
    """

    label: str | None = setting(
        None, "Label", "The column or array that is the label; none for no label.",
        metavar="COLUMN|ARRAY", unset=GUESSED,
    )  # fmt: skip
    drop: tuple[str, ...] = setting(
        (), "Drop", "Columns to leave out; none keeps them all.", metavar="COLUMN"
    )
    header: bool | None = setting(
        None, "Header", "Whether the first row of a table names the columns.", unset=GUESSED
    )
    axis: int | None = setting(
        None, "Axis", "The axis of the samples: 0 the first, -1 the last.", unset="the first"
    )
    lengths: str | None = setting(
        None, "Lengths", "Signals of unequal lengths are padded or cut to one.", choices=LENGTHS,
        unset="they are refused",
    )  # fmt: skip
    kind: str | None = setting(
        None, "Kind", "What the samples are read as.", choices=tuple(kinds), unset=GUESSED
    )
    scaling: str | None = setting(
        None, "Scaling", "What of a signal has a scale of its own: each point, or each channel.",
        choices=SCALINGS, unset=SCALINGS[0],
    )  # fmt: skip

    @property
    def given(self) -> dict[str, Any]:
        """The choices that were made, by name."""
        return {
            s.name: v for s in settings_of(Choices) if (v := getattr(self, s.name)) != s.default
        }

    @property
    def words(self) -> str:
        """The choices that were made, for people, as "Lengths: pad"."""
        spoken = {True: "yes", False: "no"}
        labels = {s.name: s.label for s in settings_of(Choices)}
        return ", ".join(f"{labels[n]}: {spoken.get(v, v)}" for n, v in self.given.items())

    def over(self, others: Choices) -> Choices:
        """These choices, and the others' where none was made."""
        return Choices(**{**others.given, **self.given})

    def without(self, name: str) -> Choices:
        """These choices with one of them left open."""
        return Choices(**{n: value for n, value in self.given.items() if n != name})


NO_CHOICES = Choices()
EVENED = tuple(Choices(lengths=how) for how in LENGTHS)


class ChoiceRefused(DataError):
    """A choice does not apply to a file. choice: the name of the field."""

    def __init__(self, message: str, *, choice: str, where: str, remedy: str) -> None:
        super().__init__(message, where=where, remedy=remedy)
        self.choice = choice


class ChoiceWanted(DataError):
    """A file that opens once somebody chooses. ways: choices that would do, the likeliest first."""

    def __init__(self, what: str, *, ways: tuple[Choices, ...], where: str, remedy: str) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.ways = ways


def require_known(choices: Choices, known: Collection[str], what: str, where: str) -> None:
    """Raise ChoiceRefused for a choice that means nothing for ``what``."""
    for name in choices.given:
        if name not in known:
            flags = ", ".join(f"--{one}" for one in known)
            raise ChoiceRefused(
                f"--{name} means nothing for {what}",
                choice=name,
                where=where,
                remedy=f"leave it out, what it takes is {flags}",
            )


def remembered(data: Mapping[str, object]) -> Choices:
    """The choices that a model's data summary tells of. Raises SettingsError."""
    return from_json(Choices, data.get("choices", {}), where="choices in model.json")


def memorable(choices: Choices) -> dict[str, object]:
    """What `remembered` reads: an empty summary where nothing was chosen."""
    return {"choices": to_json(choices.given)} if choices.given else {}
