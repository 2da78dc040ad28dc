"""Adding one of each is adding one file: the examples of docs/architecture.md, as they stand there.

They are put into a copy of the program, where each is seen in the window and in the terminal, and
passes the tests that hold for all of its kind; nothing that was there before is touched.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "architecture.md"
EXAMPLE = re.compile(r"```python\n# (explorer/\S+[.]py)\n(.*?)```", re.DOTALL)
EXAMPLES = dict(EXAMPLE.findall(PAGE.read_text(encoding="utf-8")))
LINES = 50  # of the longest example
ROUND = {"tight-vae": "round-vae", '"diagonal"': '"isotropic"', '"standard-normal"': '"laplace"'}
"""The preset of the examples, with their posterior and prior: what a preset names is chosen."""
SEEN = [
    "tests/journeys/one_file_each.py",
    "tests/app/test_commands.py",
    "tests/ui/test_citizens.py",
]
GENERIC = [  # tests that hold for all of a kind
    "tests/test_architecture.py", "tests/models/presets/test_citizens.py",
    "tests/compute/test_question.py", "tests/compute/test_every_question.py",
    "tests/commands/test_help.py",
    "tests/export/test_exporting.py", "tests/ui/plane/test_tools.py",
]  # fmt: skip
OF_EXAMPLES = " or ".join(Path(name).stem.partition("_")[0] for name in EXAMPLES)
RUNS = {"seen": [*SEEN], "generic": [*GENERIC, "-k", f"({OF_EXAMPLES} or point_down)"]}


def copied(folder: Path) -> Path:
    """The program and its tests, with what they read beside them."""
    for name in ("explorer", "tests"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for path in ROOT.iterdir():
        if path.name not in ("explorer", "tests") and not path.name.startswith("."):
            (folder / path.name).symlink_to(path)
    return folder


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy that has the examples."""
    folder = copied(tmp_path_factory.mktemp("house"))
    for name, text in EXAMPLES.items():
        assert not (folder / name).exists(), f"{name} is there already"
        (folder / name).write_text(text, encoding="utf-8")
    tight = EXAMPLES["explorer/models/presets/tight_vae.py"]
    for old, new in ROUND.items():
        assert old in tight
        tight = tight.replace(old, new)
    (folder / "explorer/models/presets/round_vae.py").write_text(tight, encoding="utf-8")
    return folder


@pytest.mark.parametrize("run", RUNS)
def test_a_new_file_is_a_citizen(program: Path, run: str) -> None:
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *RUNS[run]]
    env = {**os.environ, "PYTHONPATH": str(program)}
    done = subprocess.run(words, cwd=program, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]


def test_there_is_an_example_of_each() -> None:
    folders = {str(Path(name).parent) for name in EXAMPLES}
    assert folders == {
        f"explorer/{room}" for room in (
            "data/formats", "models/presets", "ui/plane/layers", "ui/plane/tools", "ui/panels",
            "compute/analyses", "app/planes", "ui/workspaces", "app/actions", "commands",
            "export/kinds", "models/pieces/bodies", "models/pieces/likelihoods",
            "models/pieces/posteriors", "models/pieces/priors", "data/kinds",
            "analysis/latent/joins", "analysis/applications/holes", "models/noises",
        )
    }  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_short_and_in_order(program: Path, name: str) -> None:
    """It passes the linter with the rules of the program, where there is one."""
    assert len(EXAMPLES[name].splitlines()) <= LINES
    pytest.importorskip("ruff", reason="make check installs the linter")
    words = [sys.executable, "-m", "ruff", "check", str(program / name)]
    words += ["--config", str(ROOT / "pyproject.toml")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
