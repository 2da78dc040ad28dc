"""The data shown, opened again with another binarisation, and where its model puts it."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.compute.analyses.encode import FindCodes
from explorer.data.dataset import Dataset
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import Task


@dataclass(frozen=True, eq=False)
class BinariseRequest:
    """Open the source of ``dataset`` with ``binarisation``: none, fixed or dynamic."""

    dataset: Dataset
    binarisation: str
    model: ModelSnapshot | None = None


@dataclass(frozen=True, eq=False)
class Reopened:
    """The data, and the codes that ``BinariseRequest.model`` gives it, where there is one."""

    dataset: Dataset
    codes: Codes | None


def binarise(request: BinariseRequest, task: Task) -> Reopened:
    """The same samples in the same order and split, with other values.

    All or nothing: a cancelled one leaves no data whose codes are still to be found.
    """
    from explorer.data import opening

    shown, how = request.dataset, request.binarisation
    dataset = opening.open_dataset(shown.source, task, binarisation=how, choices=shown.choices)
    model = request.model
    codes = None if model is None else FindCodes(model, dataset).answer(task)
    return Reopened(dataset, codes)
