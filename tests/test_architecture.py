"""The arrows of the architecture, what an import may cost, and what no file may name."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from explorer.compute.question import discover

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "explorer"
SOURCES = sorted(PACKAGE.rglob("*.py"))
OURS = [
    ROOT / name
    for name in (".ci", "benchmarks", "checkpoints", "docs", "explorer", "resources", "tests")
]
TOP = [
    "pyproject.toml", "Makefile", "README.md", "CHANGELOG.md", "LICENSE", ".gitignore",
    "install.py", "hatch_build.py",
]  # fmt: skip
TEXTS = (".py", ".md", ".toml", ".json", ".txt", ".svg", ".yml", ".cfg", "")


def imports(path: Path) -> Iterator[str]:
    """Dotted names that a file imports anywhere, those for type checking included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def python(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    """``code`` in a fresh interpreter at the root of the repository."""
    return subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", code],
        cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_imports_point_down():
    """Every contract of pyproject.toml; the report says which import breaks it.

    In a process of its own, because import-linter switches off every logger that it finds.
    """
    done = python("from importlinter.cli import lint_imports as lint; exit(lint(no_cache=True))")
    assert done.returncode == 0, done.stdout


def dotted(path: Path) -> str:
    """The name by which a file is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_no_imports_go_in_a_circle():
    """Not even late ones, or for types: a protocol or a value is passed instead."""
    names = {dotted(path) for path in SOURCES}
    graph = {}
    for path in SOURCES:
        wanted = {name if name in names else name.rpartition(".")[0] for name in imports(path)}
        graph[dotted(path)] = wanted & names - {dotted(path)}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names one


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_qt_stays_where_it_belongs(path):
    """import-linter sees PySide6 as one; app may use its QtCore, the window all of it."""
    room = path.relative_to(PACKAGE).parts[0]
    qt = {name.split(".")[1] for name in imports(path) if name.startswith("PySide6.")}
    if room == "app":
        assert qt <= {"QtCore"}
    elif room not in ("ui", "commands", "cli.py"):
        assert not qt


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_file_begins_with_what_it_is(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_file_and_no_function_is_long(path):
    """300 lines and 30."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 30, node.name


def test_importing_the_package_is_free():
    done = python("import sys; before = set(sys.modules); import explorer\n"
                  "print(*sorted(set(sys.modules) - before))")  # fmt: skip
    assert done.stdout.split() == ["explorer"]


@pytest.mark.parametrize("module", ["explorer.cli", "explorer.__main__"])
def test_the_command_line_starts_without_the_heavy_ones(module):
    heavy = ("torch", "sklearn", "PySide6", "pyqtgraph")
    done = python(f"import sys, {module}; print(*(m for m in {heavy} if m in sys.modules))")
    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_the_window_paints_before_torch_is_there():
    code = """
import sys
from explorer.ui.application import create_application
app = create_application(["test"])
from explorer.ui.window import MainWindow
painted = []
class Window(MainWindow):
    def paintEvent(self, event):
        painted.append([m for m in ("torch", "sklearn", "scipy") if m in sys.modules])
        super().paintEvent(event)
import explorer.ui.window as module
module.MainWindow = Window
window = module.open_window()
while not painted:
    app.processEvents()
window.close()
print(painted[0])
"""
    done = python(code, QT_QPA_PLATFORM="offscreen")
    assert done.stdout == "[]\n", done.stderr


def test_a_model_is_trained_and_evaluated_without_qt(tmp_path):
    """Everything below app works where no Qt is installed, as on a server."""
    code = f"""
import sys
for name in ("PySide6", "shiboken6", "pyqtgraph"):
    sys.modules[name] = None
from explorer.cli import main
out = {str(tmp_path / "model")!r}
code = main(["train", "digits", "--out", out, "--epochs", "1", "--set", "hidden=16", "--json"])
code = code or main(["evaluate", out, "digits", "--samples", "10", "--json"])
sys.exit(code)
"""
    done = python(code)
    assert done.returncode == 0, done.stderr
    assert '"log_likelihood"' in done.stdout.splitlines()[-1]


def texts() -> Iterator[Path]:
    yield from (ROOT / name for name in TOP)
    for folder in OURS:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in TEXTS and "__pycache__" not in path.parts:
                yield path


# Put together here, so that this file does not name them either.
_HOSTS = [
    "py" + "pi.",
    "python" + "hosted",
    "download.py" + "torch",
    "npm" + "js",
    "debian" + ".org",
]
_PLACES = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/op" + "t/wheels", "C:" + "\\Users"]
FORBIDDEN = re.compile("|".join(map(re.escape, _HOSTS + _PLACES)), re.IGNORECASE)


def test_no_file_names_a_machine_or_a_registry():
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in texts()
        for match in FORBIDDEN.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not found, found


# A limit of its own, a clock that is read, a sleep: what a busy machine breaks. The limits that
# all tests share are in conftest.py and guards.py.
SPEED = re.compile(
    r"[.](perf_counter|monotonic|process_time)\(\)|[.]sleep\(|msleep\(|threading[.]Timer\("
    r"|[.](wait|join)\([1-9]|\btimeout=[0-9]|\bdeadline=|[.]timeout\("
)


def test_no_test_depends_on_the_machines_speed():
    shared = {Path(__file__), ROOT / "tests" / "conftest.py", ROOT / "tests" / "guards.py"}
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for match in SPEED.finditer(path.read_text(encoding="utf-8"))
        if path not in shared
    ]
    assert not found, found


