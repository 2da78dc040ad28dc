"""explorer.ui.application: the window as a process, with and without a screen."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

RUN = "from explorer.ui.application import run_window; import sys; sys.exit(run_window(None))"
NO_SCREEN = {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is Linux's")


def start(code: str, **env: str) -> subprocess.Popen[str]:
    """Python on ``code`` in a process whose screen is only what ``env`` says."""
    bare = {name: value for name, value in os.environ.items() if name not in NO_SCREEN}
    return subprocess.Popen(
        [sys.executable, "-X", "faulthandler", "-c", textwrap.dedent(code)],
        env={**bare, "PYTHONUNBUFFERED": "1", **env}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def finish(code: str, **env: str) -> tuple[int, str, str]:
    with start(code, **env) as process:
        return communicate(process)


def communicate(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    try:
        out, err = process.communicate()
    except BaseException:  # the test's own limit
        process.kill()
        raise
    return process.returncode, out, err


def close_when(condition: str) -> str:
    """Code that runs the window and closes it as soon as ``condition`` over `window` holds."""
    return f"""
        import sys
        from PySide6.QtCore import QTimer
        from explorer.ui import application, window as module
        opened = module.open_window
        def open_window(*args, **how):
            window = opened(*args, **how)
            def look():
                if {condition}:
                    timer.stop()
                    print("closing on", application.QApplication.platformName())
                    window.close()
            timer = QTimer(window, interval=20)
            timer.timeout.connect(look)
            timer.start()
            return window
        module.open_window = open_window
        sys.exit(application.run_window(None))
    """


@on_linux
@pytest.mark.parametrize("display", [None, ":4096"])
def test_without_a_screen_it_says_so_in_one_line(display):
    code, out, err = finish(RUN, **({"DISPLAY": display} if display else {}))
    assert code == 1
    assert out == ""
    assert err.count("\n") == 1 and err.startswith("error: ")
    assert "latent-explorer tour" in err and "xvfb" in err


def test_nothing_is_collected_while_the_window_is_imported():
    code, out, err = finish(
        """
        import gc, sys
        from explorer.ui.application import run_window
        class Watch:
            def find_spec(self, name, path=None, target=None):
                if name == "explorer.ui.window":
                    print("collects" if gc.isenabled() else "waits")
                    sys.exit(0)
        sys.meta_path.insert(0, Watch())
        run_window(None)
        """,
        QT_QPA_PLATFORM="offscreen",
    )
    assert (code, out) == (0, "waits\n"), err


def skip_without_x11(err: str) -> None:
    """Offscreen, Qt asks for less than on a display."""
    if err.startswith("error: Qt cannot start because"):
        pytest.skip(err.strip())


@pytest.fixture
def display() -> Iterator[str]:
    """A virtual screen of this test's own: another run's may vanish under it."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24"]
    with subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()  # said once it listens
        yield f":{number}"
        server.terminate()


@on_linux
def test_a_display_that_lets_nobody_in_does_not_abort():
    with DeafDisplay() as display:
        code, _, err = finish(RUN, DISPLAY=display)
    skip_without_x11(err)
    assert code == 1
    assert err.count("\n") == 1 and err.startswith("error: the screen does not answer")


def test_closing_the_window_ends_with_0_and_silence():
    alive = "window.state.now.decoded is not None"
    code, out, err = finish(close_when(alive), QT_QPA_PLATFORM="offscreen")
    assert (code, out, err) == (0, "closing on offscreen\n", "")


def test_closing_at_once_ends_with_0_and_silence():
    code, _, err = finish(close_when("True"), QT_QPA_PLATFORM="offscreen")
    assert (code, err) == (0, "")


def test_closing_while_training_ends_with_0_and_silence():
    training = """window.state.now.moments or (
        window.state.now.training == "idle" and window.state.now.decoded is not None
        and window.session.train())"""
    code, _, err = finish(close_when(training), QT_QPA_PLATFORM="offscreen")
    assert (code, err) == (0, "")


@on_linux
def test_the_window_comes_up_on_a_real_display(display):
    code, out, err = finish(close_when("window.isVisible()"), DISPLAY=display)
    skip_without_x11(err)
    assert (code, out) == (0, "closing on xcb\n"), err
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
@pytest.mark.parametrize("times", [1, 5])
def test_ctrl_c_ends_it_with_130(times):
    code = close_when("print('running') or False")
    with start(code, QT_QPA_PLATFORM="offscreen") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "running\n"
        for _ in range(times):
            process.send_signal(signal.SIGINT)
        exit_code, _, err = communicate(process)
    assert (exit_code, err) == (130, "")


def test_an_error_in_a_slot_is_told_and_the_window_lives_on():
    fail_once = """"division" in getattr(window.state.now.message, "text", "") or (
        window.state.now.decoded is not None and not hasattr(window, "failed")
        and (setattr(window, "failed", True) or 1 / 0))"""
    code, _, err = finish(close_when(fail_once), QT_QPA_PLATFORM="offscreen")
    assert code == 0
    assert err.count("\n") == 1 and "ZeroDivisionError: division by zero" in err


def test_a_missing_library_is_a_sentence_not_a_traceback(tmp_path):
    broken = tmp_path / "PySide6"
    broken.mkdir()
    (broken / "__init__.py").write_text("")
    said = "libEGL.so.1: cannot open shared object file: No such file or directory"
    (broken / "QtCore.py").write_text(f"raise ImportError({said!r})")
    path = os.pathsep.join([str(tmp_path), str(Path.cwd())])
    run = [sys.executable, "-m", "explorer"]
    env = {**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(run, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and done.stderr.startswith("error: ")
    assert "libEGL.so.1" in done.stderr and "apt install libegl1" in done.stderr


class DeafDisplay:
    """An X server's socket that hangs up on everyone."""

    def __enter__(self) -> str:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._port = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._hang_up)
        self._thread.start()
        return f"127.0.0.1:{self._port - 6000}"

    def _hang_up(self) -> None:
        while True:
            try:
                self._server.accept()[0].close()
            except OSError:
                return

    def __exit__(self, *_: object) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()
