"""What every test gets: no screen, no user's settings, one thread; and nothing left behind.

A test fails on a warning, on a Qt message, on an unexpected log record of level ERROR, and on a
thread, running timer or top-level widget that outlives it. None depends on the machine's speed: a
test waits for what happens, as long as it takes, and counts work instead of seconds.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

_HOME = Path(tempfile.mkdtemp(prefix="explorer-tests-"))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
for _name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[_name] = "1"  # before numpy and torch read it
os.environ["HOME"] = os.environ["USERPROFILE"] = str(_HOME)

import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from tests import guards, numbers, values  # noqa: E402

if TYPE_CHECKING:
    from explorer.app.background.jobs import Jobs
    from explorer.app.session import Session
    from explorer.app.state import State


signal.signal(signal.SIGINT, signal.default_int_handler)  # deaf where a shell runs it with "&"
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # deaf under nohup
settings.register_profile(
    "any machine",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("any machine")


def pytest_runtest_setup() -> None:
    """Cycles die on this thread, as in the program: in a lane a widget among them would crash."""
    guards.collect()


def pytest_unconfigure() -> None:
    """Remove the home that the tests lived in."""
    import shutil

    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Settings, data and cache folders that no other test sees; made only when used."""
    home = _HOME / f"{abs(hash(request.node.nodeid)):x}"
    for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))


@pytest.fixture(scope="module", autouse=True)
def _module_keeps_the_rules(request: pytest.FixtureRequest) -> None:
    """Values and numbers of the module that a file tests are as `values` and `numbers` say."""
    module = values.mirrored(request.path)
    if module is None:
        return
    found = [*values.problems(module), *numbers.problems(module, numbers.read())]
    if found:
        pytest.fail("; ".join(found), pytrace=False)


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs an error it did not announce, or leaves something running."""
    with guards.listening() as errors, guards.watching() as leaks:
        yield
    expected = request.node.get_closest_marker("expects_errors") is not None
    problems = leaks + ([] if expected else errors)
    if problems:
        pytest.fail("; ".join(problems), pytrace=False)


@pytest.fixture(autouse=True)
def _no_dialog_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file dialog that a test did not answer fails it: nobody is there to do so."""
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtWidgets import QFileDialog

    for name in ("OpenFileName", "OpenFileNames", "SaveFileName", "ExistingDirectory"):
        monkeypatch.setattr(QFileDialog, f"get{name}", _unanswered)


def _unanswered(*_given: object, **_more: object) -> object:
    raise AssertionError("a file dialog was opened that the test does not answer")


class PatientBot(QtBot):
    """A qtbot whose waits all have the same long limit; one of 0 looks once, as ever."""


def _patient(wait: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(wait)
    def longer(self: QtBot, *args: Any, timeout: int = 5000, **more: Any) -> Any:
        return wait(self, *args, timeout=timeout and round(guards.PATIENCE * 1000), **more)

    return longer


for _name in ("Active", "Exposed", "Signal", "Signals", "Until", "Callback"):
    setattr(PatientBot, f"wait{_name}", _patient(getattr(QtBot, f"wait{_name}")))


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> PatientBot:
    """Pytest-qt's, on a machine of any speed."""
    return PatientBot(request)


@pytest.fixture
def state(qapp: object) -> Iterator[State]:
    """An empty state."""
    from explorer.app.state import State

    made = State()
    yield made
    made.deleteLater()


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    """The door to the background, closed at the end; its threads must end in time."""
    from explorer.app.background.jobs import Jobs

    made = Jobs()
    yield made
    ended = made.close(limit=guards.PATIENCE)
    made.deleteLater()
    assert ended, "a lane did not end within the limit"


@pytest.fixture
def session(state: State, jobs: Jobs) -> Iterator[Session]:
    """The window's verbs over ``state`` and ``jobs``, with nothing opened."""
    from explorer.app.session import Session

    made = Session(state, jobs)
    yield made
    jobs.close(limit=guards.PATIENCE)
    made.deleteLater()
