"""The wheel, installed far from the checkout, opens the window with its data and models."""

from __future__ import annotations

import ast
import email
import email.message
import os
import re
import subprocess
import sys
import zipfile
from importlib import metadata
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


def test_the_page_on_theory_comes_along_and_no_other(wheel):
    with zipfile.ZipFile(wheel) as members:
        pages = [name for name in members.namelist() if name.startswith("explorer/_bundled/docs")]
    assert pages == ["explorer/_bundled/docs/theory.md"]


def metadata_of(tmp_path: Path, home: str) -> email.message.Message:
    """What an index is told, as of a repository at ``home``."""
    code = """
import sys
from hatchling.build import prepare_metadata_for_build_wheel
print(prepare_metadata_for_build_wheel(sys.argv[1]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=True, capture_output=True,
        text=True, env={**os.environ, "LATENT_EXPLORER_HOME": home},
    )  # fmt: skip
    said = tmp_path / done.stdout.strip() / "METADATA"
    return email.message_from_bytes(said.read_bytes())


@pytest.mark.parametrize("home", ["", "https://example.org/us/explorer"])
def test_an_index_shows_no_link_that_leads_nowhere_from_there(tmp_path, home):
    said = metadata_of(tmp_path, home)
    text = str(said.get_payload())
    assert text.startswith("# Latent Space Explorer") and "make test" in text
    links = re.findall(r"\]\(([^)]*)\)", text)
    assert all(re.match(r"https?://|#", link) for link in links), links
    assert f"{home}/raw/HEAD/docs/pictures/19-dark.png" in links or not home
    assert ("![" in text) is bool(home)
    assert len(said.get_all("Project-URL", [])) == (3 if home else 0)


def test_the_licence_names_what_is_bundled(tmp_path):
    said = metadata_of(tmp_path, "")
    texts = [p.read_text(encoding="utf-8") for p in (ROOT / "resources/licences").glob("*.txt")]
    bundled = [text for text in texts if text.startswith("Bundled")]
    named = {
        name
        for text in bundled
        for line in re.findall(r"^SPDX-License-Identifier: (.+)$", text, re.MULTILINE)
        for name in line.split(" AND ")
    }
    assert set(said["License-Expression"].split(" AND ")) == named | {"MIT"}
    files = {
        p.name for room in ("datasets", "fonts") for p in (ROOT / "resources" / room).iterdir()
    }
    assert all(any(name in text for text in bundled) for name in files)


def test_what_is_imported_is_declared(tmp_path):
    needs = metadata_of(tmp_path, "").get_all("Requires-Dist", [])
    declared = {distribution(need) for need in needs if "extra ==" not in need}
    declared.add("shiboken6")  # PySide6 pins the one that it was built with
    brought = metadata.packages_distributions()
    missing = {
        module: path.name
        for path in (ROOT / "explorer").rglob("*.py")
        for module in imported(path) - set(sys.stdlib_module_names) - {"explorer"}
        if not declared & {distribution(name) for name in brought.get(module, [module])}
    }
    assert not missing


def distribution(need: str) -> str:
    """The name in "PySide6_Essentials>=6.8", as an index spells it."""
    return re.split(r"[^\w.-]", need)[0].lower().replace("_", "-")


def imported(path: Path) -> set[str]:
    """The top-level modules that a file imports, wherever in it."""
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    found: set[str] = set()
    for node in tree:
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module).partition(".")[0])
    return found


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
