"""The library that looks references up on this machine, in a lane."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from explorer import paths
from explorer.compute.opening.looking import prepared
from explorer.compute.references import (
    DataReference,
    ModelReference,
    OwnPictureReference,
    OwnReference,
)
from explorer.data.dataset import Dataset
from explorer.data.pictures.own import Own, OwnPicture
from explorer.errors import CheckpointError, DataError
from explorer.models.allowed import check_preparation
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task


class LocalLibrary:
    """A `explorer.compute.references.Library` of the files here; what has changed is not found."""

    def __init__(self, task: Task = NO_TASK) -> None:
        self._task = task

    def dataset(self, reference: DataReference) -> Dataset:
        """Opened as it was. Raises DataError where its content is another one now."""
        from explorer.data.opening import open_dataset

        check_preparation(reference.preparation)
        data = open_dataset(
            reference.source, self._task,
            preparation=reference.preparation, choices=reference.choices,
        )  # fmt: skip
        if data.content_hash != reference.hash:
            raise DataError(
                "it holds other data now", where=reference.source, remedy="bring the old one back"
            )
        return data

    def model(self, reference: ModelReference) -> ModelSnapshot:
        """Read from its folder. Raises CheckpointError where that holds other weights now."""
        from explorer.models import checkpoint

        if reference.path is None:
            raise CheckpointError(
                "it was never saved", where=reference.name, remedy="save models that are to last"
            )
        own = paths.checkpoints() / reference.bundled
        folder = own if reference.bundled else Path(reference.path)
        with _looked_for(folder):
            model = checkpoint.load(folder)
        if model.id != reference.id:
            raise CheckpointError(
                "it holds other weights now", where=folder, remedy="bring the old ones back"
            )
        return model

    def own(self, reference: OwnReference) -> Own:
        """Those that are still there; the one that was looked at, or else the first."""
        check_preparation(reference.preparation)
        found = dict[int, OwnPicture]()
        for i, picture in enumerate(reference.pictures):
            self._task.check()
            with _looked_for(Path(picture.path)):
                if picture.path and Path(picture.path).is_file():
                    found[i] = _looked_at(picture, reference)
        if not found:
            raise DataError(
                "they are not in files that are still there",
                where=", ".join(picture.name for picture in reference.pictures),
                remedy="look at them again",
            )
        order = list(found)
        at = order.index(reference.at) if reference.at in found else 0
        return Own(tuple(found.values()), at)


@contextmanager
def _looked_for(path: Path) -> Iterator[None]:
    """What the system refuses to look for is not found. Raises DataError."""
    try:
        yield
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error  # too long a name, or one with a zero in it
        raise DataError(f"it cannot be looked for: {why}", where=path) from error


def _looked_at(picture: OwnPictureReference, reference: OwnReference) -> OwnPicture:
    seen = prepared(Path(picture.path), reference.preparation)
    return seen.inverted if picture.inverted else seen
