"""Whether there is a screen to show a window on, and Qt's libraries to do it. No Qt here.

``python -m explorer.ui.startup.screen`` prints what is missing and exits with 1, or says nothing.
"""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from explorer.errors import EnvironmentFault

# Found with ldd on Qt's platform plugins; apt brings what these depend on themselves.
FOR_QT = ("libegl1", "libgl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libglib2.0-0")
FOR_X11 = (
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxkbcommon-x11-0",
)  # fmt: skip
APT = "apt install " + " ".join(FOR_QT + FOR_X11)

WITHOUT = "take the tour instead (latent-explorer tour --out DIR), or use xvfb-run"
_PROBE_SECONDS = 2.0


def missing_screen(
    env: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> EnvironmentFault | None:
    """What keeps a window from being shown, or None. Never waits longer than two seconds."""
    chosen = env.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if not platform.startswith("linux") or chosen not in ("", "xcb", "wayland", "wayland-egl"):
        return None
    wayland, display = env.get("WAYLAND_DISPLAY"), env.get("DISPLAY")
    if wayland and (Path(env.get("XDG_RUNTIME_DIR", "/run")) / wayland).is_socket():
        return None
    if not display:
        return EnvironmentFault("there is no screen to show a window on", remedy=WITHOUT)
    return None if _answers(display) else unreachable(display)


def unreachable(display: str) -> EnvironmentFault:
    """The fault of a display that is named but does not let us in."""
    return EnvironmentFault(
        "the screen does not answer", where=f"DISPLAY={display}", remedy=WITHOUT
    )


def missing_library(error: ImportError | str) -> EnvironmentFault:
    """Qt's complaint about a shared library as a sentence with the remedy."""
    text = str(error)
    library = re.search(r"(lib[\w.+-]+\.(?:so[\d.]*|dylib)|[\w.-]+\.dll)", text)
    if library is None and isinstance(error, ModuleNotFoundError):
        return EnvironmentFault(
            f"{error.name} is not installed", remedy="pip install latent-space-explorer"
        )
    name = library.group(1) if library else "a system library"
    return EnvironmentFault(
        f"Qt cannot start because {name} is missing",
        remedy=f"install the system's graphics libraries (Debian, Ubuntu: {APT})",
        details=text,
    )


def _answers(display: str) -> bool:
    """Whether there is a server behind a DISPLAY such as ":0", "host:10.0" or "unix:1".

    The sockets of this machine are looked for, not tried: an X server without other clients starts
    over when one leaves, and turns away whoever comes meanwhile. That would be Qt.
    """
    match = re.fullmatch(r"(?P<host>.*):(?P<number>\d+)(\.\d+)?", display)
    if match is None:
        return False
    host, number = match["host"], int(match["number"])
    if host in ("", "unix"):
        name = f"/tmp/.X11-unix/X{number}"  # noqa: S108 where X servers have always listened
        return Path(name).is_socket() or f"@{name}" in _sockets_without_a_file()
    return any(
        _connects(family, (host, 6000 + number)) for family in (socket.AF_INET, socket.AF_INET6)
    )


def _sockets_without_a_file() -> list[str]:
    try:
        return Path("/proc/net/unix").read_text(errors="replace").split()
    except OSError:
        return []


def _connects(family: socket.AddressFamily, address: tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(_PROBE_SECONDS / 2)
            probe.connect(address)
            return True
    except (OSError, OverflowError):
        return False


def _main() -> int:
    fault = missing_screen()
    if fault is not None:
        sys.stdout.write(f"{fault.what}\n")
    return 0 if fault is None else 1


if __name__ == "__main__":
    sys.exit(_main())
