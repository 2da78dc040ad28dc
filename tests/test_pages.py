"""The pages of docs/ speak of what is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from explorer import __version__
from explorer.data.files.openable import endings

ROOT = Path(__file__).resolve().parents[1]
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
CITED = sorted(set(re.findall(r"`(explorer/[\w/]+[.]py)(?:: ([\w.]+))?`", ARCHITECTURE)))
FOLDERS = re.findall(r"^\| `(explorer[\w/]*)` \|", ARCHITECTURE, re.MULTILINE)


def defined(tree: ast.AST, name: str) -> bool:
    """Whether a file defines a dotted name: a class, a function, or a method of either."""
    for part in name.split("."):
        found = [n for n in ast.iter_child_nodes(tree) if getattr(n, "name", "") == part]
        if not found:
            return False
        tree = found[0]
    return True


@pytest.mark.parametrize(("path", "name"), CITED, ids=" ".join)
def test_what_the_architecture_names_is_there(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert not name or defined(tree, name)


def test_the_architecture_names_every_folder() -> None:
    there = {str(p.parent.relative_to(ROOT)) for p in (ROOT / "explorer").rglob("__init__.py")}
    assert {folder.rstrip("/") for folder in FOLDERS} == there
    assert len(FOLDERS) == len(set(FOLDERS)) and len(CITED) > 40


def test_the_citation_names_this_version() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    told = dict(re.findall(r'^([a-z-]+): "?([^"\n]*)"?$', text, re.MULTILINE))
    assert {"cff-version", "message", "title", "type"} <= set(told)
    assert told["version"] == __version__ and '- name: "' in text


def test_a_term_stands_once_and_in_order() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    terms = re.findall(r"^\| ([^|]+?) \|", page, re.MULTILINE)[1:]
    assert len(terms) > 40 and terms == sorted(set(terms), key=str.lower)


def test_the_page_on_data_names_every_ending_and_flag() -> None:
    page = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    flags = {f"--{name}" for name in ("label", "drop", "header", "axis", "lengths", "kind")}
    assert flags <= set(re.findall(r"--[a-z]+", page))
    families = {ending for ending in endings() if ending.startswith(".") and "idx" not in ending}
    assert families <= set(re.findall(r"`([.][a-z]+)`", page))
