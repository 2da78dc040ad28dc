"""explorer.ui.startup.screen: is there a screen, and what to say when there is not."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from explorer.ui.startup.screen import missing_library, missing_screen

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="screens are a Linux matter")


def test_without_a_display_the_tour_is_named():
    fault = missing_screen({}, "linux")
    assert fault is not None
    assert "no screen" in str(fault)
    assert "latent-explorer tour" in str(fault) and "xvfb" in str(fault)


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc", "vnc:size=800x600"])
def test_a_platform_that_needs_no_screen_is_believed(platform):
    assert missing_screen({"QT_QPA_PLATFORM": platform}, "linux") is None


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_there_is_always_a_screen(platform):
    assert missing_screen({}, platform) is None


@pytest.mark.parametrize(
    "display", [":4096", "nonsense", "localhost:59000", ":99999999999999", "unix:4096.0", ":"]
)
def test_a_display_that_does_not_answer_is_named(display):
    fault = missing_screen({"DISPLAY": display}, "linux")
    assert fault is not None
    assert f"DISPLAY={display}" in str(fault)


class Silence(socket.socket):
    """A network that swallows what it is sent; ``waited``: seconds given to it in all."""

    waited = 0.0

    def connect(self, address):
        Silence.waited += self.gettimeout()
        raise TimeoutError


def test_a_network_that_swallows_everything_holds_nobody_up(monkeypatch):
    monkeypatch.setattr(Silence, "waited", 0.0)
    monkeypatch.setattr(socket, "socket", Silence)
    assert missing_screen({"DISPLAY": "far.away:0"}, "linux") is not None
    assert 0 < Silence.waited <= 2


def test_a_server_behind_tcp_is_found():
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1] - 6000
        if number < 0:
            pytest.skip("the port drawn is below X11's")
        assert missing_screen({"DISPLAY": f"127.0.0.1:{number}.0"}, "linux") is None


def test_a_server_of_this_machine_is_found_and_left_alone():
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0/tmp/.X11-unix/X4095")
        server.listen()
        server.settimeout(0)
        assert missing_screen({"DISPLAY": ":4095"}, "linux") is None
        with pytest.raises(BlockingIOError):  # nobody has called
            server.accept()
    assert missing_screen({"DISPLAY": ":4095"}, "linux") is not None


def test_a_wayland_socket_is_found(tmp_path):
    env = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert missing_screen(env, "linux") is not None
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-0"))
        assert missing_screen(env, "linux") is None


def test_a_missing_library_is_named_with_the_remedy():
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    said = str(missing_library(error))
    assert "libEGL.so.1 is missing" in said
    assert "apt install libegl1 " in said
    assert "\n" not in said


def test_a_missing_package_is_another_matter():
    error = ModuleNotFoundError("No module named 'PySide6'", name="PySide6")
    assert "PySide6 is not installed" in str(missing_library(error))


def test_make_run_asks_here(monkeypatch):
    env = {"PATH": "/usr/bin", "PYTHONPATH": "."}
    asked = subprocess.run(
        [sys.executable, "-m", "explorer.ui.startup.screen"],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert asked.returncode == 1
    assert asked.stdout == "there is no screen to show a window on\n"
    assert asked.stderr == ""


def test_the_screen_is_judged_without_qt():
    code = "import sys, explorer.ui.startup.screen; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
