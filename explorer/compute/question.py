"""A question to a model or to data: a frozen value that says what it is about, and answers itself.

A new question is one file of this package that registers a `Question`, with the type of its answer.
The window asks it through `app.background.answers`; a command calls ``answer`` and writes what it
gives.

    @questions.register("mean")
    @dataclass(frozen=True, eq=False)
    class FindMean(Question[float]):
        \"\"\"The mean of one feature.\"\"\"

        does = "find the mean"
        about = ("dataset",)

        dataset: Dataset
        feature: int = config.setting(0, "Feature", "Which one")

        def answer(self, task: Task = NO_TASK) -> float:
            return float(self.dataset.x[..., self.feature].mean())
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Generic, Literal, Self, TypeVar

import msgspec

from explorer import config
from explorer.errors import SettingsError
from explorer.registry import Registry
from explorer.task import NO_TASK, Task

A = TypeVar("A")

Policy = Literal["latest", "replace", "queue"]


@dataclass(frozen=True, eq=False)
class Question(Generic[A]):
    """What every question has.

    name: given by the registry. does: what it does, as words after "could not" and "Measuring: "
    are ("find anomalies"). about: those of its fields that are its subject, each called as the
    field of the state that it must be identical with; once one is not, nobody hears the answer.

    lane: where it is answered (`app.background.lanes`). group: questions of one group take each
    other's place; "" stands for its name. policy: how: "latest" leaves the one that runs and drops
    those that wait, "replace" cancels it too, "queue" lets all be answered. quiet: too short to be
    shown as busy. keeps: writes what the user would miss. cached: so slow that its answer is kept,
    to be there at once when the same is asked again; then it depends on its fields alone.
    """

    name: ClassVar[str] = ""
    does: ClassVar[str] = ""
    about: ClassVar[tuple[str, ...]] = ()
    lane: ClassVar[str] = "compute"
    group: ClassVar[str] = ""
    policy: ClassVar[Policy] = "latest"
    keeps: ClassVar[bool] = False
    cached: ClassVar[bool] = False

    @property
    def quiet(self) -> bool:
        """Whether it is too short to be shown as busy."""
        return False

    @property
    def subject(self) -> dict[str, object]:
        """What it is about: names of fields of the state, and what they must hold."""
        return {name: getattr(self, name) for name in self.about}

    def answer(self, task: Task = NO_TASK) -> A:
        """The answer, found in the calling thread. Raises ExplorerError where there is none."""
        raise NotImplementedError

    # -- settings ---------------------------------------------------------------------------

    def settings(self) -> dict[str, Any]:
        """Its fields made by `config.setting`, as JSON has them."""
        return {s.name: config.to_json(getattr(self, s.name)) for s in settings_of(type(self))}

    def with_settings(self, given: Mapping[str, Any]) -> Self:
        """A copy with other settings, from JSON. Raises SettingsError."""
        hints = {s.name: s.type for s in settings_of(type(self))}
        unknown = sorted(given.keys() - hints.keys())
        if unknown:
            raise SettingsError(
                f"{self.name} has no setting called {unknown[0]!r}",
                remedy=f"choose one of {', '.join(hints)}",
            )
        made = replace(self, **{name: _read(name, hints[name], v) for name, v in given.items()})
        config.check(made)
        return made


def settings_of(kind: type[Question[Any]]) -> list[config.Setting]:
    """The settings of a kind of question, for forms and flags."""
    return config.settings_of(kind)


def _read(name: str, kind: Any, value: Any) -> Any:
    try:
        return msgspec.convert(value, kind)  # strictly: "3" is no number
    except msgspec.ValidationError as error:
        raise SettingsError(
            f"{name} = {value!r} does not fit", remedy="correct its value"
        ) from error


class Questions(Registry[type[Question[Any]]]):
    """All kinds of questions by their names."""

    def register(self, name: str) -> Callable[[type[Question[Any]]], type[Question[Any]]]:
        """Decorator: ``@questions.register("anomalies")``. Raises ValueError if it is taken."""
        add = super().register(name)

        def named(kind: type[Question[Any]]) -> type[Question[Any]]:
            kind.name = name
            return add(kind)

        return named


questions = Questions("question")


def discover() -> list[type[Question[Any]]]:
    """All questions there are, in the order of their names."""
    questions.discover("explorer.compute")
    return [questions[name] for name in sorted(questions)]
