"""What a file says in the place of what is too big for it, and how that is found again.

A reference is JSON by `explorer.config`. A `Library` opens what references name; it raises an
`ExplorerError` for what cannot be found, or is not what it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

from explorer import paths
from explorer.data.choices import NO_CHOICES, Choices
from explorer.data.dataset import Dataset, Preparation
from explorer.data.pictures.own import INVERTED, Own
from explorer.models.config import ModelSnapshot


class Library(Protocol):
    """Where references are looked up. Raises ExplorerError for what is not there."""

    def dataset(self, reference: DataReference) -> Dataset:
        """The data of that content."""
        ...

    def model(self, reference: ModelReference) -> ModelSnapshot:
        """The model of those weights."""
        ...

    def own(self, reference: OwnReference) -> Own:
        """The pictures that are still there, at least one."""
        ...


class Reference(Protocol):
    """A frozen dataclass that stands for a value of the state."""

    @classmethod
    def of(cls, value: Any) -> Self:
        """What names ``value``."""
        ...

    def found(self, library: Library) -> object:
        """The value. Raises ExplorerError."""
        ...


@dataclass(frozen=True)
class DataReference:
    """source: a bundled name or an absolute path. hash: of its content, as it was prepared."""

    name: str
    source: str
    hash: str
    preparation: Preparation
    choices: Choices = NO_CHOICES

    @classmethod
    def of(cls, value: Dataset) -> Self:
        """What opens the same data again."""
        return cls(
            value.name, value.source, value.content_hash, value.preparation, value.choices
        )  # fmt: skip

    def found(self, library: Library) -> Dataset:
        """The data. Raises ExplorerError."""
        return library.dataset(self)


@dataclass(frozen=True)
class ModelReference:
    """id: of its weights. path: its folder, None for one that was never saved.

    bundled: the name of its folder, where it came with the program.
    """

    id: str
    name: str
    path: str | None = None
    bundled: str = ""

    @classmethod
    def of(cls, value: ModelSnapshot) -> Self:
        """What opens the same weights again."""
        name = f"{value.config.preset} of {value.data.get('name', 'some data')}"
        if value.path is None:
            return cls(value.id, name)
        folder = Path(value.path).absolute()
        bundled = folder.name if folder.parent == paths.checkpoints() else ""
        return cls(value.id, name, str(folder), bundled)

    def found(self, library: Library) -> ModelSnapshot:
        """The model. Raises ExplorerError."""
        return library.model(self)


@dataclass(frozen=True)
class OwnPictureReference:
    """A file; path is "" for a picture that was pasted, which cannot be found again."""

    name: str
    path: str
    inverted: bool = False


@dataclass(frozen=True)
class OwnReference:
    """Pictures of the user's own. at: the one that is looked at. preparation: of all of them."""

    pictures: tuple[OwnPictureReference, ...]
    preparation: Preparation
    at: int = 0

    @classmethod
    def of(cls, value: Own) -> Self:
        """Their files."""
        pictures = tuple(
            OwnPictureReference(picture.name, picture.path, INVERTED in picture.notes)
            for picture in value.pictures
        )
        return cls(pictures, value.picture.preparation, value.at)

    def found(self, library: Library) -> Own:
        """The pictures. Raises ExplorerError."""
        return library.own(self)
