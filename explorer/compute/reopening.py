"""The data shown, opened again with another binarisation."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.data.dataset import Dataset
from explorer.task import Task


@dataclass(frozen=True, eq=False)
class BinariseRequest:
    """Open the source of ``dataset`` with ``binarisation``: none, fixed or dynamic."""

    dataset: Dataset
    binarisation: str


def binarise(request: BinariseRequest, task: Task) -> Dataset:
    """The same samples in the same order and split, with other values."""
    from explorer.data import opening

    dataset = request.dataset
    return opening.open_dataset(
        dataset.source, task, binarisation=request.binarisation, choices=dataset.choices
    )
