"""From what was typed to the data of a model."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from explorer.data.choices import NO_CHOICES, ChoiceRefused, Choices, remembered
from explorer.errors import DataError
from explorer.models.config import ModelSnapshot
from explorer.terminal.console import Console

if TYPE_CHECKING:
    from explorer.data.dataset import Dataset


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
