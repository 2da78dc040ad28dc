"""The wheel, installed far from the checkout, opens the window with its data and models."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LARGEST = 6_000_000  # bytes; a bundled file is a sample of the data, not the data

OPEN = """
from PySide6.QtCore import QEventLoop
import explorer
from explorer import paths
from explorer.ui.application import create_application
app = create_application(["test"])
from explorer.ui.window import open_window
window = open_window()
def now():
    return window.state.now
while now().decoded is None or now().codes is None:
    app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
print(explorer.__file__)
print(paths.resources())
print(now().dataset.name, len(now().dataset), now().model.config.preset, now().decoded.image.shape)
window.close()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as a release would be, with no network."""
    out = tmp_path_factory.mktemp("wheel")
    run = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)]
    done = subprocess.run([*run, str(ROOT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel's content and nothing else."""
    target = tmp_path_factory.mktemp("far away")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index",
           "--disable-pip-version-check", "--target", str(target), str(wheel)]  # fmt: skip
    subprocess.run(pip, check=True, capture_output=True)
    return target


def far(installed: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A process that sees the installed copy and the dependencies, but not the checkout."""
    env = {**os.environ, "PYTHONPATH": str(installed), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, *words], cwd=installed, env=env,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_it_holds_all_data_models_and_licences(wheel):
    names = {n for n in zipfile.ZipFile(wheel).namelist() if not n.endswith("/")}
    for room in ("resources", "checkpoints"):
        here = [p for p in (ROOT / room).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
        assert here
        missing = {f"explorer/_bundled/{p.relative_to(ROOT).as_posix()}" for p in here} - names
        assert not missing
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_it_holds_every_module_and_nothing_of_the_workshop(wheel):
    names = {n for n in zipfile.ZipFile(wheel).namelist() if n.endswith(".py")}
    here = {p.relative_to(ROOT).as_posix() for p in (ROOT / "explorer").rglob("*.py")}
    assert names == here


def test_no_file_in_it_is_large(wheel):
    sizes = {info.filename: info.file_size for info in zipfile.ZipFile(wheel).infolist()}
    assert max(sizes.values()) < LARGEST, max(sizes, key=lambda name: sizes[name])


def test_it_opens_the_window_far_from_the_checkout(installed):
    done = far(installed, "-c", OPEN)
    assert (done.returncode, done.stderr) == (0, "")
    module, resources, shown = done.stdout.splitlines()
    assert module.startswith(str(installed))
    assert resources == str(installed / "explorer" / "_bundled" / "resources")
    assert shown == "fashion 7000 vae (28, 28, 1)"


def test_its_commands_work_far_from_the_checkout(installed):
    done = far(installed, str(installed / "bin" / "latent-explorer"), "datasets")
    if os.name == "nt":
        pytest.skip("the script is an .exe there")
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in ("fashion", "emoji", "digits"))
