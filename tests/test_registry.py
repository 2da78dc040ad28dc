"""explorer.registry: a name is given once, and a broken member takes no other along."""

from __future__ import annotations

import pkgutil
import sys

import pytest

from explorer.errors import SettingsError
from explorer.registry import Registry


@pytest.fixture
def fruits() -> Registry[str]:
    made: Registry[str] = Registry("fruit")
    made.register("apple")("red")
    made.register("pear")("green")
    return made


def test_members_keep_their_names_and_order(fruits):
    assert list(fruits) == ["apple", "pear"]
    assert fruits.values() == ["red", "green"]
    assert fruits["pear"] == "green"
    assert "apple" in fruits and "plum" not in fruits
    assert len(fruits) == 2


def test_a_decorator_gives_back_what_it_registers():
    kinds: Registry[type] = Registry("kind")

    @kinds.register("a")
    class A:
        pass

    assert kinds["a"] is A


def test_a_name_is_not_overridden(fruits):
    with pytest.raises(ValueError, match="fruit 'apple' is registered twice"):
        fruits.register("apple")("yellow")
    assert fruits["apple"] == "red"


def test_an_unknown_name_says_what_there_is(fruits):
    with pytest.raises(SettingsError, match=r"no fruit called 'plum': choose one of apple, pear"):
        fruits["plum"]


@pytest.fixture
def package(tmp_path, monkeypatch) -> str:
    """A package of three members, the second of which cannot be imported."""
    folder = tmp_path / "orchard_of_test_registry"
    folder.mkdir()
    (folder / "__init__.py").write_text("seen = []\n")
    for name, body in (
        ("apple", "from orchard_of_test_registry import seen\nseen.append('apple')\n"),
        ("broken", "raise OSError('worm')\n"),
        ("pear", "from orchard_of_test_registry import seen\nseen.append('pear')\n"),
    ):
        (folder / f"{name}.py").write_text(body)
    monkeypatch.syspath_prepend(tmp_path)
    yield folder.name
    for name in [n for n in sys.modules if n.startswith(folder.name)]:
        del sys.modules[name]


@pytest.mark.expects_errors
def test_discover_survives_a_broken_member(package, caplog):
    registry: Registry[str] = Registry("fruit")
    registry.discover(package)
    assert sys.modules[package].seen == ["apple", "pear"]
    assert registry.broken == {f"{package}.broken": "OSError: worm"}
    assert "could not be loaded" in caplog.text


@pytest.mark.expects_errors
def test_a_package_is_looked_through_once(package, monkeypatch):
    registry: Registry[str] = Registry("fruit")
    registry.discover(package)
    listed = []
    monkeypatch.setattr(pkgutil, "iter_modules", lambda path: listed.append(path) or [])
    registry.discover(package)
    assert listed == []


@pytest.mark.expects_errors
def test_a_package_that_got_another_folder_is_looked_through_again(package, tmp_path):
    registry: Registry[str] = Registry("fruit")
    registry.discover(package)
    more = tmp_path / "more"
    more.mkdir()
    (more / "plum.py").write_text(f"from {package} import seen\nseen.append('plum')\n")
    sys.modules[package].__path__.append(str(more))
    registry.discover(package)
    assert sys.modules[package].seen == ["apple", "pear", "plum"]
