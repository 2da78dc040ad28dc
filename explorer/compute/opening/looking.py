"""Question: what are pictures of the user's own as samples of the data or model shown?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.compute.question import Question, questions
from explorer.data.dataset import Dataset, Preparation
from explorer.data.pictures.own import Own, OwnPicture, Pasted, Source
from explorer.data.words.naming import named, printable
from explorer.data.words.wording import many
from explorer.errors import DataError
from explorer.task import NO_TASK, Task


@dataclass(frozen=True, eq=False)
class Looked:
    """own: those that can be read. notes: what is said of those that cannot."""

    own: Own
    notes: tuple[str, ...] = ()


@questions.register("look")
@dataclass(frozen=True, eq=False)
class Look(Question[Looked]):
    """Prepare pictures as data of ``preparation`` is. dataset: what they will stand beside."""

    does = "look at the pictures"
    about = ("dataset",)
    lane = "open"
    policy = "replace"

    sources: tuple[Source, ...]
    preparation: Preparation
    dataset: Dataset | None

    def answer(self, task: Task = NO_TASK) -> Looked:
        """All that can be read. Raises DataError where none can: the first one's own."""
        read, bad, first = list[OwnPicture](), list[str](), None
        for i, source in enumerate(self.sources):
            task.check()
            try:
                read.append(prepared(source, self.preparation))
            except DataError as error:
                bad.append(source.name)
                first = first or error
            task.progress((i + 1) / len(self.sources), "looking at pictures")
        if not read:
            raise first or DataError("no picture is named", remedy="give one")
        return Looked(Own(tuple(read)), _said_of(bad))


def prepared(source: Source, preparation: Preparation) -> OwnPicture:
    """One picture as data of that preparation is. Raises DataError."""
    from explorer.data.opening import open_sample, sample_of

    if isinstance(source, Pasted):
        sample, path = sample_of(source.data, source.name, preparation), ""
    else:
        sample, path = open_sample(source, preparation), str(source.absolute())
    return OwnPicture(printable(source.name), sample.whole, preparation, sample.warnings, path)


def _said_of(bad: Sequence[str]) -> tuple[str, ...]:
    what = many(len(bad), "picture cannot be read and is", "pictures cannot be read and are")
    return (f"{what} left out ({named(bad)})",) if bad else ()