# What is asked of the background speaks of something that is shown, or keeps something. Of the
# rest each has a reason.
OF_NOTHING_SHOWN = {
    "open": "what it brings is what is shown next",
    "sort": "what it brings is what is shown next",
    "prune": "it speaks of the folder of runs",
    "look for runs": "it speaks of the folder of runs",
}
# What a question does stands after "could not" and after "not enough memory to".
VERBS = {
    "binarise", "compare", "count", "decode", "draw", "export", "find", "go", "look", "make",
    "measure", "open", "reconstruct", "restore", "save", "score", "train",
}  # fmt: skip


QUESTIONS = [pytest.param(kind, id=kind.name) for kind in discover()]


def test_one_place_asks():
    """Whoever has a question hands it to `app.background.answers`; nothing else runs in a lane."""
    asking = [
        path.relative_to(PACKAGE).as_posix()
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "run"
        if ast.unparse(node.value).endswith("jobs")
    ]
    assert asking == ["app/background/answers.py"]


def test_what_is_seen_asks_and_knows_no_lanes():
    """The window makes the lanes, and the progress area shows what runs in them."""
    knowing = {
        path.relative_to(PACKAGE).as_posix()
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "explorer.app.background.jobs"
    }
    of_ui = {name for name in knowing if name.startswith("ui/")}
    assert of_ui == {"ui/window.py", "ui/status.py", "ui/panels/__init__.py"}  # it runs one alone


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_question_says_what_it_is_about_or_that_it_keeps(kind):
    assert kind.about or kind.keeps or kind.name in OF_NOTHING_SHOWN


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_question_that_fails_can_be_spoken_of(kind):
    assert kind.does.split()[0] in VERBS


CITED = re.compile(r"[Tt]heory, sections? ([0-9.]+(?:, [0-9.]+)*)")
# Pages that a reader of this repository does not have; put together, so as not to name them here.
ELSEWHERE = re.compile(
    r"\b(?:m" + r"ath|u" + r"x|con" + r"tract|de" + r"sign|pit" + r"falls)(?: sections? \d|[.]md)"
)


def citations() -> Iterator[tuple[Path, str]]:
    for path in texts():
        for match in CITED.finditer(path.read_text(encoding="utf-8", errors="replace")):
            yield from ((path, number.rstrip(".")) for number in match[1].split(", "))


def test_every_section_of_the_theory_that_is_cited_is_there():
    page = (ROOT / "docs" / "theory.md").read_text(encoding="utf-8")
    there = {m[1] for m in re.finditer(r"^##+ ([0-9.]+?)[.]? ", page, re.MULTILINE)}
    cited = list(citations())
    missing = [f"{p.relative_to(ROOT)}: {number}" for p, number in cited if number not in there]
    assert len(cited) > 20 and not missing, missing


def test_no_file_cites_a_page_that_is_not_here():
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in texts()
        for match in ELSEWHERE.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not found, found


LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize(
    "page", [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")], ids=lambda p: p.name
)
def test_every_link_of_a_page_leads_somewhere(page):
    links = LINK.findall(page.read_text(encoding="utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert not missing, missing
