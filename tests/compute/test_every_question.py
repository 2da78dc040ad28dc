"""Every question there is, and every one that is added: asked about toys in a lane of its own.

It answers, the same twice; it stops at the first check after it is cancelled; and it leaves no
thread, no file and no module behind.
"""

from __future__ import annotations

import dataclasses
import gc
import re
import tempfile
import threading
import weakref
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from torch import nn

from explorer import paths
from explorer.compute.question import Question, discover
from explorer.errors import Cancelled
from explorer.task import Task
from tests.compute import toys
from tests.compute.toys import toy
from tests.guards import PATIENCE

Kind = type[Question[Any]]
EVERY = [pytest.param(kind, id=kind.name) for kind in discover()]
SHORT = {  # questions that never check, though they are shown as busy, and why
    "decode a place": "it is one picture",
    "save": "a folder is saved whole",
}
ENDS_WELL = {  # those that a cancel ends with an answer: what there is so far
    "linear truth": "the curve so far is shown",
    "train": "what is learned is kept",
}
OF_THE_RUN = {"seconds", "samples_per_second", "id", "model_id", "date", "run"}  # differ each time


class Checked(Task):
    """Counts its checks; it is cancelled as the one with the number ``at`` is made.

    stopped: how often each thread was told to stop; one that works for another may be told again.
    """

    def __init__(self, at: int = 0) -> None:
        super().__init__()
        self.checks, self._at = 0, at
        self.stopped: Counter[str] = Counter()

    def check(self) -> None:
        """As any, and counted."""
        self.checks += 1
        if self.checks == self._at:
            self.cancel()
        try:
            super().check()
        except Cancelled:
            self.stopped[threading.current_thread().name] += 1
            raise


@pytest.fixture(autouse=True)
def _modules_and_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails where a module lives on, or a temporary file lies there still."""
    alive: weakref.WeakSet[nn.Module] = weakref.WeakSet()
    begin, temporary = nn.Module.__init__, tmp_path / "temporary"
    toys.warm()

    def noted(module: nn.Module, *arguments: Any, **more: Any) -> None:
        begin(module, *arguments, **more)
        alive.add(module)

    temporary.mkdir()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(nn.Module, "__init__", noted)
    yield
    if alive:
        gc.collect()  # one in a reference cycle is garbage, not a leak
    assert not [type(module).__name__ for module in alive], "a module outlives its lane"
    left = [*temporary.iterdir(), *(tmp_path / "here").iterdir()]
    assert not [path for path in left if not path.name.startswith("torch")], "a file is left behind"


def asked(question: Question[Any], task: Task) -> Any:
    """The answer, found in a thread that ends with it; raises what ``answer`` raises."""
    ends: list[Any] = []

    def work() -> None:
        try:
            ends.append(question.answer(task))
        except BaseException as problem:  # noqa: BLE001 - raised below, in the test
            ends.append(problem)

    lane = threading.Thread(target=work, name="asking")
    lane.start()
    lane.join(PATIENCE)
    (end,) = ends
    if isinstance(end, BaseException):
        raise end.with_traceback(None)  # its frames hold what the lane worked with
    return end


@cache
def checks_of(kind: Kind) -> int:
    """How often a question of that kind checks whether it is to stop."""
    task = Checked()
    with tempfile.TemporaryDirectory() as folder:
        asked(toy(kind, Path(folder)), task)
    return task.checks


def in_folder(tmp_path: Path, name: str) -> Path:
    made = tmp_path / name
    made.mkdir()
    return made


def files_in(*folders: Path) -> dict[Path, int]:
    """What lies there, with the time of its last change."""
    found = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {path: path.stat().st_mtime_ns for path in found}


@pytest.mark.parametrize("kind", EVERY)
def test_it_answers_the_same_twice_and_writes_only_to_keep(kind: Kind, tmp_path: Path) -> None:
    answers = []
    for name in ("one", "two"):
        folder = in_folder(tmp_path, name)
        question = toy(kind, folder)
        before = files_in(folder, paths.runs(), paths.cache())
        answers.append(told(asked(question, Task()), folder))
        after = files_in(folder, paths.runs(), paths.cache())
        kept = kind.keeps or kind.name == "prune"
        assert kept or after == before, f"{kind.name!r} has written a file, and does not say so"
    one, two = answers
    assert one is not None and one == two


@pytest.mark.parametrize("kind", EVERY)
def test_it_stops_at_the_first_check_after_a_cancel(kind: Kind, tmp_path: Path) -> None:
    checks = checks_of(kind)
    if not checks:
        assert kind.name in SHORT or toy(kind, tmp_path).quiet, (
            f"the question {kind.name!r} never calls task.check(), so it cannot be stopped: "
            "let it check, or be quiet, or say in SHORT why it need not"
        )
        return
    assert kind.name not in SHORT, f"{kind.name!r} does check: take it out of SHORT"
    for at in {1, (checks + 1) // 2, checks}:
        folder = in_folder(tmp_path, str(at))
        question, task = toy(kind, folder), Checked(at)
        before = files_in(folder, paths.runs())
        if kind.name in ENDS_WELL:
            with suppress(Cancelled):
                assert asked(question, task).stopped or at == checks
            continue
        with pytest.raises(Cancelled):
            asked(question, task)
        assert task.stopped["asking"] <= 1, f"it was cancelled at check {at} and went on"
        assert files_in(folder, paths.runs()) == before, "what was cancelled has left a file"


def test_every_exception_is_of_a_question_that_there_is() -> None:
    names = {kind.name for kind in discover()}
    assert {*SHORT, *ENDS_WELL} <= names


@pytest.mark.parametrize("kind", EVERY)
def test_what_it_does_is_read_in_a_sentence(kind: Kind) -> None:
    """As in "could not find anomalies: ..." and in the progress area."""
    verb, *rest = kind.does.split()
    assert verb.islower() and not re.search(r"(ing|[^s]s|ed)$", verb), kind.does
    assert len(kind.does) <= 40 and all(rest) and kind.does == " ".join((verb, *rest))


def test_no_two_questions_say_that_they_do_the_same() -> None:
    said = [kind.does for kind in discover()]
    assert sorted(set(said)) == sorted(said)


def told(value: Any, folder: Path) -> Any:
    """An answer as plain values that can be compared, without what is of one run alone."""
    if isinstance(value, np.ndarray):
        return (value.dtype.str, value.shape, value.tobytes())
    if isinstance(value, (str, Path)):
        return str(value).replace(str(folder), "")
    if isinstance(value, Mapping):
        return {key: told(v, folder) for key, v in value.items() if key not in OF_THE_RUN}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return told(vars(value), folder)
    if isinstance(value, Sequence):
        return [told(v, folder) for v in value]
    if isinstance(value, Callable):  # type: ignore[arg-type]
        return "a function"
    return repr(value)


def test_a_field_of_which_there_is_no_toy_is_named(tmp_path: Path) -> None:
    @dataclasses.dataclass(frozen=True, eq=False)
    class Weigh(Question[float]):
        """The weight of an elephant."""

        elephant: object

    with pytest.raises(pytest.fail.Exception, match=r"'elephant'.*toys\.py"):
        toy(Weigh, tmp_path)
