"""A question that is a command of the terminal, too: what is asked, and what is written of it.

A new one is one file of `explorer.compute.analyses`, called as its command; the terminal finds it
there, makes its help page and its flags of it, and hands ``answer`` the task. What is heavy (numpy,
torch) is imported where it is needed, as a help page needs none of it::

    @questions.register("mean")
    @dataclass(frozen=True, eq=False)
    class FindMean(Analysis[float]):
        \"\"\"Find the mean of one feature.\"\"\"                       # the line that --help shows

        does = "find the mean"
        topic = "measurements"                                    # where --help lists it
        examples = ("mean digits --feature 3",)                   # what can be typed as it stands

        dataset: Dataset                                          # DATA, and how it is read
        feature: int = config.setting(0, "Feature", "Which one.") # --feature N

        def answer(self, task: Task = NO_TASK) -> float: ...

        def report(self, answer: float) -> Report:
            return Report({"mean": answer})
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from explorer.compute.question import Question
from explorer.config import setting
from explorer.data.splits import SPLITS

if TYPE_CHECKING:
    from explorer.export.things import Thing

A = TypeVar("A")


@dataclass(frozen=True)
class Report:
    """What a command prints and writes of an answer.

    values: the JSON object. warnings: sentences that come last in it; None where there is no room
    for any. notes: sentences beside it. thing: what --out writes, made in the kind that is asked
    for. stopped: whether it was interrupted, and this is what there is.
    """

    values: Mapping[str, object]
    warnings: Sequence[str] | None = None
    notes: tuple[str, ...] = ()
    thing: Thing | None = None
    stopped: bool = False


@dataclass(frozen=True, eq=False)
class Analysis(Question[A]):
    """A question whose docstring is a help page, and whose settings are flags.

    Of its fields that are no settings, ``model`` is the word CHECKPOINT and ``dataset`` the word
    DATA; the others have defaults. topic, examples, one_of: as of any command. writes: the faces of
    its report's thing (`explorer.export.things.Thing`), none where nothing is written: --out ends
    as the files that hold one of them do. out: what is written, in a few words; must_write: whether
    it must be given. of_any_data: whether other data than the model's is as good. tabled: the
    values that `table` shows.
    """

    topic: ClassVar[str] = "measurements"
    examples: ClassVar[tuple[str, ...]] = ()
    one_of: ClassVar[tuple[str, ...]] = ()
    writes: ClassVar[tuple[str, ...]] = ()
    out: ClassVar[str] = ""
    must_write: ClassVar[bool] = True
    of_any_data: ClassVar[bool] = False
    tabled: ClassVar[tuple[str, ...]] = ()

    def report(self, answer: A) -> Report:
        """What is printed and written of ``answer``."""
        raise NotImplementedError

    @classmethod
    def table(cls, values: Mapping[str, Any]) -> list[str]:
        """Lines that a person reads in the place of those values that ``tabled`` names."""
        return []

    @classmethod
    def command(cls) -> str:
        """What it is called in a terminal: as its file is, linear_truth is linear-truth."""
        return cls.__module__.rpartition(".")[2].replace("_", "-")


def part_setting() -> Any:
    """The setting ``split``: which part of the data is meant, the held-out one by default."""
    return setting(SPLITS[0], "Part", "Which part of the data.", choices=SPLITS)


def seed_setting(same: str) -> Any:
    """The setting ``seed``. same: what is the same where it is, as in "numbers"."""
    return setting(0, "Seed", f"Same seed, same {same}.", low=0, high=2**31)
