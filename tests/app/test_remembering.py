"""What of the state the next window finds as this one left it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QSettings

from explorer.app.remembering import FieldKeeper
from explorer.app.serialising import Names
from explorer.app.state import LayerAppearance, State

NAMES: Names = {
    "layer": ["points", "density"],
    "plane": ["latent", "pca"],
    "workspace": ["explore", "lab"],
}
LEFT: dict[str, Any] = {
    "layers": {"points": LayerAppearance(visible=False, opacity=0.25)},
    "views": ("latent:2", "pca:3"),
    "workspace": "lab",
}
DAMAGED = {
    "layers": ["", "nonsense", "{", "[1]", '{"points": 3}', '{"points": {"visible": "yes"}}'],
    "views": ["", "7", '["latent"]', '["latent:2", "latent:2"]', '{"pca:2": 1}', "[null]"],
    "workspace": ["", "lab", "3", '"kitchen"', '["lab"]'],
}


@pytest.fixture
def file(qapp: Any, tmp_path: Path) -> str:
    return str(tmp_path / "a.ini")


def opened(file: str, field: str) -> State:
    """The state of a window that has only just come."""
    state, owner = State(), QObject()
    state.setParent(owner)
    state.keeper = FieldKeeper(  # type: ignore[attr-defined]  # kept as long
        field, NAMES, state, QSettings(file, QSettings.Format.IniFormat), state
    )
    state.owner = owner  # type: ignore[attr-defined]
    return state


@pytest.mark.parametrize("field", LEFT)
def test_the_next_window_finds_it_as_it_was(file: str, field: str) -> None:
    opened(file, field).update(**{field: LEFT[field]})
    again = opened(file, field)
    assert getattr(again.now, field) == LEFT[field]
    again.renew()
    assert getattr(again.now, field) == LEFT[field], "another data set leaves it"
    again.update(**{field: getattr(State().now, field)})
    assert getattr(opened(file, field).now, field) == getattr(State().now, field)


@pytest.mark.parametrize(("field", "text"), [(f, t) for f in DAMAGED for t in DAMAGED[f]])
def test_what_cannot_be_read_is_forgotten(file: str, field: str, text: str) -> None:
    settings = QSettings(file, QSettings.Format.IniFormat)
    settings.setValue(field, text)
    settings.sync()
    state = opened(file, field)
    assert getattr(state.now, field) == getattr(State().now, field)
    state.update(**{field: LEFT[field]})
    assert getattr(opened(file, field).now, field) == LEFT[field], "and is written anew"


def test_of_several_those_are_found_that_there_are(file: str) -> None:
    settings = QSettings(file, QSettings.Format.IniFormat)
    settings.setValue("views", '["pca:2", "tsne:2", "latent:4"]')
    settings.setValue("layers", '{"clouds": {}, "density": {"opacity": 0.5}}')
    settings.sync()
    assert opened(file, "views").now.views == ("pca:2", "latent:4")
    assert opened(file, "layers").now.layers == {"density": LayerAppearance(True, 0.5)}
