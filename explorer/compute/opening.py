"""From a name or a path to data, a model, or both; and one picture to look at."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.compute.live import encode_rows
from explorer.data.dataset import Dataset, Floats
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import Task


@dataclass(frozen=True, eq=False)
class OpenRequest:
    """A bundled name, a data set's path or a checkpoint folder."""

    source: str


@dataclass(frozen=True, eq=False)
class Opened:
    """What was found: a data set, a model, or both. notes: sentences for the message bar."""

    source: str
    dataset: Dataset | None
    model: ModelSnapshot | None
    codes: Codes | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class LookRequest:
    """Encode the picture file ``path`` with ``model``."""

    path: str
    model: ModelSnapshot


@dataclass(frozen=True, eq=False)
class Look:
    """z: (d,) the posterior mean of a picture file. notes: what was done so that it fits."""

    path: str
    model_id: str
    z: Floats
    notes: tuple[str, ...] = ()


def open_source(request: OpenRequest, task: Task) -> Opened:
    """Open data, or a checkpoint with the data it names; a bundled set brings its model along."""
    from explorer.data import opening
    from explorer.models import checkpoint

    source = request.source
    if checkpoint.is_checkpoint(source):
        return _open_checkpoint(source, task)
    dataset = opening.open_dataset(source, task)
    folder = checkpoint.bundled().get(source)
    if folder is None:
        return Opened(source, dataset, None, None, dataset.warnings)
    model = checkpoint.load(folder)
    return Opened(source, dataset, model, checkpoint.load_codes(folder, dataset), dataset.warnings)


def _open_checkpoint(folder: str, task: Task) -> Opened:
    from explorer.data import opening
    from explorer.errors import DataError
    from explorer.models import checkpoint

    model = checkpoint.load(folder)
    named = str(model.data.get("source", ""))
    try:
        dataset = opening.open_dataset(named, task, preparation=model.preparation)
    except DataError as error:
        return Opened(folder, None, model, None, (f"the model's data is not here: {error}",))
    codes = checkpoint.load_codes(folder, dataset)
    return Opened(folder, dataset, model, codes, dataset.warnings)


def look(request: LookRequest, task: Task) -> Look:
    """Where the model puts one picture file, prepared as its data was."""
    from explorer.data import opening

    preparation = request.model.preparation
    sample = opening.open_sample(request.path, preparation)
    z = encode_rows(request.model, sample.row[None], preparation.levels)[0][0]
    return Look(request.path, request.model.id, z, sample.warnings)
