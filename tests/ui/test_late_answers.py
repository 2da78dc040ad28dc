"""Every question that is asked of the background: an answer that comes late is not shown.

Each is asked in the real window and its answer held back; what it is about changes; then the answer
comes, or an error in its place, and nobody hears of it. A question without a scene fails the test.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from explorer.app.background.jobs import Jobs
from explorer.app.planes import PlaneOfRows, plane, planes, rows_of
from explorer.app.state import LayerAppearance
from explorer.compute.question import Question, discover
from explorer.errors import DataError, ExplorerError
from explorer.task import NO_TASK, Task
from explorer.training.record import moment_file
from explorer.training.record.curve import empty
from explorer.training.record.moment import moment_of
from explorer.ui.panels.comparison import ComparisonPanel
from explorer.ui.panels.models import ModelsPanel
from explorer.ui.widgets.sight import Sight
from tests.guards import PATIENCE
from tests.test_architecture import PACKAGE, SOURCES
from tests.ui.desk import CHANGES, Desk
from tests.ui.standing import Standing, standing


@dataclass(frozen=True)
class Scene:
    """does: the question. ask: what the hand does. changes: of what it is about (`CHANGES`)."""

    does: str
    ask: Callable[[Desk], object]
    changes: tuple[str, ...] = ("another model", "another space", "other data")
    kind: str = "vae"
    before: Callable[[Desk], object] = lambda _: None


def _hover(desk: Desk) -> None:
    desk.state.update(hover=3)
    desk.window.plane_area.plane.dwelled.emit(3)


def _use(name: str) -> Callable[[Desk], None]:
    def show(desk: Desk) -> None:
        desk.front("applications")
        desk.choose("application", name)

    return show


def _look(desk: Desk) -> None:
    picture = Path(desk.window._settings.fileName()).with_name("own.png")
    Image.fromarray(np.full((8, 8), 99, np.uint8)).save(picture)
    desk.window.session.look_at(picture)


def _copy_place(desk: Desk) -> None:
    context = replace(desk.window.commands.context(), place=np.full(2, 0.5, np.float32))
    desk.window.commands.command("place-copy-picture").act(context)


def _another_model_unseen(desk: Desk) -> None:
    """What is seen in Compare has not been asked for: it is of a model that came while away."""
    desk.state.update(workspace="explore")
    sight = desk.window.findChild(ComparisonPanel).findChild(Sight)
    desk.qtbot.waitUntil(lambda: not sight._seen)
    CHANGES["another model"](desk)


def _show_the_pca_plane(desk: Desk) -> None:
    desk.front("pca")


def _no_matter(_z: object) -> None:
    """The test hears of it."""


def _evidence(desk: Desk) -> None:
    desk.front("evidence")


def _away(desk: Desk) -> None:
    """Two moments of a training that lie in files."""
    now, folder = desk.state.now, Path(desk.window._settings.fileName()).with_name("moments")
    assert now.model is not None and now.codes is not None
    moments = (moment_of(i, float(i), now.model, now.codes) for i in range(2))
    away = tuple(moment_file.write(folder, "run", moment).released() for moment in moments)
    desk.state.update(moments=away, curve=empty(2, 3))


def _measured(desk: Desk) -> None:
    _evidence(desk)
    desk.press("measureButton")
    desk.settle()


def _compare_models(desk: Desk) -> None:
    desk.window.findChild(ModelsPanel).compare_with("digits")


SCENES = {
    "moment": Scene(
        "go back to that moment of the training", lambda desk: desk.window.session.show_moment(0),
        ("another moment", "another model", "other data"), before=_away,
    ),
    "decode": Scene(
        "decode z",
        lambda desk: desk.state.update(z=np.full(2, 0.5, np.float32)),
        ("another model", "another space", "other data", "other axes"),
    ),
    "decode linearly": Scene(
        "decode a point of the PCA plane",
        lambda desk: desk.window.session.move_in("pca", (0.5, 0.5)),
        ("another model", "another space", "other data", "other axes"),
    ),
    "place": Scene(
        "find where latent vectors lie in a plane",
        lambda desk: desk.state.update(mark_a=np.ones(len(desk.state.now.z), np.float32)),
        ("another model", "another space", "other data", "other axes"),
        before=_show_the_pca_plane,
    ),
    "encode cursor": Scene(
        "find the z of the cursor", lambda desk: desk.window.session.move_in("halves", (0.5, 0.5)),
    ),
    "unproject": Scene(
        "find the z of a place",
        lambda desk: desk.window.planes["pca"].unproject([(0.5, 0.5)], _no_matter),
        ("another model", "another space", "other data"),
    ),
    "compare": Scene(
        "reconstruct the selected sample",
        lambda desk: desk.select(3),
        ("another sample", "no sample", "another model", "another space", "other data"),
    ),
    "typical": Scene(
        "reconstruct typical samples", lambda desk: desk.front("comparison"),
        ("another space", "other data"), before=_another_model_unseen,
    ),
    "compare own": Scene(
        "reconstruct the own picture", _look, ("another model", "another space", "other data"),
    ),
    "hover": Scene(
        "measure the sample under the pointer", _hover,
        ("another point", "another model", "other data"),
    ),
    "encode": Scene(
        "find the codes", lambda desk: desk.window.session.encode(),
        ("another model", "another space", "other data"),
    ),
    "pca": Scene(
        "find the principal components", Desk.open, ("other data", "nothing")
    ),
    "binarise": Scene(
        "binarise the data", lambda desk: desk.window.session.binarise("fixed"),
        ("other data", "a training"),
    ),
    "go to": Scene(
        "find the code of the sample", lambda desk: desk.window.session.go_to(3),
        ("another sample", "another place", "another model", "another space", "other data"),
        before=lambda desk: desk.state.update(codes=None),
    ),
    "montage": Scene(
        "draw the data", lambda desk: desk.state.update(model=None, codes=None), ("other data",),
    ),
    "look": Scene("look at the pictures", _look, ("other data",)),
    "usual": Scene("measure what is usual", _look),
    "decode tiles": Scene(
        "draw the decoded plane", lambda desk: desk.window.plane_area.plane.zoom(2.0),
        before=_show_the_pca_plane,
    ),
    "decode a place": Scene("decode the place", _copy_place),
    "decode a line": Scene("draw the pictures along z", Desk.another, kind="line"),
    "path pictures": Scene(
        "draw the pictures along the path", Desk.lay,
        ("another path", "no path", "another model", "another space", "other data"),
    ),
    "path survey": Scene(
        "measure the path", Desk.lay, ("another path", "no path", "other codes", "other data"),
        before=lambda desk: desk.lay(1),
    ),
    "path route": Scene(
        "find a way over the codes", lambda desk: desk.lay(0, "neighbours"),
        ("another path", "no path", "other codes", "another model", "another space", "other data"),
    ),
    "prior": Scene(
        "find the prior's contours", Desk.another, kind="gmm-vae",
        before=lambda desk: desk.state.update(layers={"contours": LayerAppearance()}),
    ),
    "measure": Scene(
        "measure the evidence", lambda desk: desk.press("measureButton"), before=_evidence
    ),
    "bracket": Scene(
        "measure the upper bound on the evidence", lambda desk: desk.press("boundAboveButton"),
        kind="deep", before=_measured,
    ),
    "compare models": Scene(
        "measure both models", _compare_models, before=lambda desk: desk.front("models"),
    ),
    "anomalies": Scene(
        "find anomalies", lambda desk: desk.press("usesButton"), before=_use("Find anomalies")
    ),
    "few labels": Scene(
        "measure with few labels", lambda desk: desk.press("usesButton"),
        before=_use("Use few labels"),
    ),
    "restore": Scene(
        "restore the sample", lambda desk: desk.select(3),
        ("another sample", "no sample", "another model", "another space", "other data"),
        before=_use("Remove noise"),
    ),
    "generate": Scene(
        "draw samples", lambda desk: desk.press("drawButton"),
        before=lambda desk: desk.choose("sampler", "From the prior"),
    ),
    "generate around": Scene(
        "draw samples", lambda desk: desk.press("drawButton"),
        ("another sample", "no sample", "another model", "other data"),
        before=lambda desk: (desk.select(3), desk.choose("sampler", "Around the selected")),
    ),
    "sample errors": Scene(
        "measure the samples' errors", Desk.another,
        before=lambda desk: desk.choose("samplesOrder", "Greatest error first"),
    ),
    "codes": Scene(
        "count the codes",
        lambda desk: desk.state.update(codes=desk.model(desk.state.now.dataset)["codes"]),
        kind="vq-vae", before=lambda desk: desk.front("codes"),
    ),
    "palette": Scene(
        "draw the codes", lambda desk: desk.state.update(z=np.ones(4, np.float32)),
        kind="vq-vae", before=lambda desk: (desk.front("codes"), desk.settle()),
    ),
}  # fmt: skip


@dataclass
class Late:
    """Holds the next job that does a thing, and writes down who hears of it."""

    does: str = ""
    real: bool = False
    fails: bool = False
    caught: bool = False
    heard: list[str] = field(default_factory=list)
    began: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def wrapped(self, work: Callable[[Task], Any], more: dict[str, Any]) -> Callable[[Task], Any]:
        """``work``, held; it does not hear that it is cancelled: that comes too late."""
        self.caught = True
        for name in ("done", "partial", "failed"):
            more[name] = self._ear(name, more.get(name))

        def held(task: Task) -> object:
            self.began.set()
            self.opened.wait(PATIENCE)
            if self.fails:
                raise DataError("of what is no longer shown")
            task.partial(None)
            return work(NO_TASK) if self.real else None

        return held

    def _ear(self, name: str, call: Callable[[Any], object] | None) -> Callable[[Any], None]:
        def hear(value: object) -> None:
            self.heard.append(name)
            if self.real and name == "done" and call is not None:
                call(value)

        return hear


@pytest.fixture(scope="module")
def halves() -> Iterator[None]:
    """A kind of plane of rows that can be moved and has no picture of its own at its cursor."""

    @plane("halves")
    class Halves(PlaneOfRows):
        title = "Brightness of the two halves"

        def lay(self, now: Any, rows: Any) -> Any:
            half = rows.shape[1] // 2
            return np.column_stack([rows[:, :half].mean(1), rows[:, half:].mean(1)])

        def unproject_rows(self, now: Any, points: Any) -> Any:
            return np.repeat(points, rows_of(now).shape[1] // 2, axis=1)

    yield
    del planes._members["halves"]


@pytest.fixture(scope="module")
def opened(qapp: Any, halves: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """The window of all the tests below."""
    with standing(tmp_path_factory.mktemp("settings")) as made:
        yield made


@pytest.fixture
def desk(opened: Standing, qtbot: Any) -> Desk:
    return Desk(opened.begin(), qtbot)


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Late]:
    """Hold the next job that does what is given."""
    now = Late()
    run = Jobs.run

    def wrapping(jobs: Jobs, key: str, work: Callable[[Task], Any], **more: Any) -> None:
        if more.get("does", key) == now.does and not now.caught:
            work = now.wrapped(work, more)
        run(jobs, key, work, **more)

    def begin(does: str, **more: bool) -> Late:
        nonlocal now
        now = Late(does, **more)
        return now

    monkeypatch.setattr(Jobs, "run", wrapping)
    return begin


def test_every_question_has_a_scene() -> None:
    """Of those that the window asks; a command alone waits for its answer."""
    about = {kind.does for kind in discover() if kind.about and _asks(kind)}
    assert about == {scene.does for scene in SCENES.values()}


def _asks(kind: type[Question[Any]]) -> bool:
    """Whether a file of the window names it."""
    window = [path for path in SOURCES if path.relative_to(PACKAGE).parts[0] in ("app", "ui")]
    word = re.compile(rf"from {kind.__module__} import .*\b{kind.__name__}\b")
    return any(word.search(path.read_text(encoding="utf-8")) for path in window)


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_a_late_answer_is_not_shown(
    scene: Scene, desk: Desk, hold: Callable[..., Late], qtbot: Any
) -> None:
    said: list[ExplorerError] = []
    desk.window.jobs.failed.connect(said.append)

    def ask(change: str, **more: bool) -> Late:
        desk.begin(scene.kind)
        scene.before(desk)
        desk.settle()
        late = hold(scene.does, **more)
        scene.ask(desk)
        qtbot.waitUntil(late.began.is_set)
        if change:
            CHANGES[change](desk)
        late.opened.set()
        desk.settle()
        return late

    assert ask("", real=True).heard  # the scene asks, and would be answered
    said.clear()
    for change in scene.changes:
        for fails in (False, True) if change == scene.changes[0] else (False,):
            assert ask(change, fails=fails).heard == [], f"{change}: an answer of before"
    assert said == []
