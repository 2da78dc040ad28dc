"""The flags of every command that opens data: how its file is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from explorer.config import settings_of
from explorer.data.choices import Choices


@dataclass(frozen=True, kw_only=True)
class ReadsData(Choices):
    """A command that opens data: the fields of `Choices` are flags of its own."""

    heading: ClassVar[str] = "reading the data"

    @property
    def choices(self) -> Choices:
        """What the flags say of the file."""
        return Choices(**{s.name: getattr(self, s.name) for s in settings_of(Choices)})


@dataclass(frozen=True)
class Window(ReadsData):
    """Open the window on a data set or a checkpoint, its data read as the flags say."""

    path: str = field(
        metadata={
            "help": "A data set, its bundled name, or a checkpoint folder.",
            "positional": True,
        }
    )
