"""The exceptions a user may meet. Each carries its own sentence: what, where, what to do.

ExplorerError
 ├─ Cancelled          the user asked for it; never shown as an error
 ├─ DataError          a file, folder or array that cannot become a data set
 ├─ ModelError         a configuration that no model can be built from
 ├─ CheckpointError    a checkpoint that cannot be read, or does not fit
 ├─ TrainingError      training cannot start, or went wrong (NaN, no samples)
 ├─ SettingsError      a setting with a wrong name, type or value
 └─ EnvironmentFault   the machine lacks something: a screen, a library, room on the disk
"""

from __future__ import annotations

from pathlib import Path


class ExplorerError(Exception):
    """One clear sentence for the user: ``what (where): remedy``.

    what: what happened, without a full stop. where: the file or object it happened to.
    remedy: what to do next. details: for a disclosure, never for the sentence.
    """

    def __init__(
        self, what: str, *, where: str | Path | None = None, remedy: str = "", details: str = ""
    ) -> None:
        super().__init__(what)
        self.what = what
        self.where = None if where is None else str(where)
        self.remedy = remedy
        self.details = details

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        return f"{self.what}{place}: {self.remedy}" if self.remedy else f"{self.what}{place}"


class Cancelled(ExplorerError):
    """Raised by ``Task.check`` once somebody asked the task to stop."""

    def __init__(self, what: str = "stopped on request") -> None:
        super().__init__(what)


class DataError(ExplorerError):
    """A file, folder or array that cannot become a data set."""


class ModelError(ExplorerError):
    """A configuration that no model can be built from."""


class CheckpointError(ExplorerError):
    """A checkpoint that cannot be read, or does not fit the data."""


class TrainingError(ExplorerError):
    """Training cannot start, or went wrong on its way."""


class SettingsError(ExplorerError):
    """A setting with an unknown name, a wrong type or a value out of range."""


class EnvironmentFault(ExplorerError):
    """The machine lacks something: a screen, a system library, room on the disk."""
