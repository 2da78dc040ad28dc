"""From what was typed to a model and its data."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.compute.meaning import meaning
from explorer.data.choices import NO_CHOICES, ChoiceRefused, Choices, remembered
from explorer.errors import CheckpointError, DataError
from explorer.models.config import ModelSnapshot
from explorer.terminal.console import Console

if TYPE_CHECKING:
    from explorer.data.dataset import Dataset


def open_checkpoint(given: str) -> ModelSnapshot:
    """The model in the folder ``given``, or the bundled one of that name.

    Raises CheckpointError.
    """
    from explorer.models import checkpoint

    if not given:
        raise CheckpointError(
            "no checkpoint is named, the path is empty",
            remedy=_choice(tuple(checkpoint.bundled())),
        )
    folder, path = meaning(given).folder, Path(given)
    if folder is None and not path.exists():
        raise CheckpointError(
            "there is no such checkpoint", where=given,
            remedy=_choice(tuple(checkpoint.bundled())),
        )  # fmt: skip
    if folder is None and not path.is_dir():
        raise CheckpointError(
            "a checkpoint is a folder, this is a file", where=given, remedy="name the folder"
        )
    return checkpoint.load(path if folder is None else folder)


def open_data(
    given: str,
    console: Console,
    model: ModelSnapshot | None = None,
    *,
    binarisation: str = "none",
    choices: Choices = NO_CHOICES,
) -> Dataset:
    """The data set ``given``, prepared as the model's was; its warnings become notes.

    choices: what is left open in them is read as the model remembers. Without a model they and
    ``binarisation`` are as in `open_dataset`. Raises DataError.
    """
    from explorer.data import opening

    if model is None:
        dataset = opening.open_dataset(
            given, console.task, binarisation=binarisation, choices=choices
        )
    else:
        dataset = _opened_like(model, given, console, choices)
    console.note(*dataset.warnings)
    return dataset


def _opened_like(model: ModelSnapshot, given: str, console: Console, chosen: Choices) -> Dataset:
    """As the model remembers; what it remembers of its own file need not apply to another."""
    from explorer.data import opening

    def opened(kept: Choices) -> Dataset:
        return opening.open_dataset(
            given, console.task, preparation=model.preparation, choices=chosen.over(kept)
        )

    kept = remembered(model.data)
    while True:
        try:
            return opened(kept)
        except ChoiceRefused as refused:
            if refused.choice in chosen.given or refused.choice not in kept.given:
                raise
            kept = kept.without(refused.choice)
            console.note(f"{refused.what}, so what the model remembers of it is left aside")
        except DataError:
            if "label" in chosen.given or "label" not in kept.given:
                raise
            with suppress(DataError):  # the first word on it counts
                dataset = opened(kept.without("label"))
                console.note("there is no label in it where the model's own data had one")
                return dataset
            raise


def open_data_for(
    model: ModelSnapshot, given: str, console: Console, choices: Choices = NO_CHOICES
) -> Dataset:
    """`open_data` for what a model measures on its data; says so where it is other data."""
    dataset = open_data(given, console, model, choices=choices)
    known = model.data.get("hash")
    if known is not None and known != dataset.content_hash:
        console.note(f"this is not the data that the model was trained on ({model.path})")
    return dataset


def _choice(names: tuple[str, ...]) -> str:
    bundled = f", or one of {', '.join(names)}" if names else ""
    return f"name the folder of a saved model{bundled}"
