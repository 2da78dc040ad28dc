"""``install.py``: what it says of torch, of the network, and of pip's words."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from platformdirs import macos, unix

import install
from explorer.ui.startup import screen

ROOT = Path(__file__).resolve().parents[1]
WANTED = install.wanted_torch()


@pytest.mark.parametrize(
    ("version", "fit"),
    [
        ("2.10.0", True), ("2.13.0+cpu", True), ("2.13.1", True), ("2.10", True),
        ("2.9.1+cu130", False), ("2.14.0", False), ("2.14.0a0+git1", False), ("3.0.0", False),
        ("1.13.1", False),
    ],
)  # fmt: skip
def test_a_range_is_read_as_pip_reads_it(version, fit):
    assert install.fits(version, "torch>=2.10,<2.14") is fit


def test_what_is_wanted_is_what_the_project_says():
    assert re.fullmatch(r"torch>=[\d.]+,<[\d.]+", WANTED)


@pytest.mark.parametrize(("platform", "said"), [("linux", install.CUDA), ("darwin", install.CPU)])
def test_the_size_is_said_beforehand(monkeypatch, platform, said):
    monkeypatch.setattr(sys, "platform", platform)
    text = install.plan("", WANTED)
    assert WANTED in text and said in text
    assert (install.CUDA in text) is (platform == "linux")
    assert "torch 2.13.0+cpu is here and stays" in install.plan("2.13.0+cpu", WANTED)


PIP = """
import os, sys
print("$", *sys.argv[1:])
exec(os.environ["PIP_DOES"])
"""


@pytest.fixture
def run(tmp_path):
    """install.py beside a pip that does as the test says, and says what it was asked for."""
    (tmp_path / "pip").mkdir()
    (tmp_path / "pip" / "__init__.py").touch()
    (tmp_path / "pip" / "__main__.py").write_text(PIP)

    def go(does="pass", *extras, torch=""):
        if torch:
            (tmp_path / f"torch-{torch}.dist-info").mkdir()
            (tmp_path / f"torch-{torch}.dist-info" / "METADATA").write_text(
                f"Metadata-Version: 2.1\nName: torch\nVersion: {torch}\n"
            )
        env = {**os.environ, "PYTHONPATH": str(tmp_path), "PIP_DOES": does}
        words = [sys.executable, str(ROOT / "install.py"), *extras]
        return subprocess.run(words, env=env, capture_output=True, text=True, check=False)

    return go


def test_a_torch_out_of_range_is_left_to_its_owner(run):
    done = run(torch="2.9.1+cu130")
    assert (done.returncode, done.stdout) == (1, "")  # pip was not asked
    said = done.stderr
    assert said.startswith("error: torch 2.9.1+cu130 is in ") and "Traceback" not in said
    assert f"-m pip install '{WANTED}'" in said and "GB" in said


def test_a_torch_in_range_stays(run):
    done = run(torch="2.12.1")
    assert done.returncode == 0
    assert "torch 2.12.1 is here and stays" in done.stdout


def test_extras_are_asked_for_by_name(run):
    assert "-e .\n" in run(torch="2.12.1").stdout
    assert "-e .[test,check]\n" in run("pass", "test", "check").stdout


def test_steps_are_shown_and_noise_is_not(run):
    done = run(
        "print('Requirement already satisfied: numpy')\n"
        "print('Collecting torch')\n"
        "print('Downloading torch (900 MB)')\n"
        "print('WARNING: Location is ignored', file=sys.stderr)\n"
        "print('Looking in links: somewhere')\n",
        torch="2.12.1",
    )
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout.splitlines()[-2:] == ["Collecting torch", "Downloading torch (900 MB)"]


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        ([b"a ba", b"r 1\ra bar 2\n"], b"a bar 1\ra bar 2\n"),
        ([b"Req", b"uirement already satisfied: x\nReq", b"uesting\n"], b"Requesting\n"),
        ([b"L", b"ooking in indexes: x\nL", b"og"], b"Log"),
        ([b"no end of Look", b"ing in "], b"no end of Looking in "),
        ([b"\x1b[?25hRequirement alrea", b"dy satisfied: x\nnext\n"], b"\x1b[?25hnext\n"),
        ([b"\n", b"\n"], b"\n\n"),
    ],
)
def test_what_is_no_noise_comes_at_once(monkeypatch, tmp_path, pieces, shown):
    left = iter([*pieces, b""])
    monkeypatch.setattr(install, "read", lambda _: next(left))
    with (tmp_path / "out").open("wb") as out:
        install.pass_on(0, out)
    assert (tmp_path / "out").read_bytes() == shown


@pytest.mark.parametrize(
    "complaint",
    [
        "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(...)'",
        "socket.gaierror: [Errno -3] Temporary failure in name resolution",
        "OSError: [Errno 101] Network is unreachable",
    ],
)
def test_without_a_network_one_sentence_says_so(run, complaint):
    does = f"print({complaint!r}, file=sys.stderr)\nsys.exit('ERROR: No matching distribution')"
    done = run(does, torch="2.12.1")
    assert done.returncode == 1
    assert done.stderr.startswith("error: the package index does not answer: ")
    assert "Retrying" not in done.stderr and "No matching" not in done.stderr


def test_any_other_fault_is_told_as_pip_tells_it(run):
    done = run("sys.exit('ERROR: No space left on device')", torch="2.12.1")
    assert (done.returncode, done.stderr) == (1, "error: No space left on device\n")


def test_pip_itself_gives_up_soon_without_a_network(tmp_path):
    """The true pip, at a port where nobody listens."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("PIP_")}
    env |= {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/simple"}
    words = [sys.executable, str(ROOT / "install.py"), "test"]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("error: the package index does not answer: ")
    assert done.stderr.count("\n") == 2


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_stops_where_installing_does_and_tries_again(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "pyproject.toml").touch()
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$@" >> said\n[ "$1" = -m ] && exit 0\nexit $CODE\n')
    python.chmod(0o755)
    words = ["make", ".venv/installed-test", f"PYTHON={sys.executable}"]
    for code, asked in (("1", ["install.py"]), ("0", ["install.py", "install.py test"]), ("0", [])):
        (tmp_path / "said").write_text("")
        env = {**os.environ, "CODE": code}
        done = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, check=False)
        assert (done.returncode == 0) is (code == "0"), done.stderr
        said = (tmp_path / "said").read_text().splitlines()
        assert [line for line in said if line.startswith("install")] == asked


def test_the_readme_says_the_same():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"-m pip install '{WANTED}'" in readme
    assert install.CPU in readme and install.CUDA in readme
    assert " ".join(screen.FOR_QT) in readme and " ".join(screen.FOR_X11) in readme


@pytest.mark.parametrize("system", [unix.Unix, macos.MacOS])
def test_the_readme_names_the_folders_that_stay(system, monkeypatch):
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        monkeypatch.delenv(name)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = system("latent-space-explorer")
    for folder in (found.user_config_dir, found.user_data_dir, found.user_cache_dir):
        assert folder.replace(str(Path.home()), "~") in readme
