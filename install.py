"""Installs this checkout into the Python that runs it: pip's work and progress, less its noise.

    .venv/bin/python install.py             what the program needs
    .venv/bin/python install.py test        what the tests need, too

It says beforehand how large it gets and what becomes of torch. A torch that will do is left alone;
one that will not is left to its owner. It needs nothing but pip.
"""

from __future__ import annotations

import contextlib
import operator
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import IO

HERE = Path(__file__).resolve().parent
CPU, CUDA = "1.5 GB", "5.2 GB"  # on the disk, all in all
ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
NOISE = (b"Requirement already satisfied", b"Looking in ", b"[notice]")
OFFLINE = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|Max retries"
    r"|name resolution|Name or service not known|getaddrinfo failed|unreachable"
)
COMPARE = {
    ">=": operator.ge, "<=": operator.le, "==": operator.eq, "!=": operator.ne,
    ">": operator.gt, "<": operator.lt,
}  # fmt: skip


def main(extras: list[str]) -> int:
    """The exit code: 0 done, 1 could not be done, 130 interrupted."""
    wanted, found = wanted_torch(), installed_torch()
    if found and not fits(found, wanted):
        return refuse(unfit(found, wanted))
    say(
        plan(found, wanted) if not extras else f"Installing what is needed for: {', '.join(extras)}"
    )
    try:
        code, errors = pip(f".[{','.join(extras)}]" if extras else ".")
    except KeyboardInterrupt:
        refuse("stopped: the same command goes on from here")
        return 130
    if code:
        return refuse(OFFLINE_SAYS if OFFLINE.search(errors) else errors.strip())
    return 0


# -- torch ------------------------------------------------------------------------------------


def wanted_torch() -> str:
    """The range of pyproject.toml, such as "torch>=2.10,<2.14"."""
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(next(line for line in project["dependencies"] if re.match(r"torch\b", line)))


def installed_torch() -> str:
    """The version that is here, such as "2.13.0+cpu"; "" for none."""
    with contextlib.suppress(metadata.PackageNotFoundError):
        return metadata.version("torch")
    return ""


def fits(version: str, wanted: str) -> bool:
    """Whether a version lies in the range: ``fits("2.13.0+cpu", "torch>=2.10,<2.14")``."""
    bounds = re.findall(r"([<>=!]=?)\s*([\d.]+)", wanted)
    return all(COMPARE[sign](release(version), release(bound)) for sign, bound in bounds)


def release(version: str) -> tuple[int, ...]:
    """(2, 13, 0) of "2.13.0+cpu"."""
    numbers = re.findall(r"\d+", re.split(r"[^\d.]", version, maxsplit=1)[0])
    return (*map(int, numbers), 0, 0, 0)[:3]


def plan(found: str, wanted: str) -> str:
    """What is about to come, and what becomes of torch."""
    said = (
        "Installing what the program needs, by download; the first time this takes some minutes.\n"
    )
    if found:
        return f"{said}torch {found} is here and stays."
    said += f"torch is not here: pip takes the build of {wanted} that it finds for this machine.\n"
    if not sys.platform.startswith("linux"):
        return f"{said}All in all this takes about {CPU} on the disk."
    return (
        f"{said}All in all this takes about {CPU} on the disk with a CPU build of torch, and {CUDA}"
        " with the CUDA build,\nwhich is pip's choice on Linux: README.md says how to spare that."
    )


def unfit(found: str, wanted: str) -> str:
    """Why nothing is done, and the command that would."""
    where = Path(sys.prefix)
    return (
        f"torch {found} is in {where.name}, and the program needs {wanted}: to install would"
        " replace it,\nby a download of 0.2 GB (a CPU build) to 3 GB (CUDA). Replace it yourself:\n"
        f"    {command()} -m pip install '{wanted}'\n"
        "(with the --index-url that torch's installation page names, for another build than pip's"
        " choice),\nand give the same command again; or remove .venv to begin anew"
    )


def command() -> str:
    """How one would type here what runs this."""
    with contextlib.suppress(ValueError):
        return str(Path(sys.executable).relative_to(Path.cwd()))
    return sys.executable


# -- pip --------------------------------------------------------------------------------------

OFFLINE_SAYS = (
    "the package index does not answer: connect to the network, or set PIP_INDEX_URL or PIP_PROXY"
    " to\nwhat leads to one, and give the same command again; what has been downloaded is kept"
)


def pip(what: str) -> tuple[int, str]:
    """Let pip install ``what``, editable: its exit code, and what it complained of."""
    run = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "-e", what]
    env = {"PIP_RETRIES": "2", **os.environ}  # not the minutes that five take without a network
    with tempfile.TemporaryFile() as errors, stream() as (mine, pips):
        with subprocess.Popen(run, cwd=HERE, env=env, stdout=pips, stderr=errors) as process:
            os.close(pips)
            pass_on(mine, sys.stdout.buffer)
        errors.seek(0)
        return process.returncode, errors.read().decode(errors="replace")


@contextlib.contextmanager
def stream() -> Iterator[tuple[int, int]]:
    """Two ends of what pip says: of a terminal where this is one, so that it draws its bars."""
    mine = pips = -1
    if sys.stdout.isatty():
        with contextlib.suppress(OSError, ImportError, AttributeError):
            mine, pips = os.openpty()
    if mine < 0:
        mine, pips = os.pipe()
    try:
        yield mine, pips
    finally:
        os.close(mine)


def pass_on(source: int, out: IO[bytes]) -> None:
    """Copy until the end, at once but for lines of noise; what they tell the terminal is kept."""
    line, shown = b"", 0  # the line so far, and how much of it has been shown
    while piece := read(source):
        for part in piece.splitlines(keepends=True):
            line += part
            said = ESCAPES.sub(b"", line)
            if not any(said.startswith(noise) or noise.startswith(said) for noise in NOISE):
                out.write(line[shown:])
                shown = len(line)
            if line.endswith(b"\n"):
                out.write(b"".join(ESCAPES.findall(line[shown:])))
                line, shown = b"", 0
        out.flush()
    out.write(line[shown:])


def read(source: int) -> bytes:
    """What has come; nothing at the end, which a terminal tells by an error."""
    try:
        return os.read(source, 1 << 16)
    except OSError:
        return b""


# -- words ------------------------------------------------------------------------------------


def say(text: str) -> None:
    """To whoever watches."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def refuse(text: str) -> int:
    """Say why not; 1."""
    sys.stderr.write(f"error: {text.removeprefix('ERROR: ')}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
