"""What is shown, in as many words as there is room for: the data and the model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from explorer.app.state import State
from explorer.ui.subject_label import SubjectLabel
from tests.ui.conftest import Toy


@pytest.fixture
def page(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def label(page: QWidget, state: State) -> SubjectLabel:
    made = SubjectLabel(state, page)
    made.resize(600, 30)
    made.show()
    return made


def read(label: SubjectLabel) -> str:
    document = QTextDocument()
    document.setHtml(label.text())
    return " ".join(document.toPlainText().split())


def test_with_nothing_it_says_so(label: SubjectLabel) -> None:
    assert read(label) == "Data: no data Model: none yet"
    assert label.toolTip() == "Data: none\nModel: none yet"


def test_it_names_data_and_model(label: SubjectLabel, state: State) -> None:
    Toy().show(state)
    assert read(label) == "Data: toy 60 Model: vae z=2"
    assert label.toolTip().splitlines()[0] == "Data: toy 60"
    assert label.toolTip().splitlines()[1].startswith("Model: vae, ")
    state.update(model=None, codes=None)
    assert read(label) == "Data: toy 60 Model: none yet"


def test_with_less_room_it_says_less_and_the_name_of_the_data_last(
    label: SubjectLabel, state: State
) -> None:
    Toy().show(state)
    said = []
    for width in range(600, 20, -10):
        label.resize(width, 30)
        if not said or said[-1] != read(label):
            said.append(read(label))
    wanted = ["Data: toy 60 Model: vae z=2", "toy 60 vae z=2", "toy 60 vae", "toy vae"]
    assert said == wanted
    assert " ".join(label.accessibleDescription().split()) == wanted[0]


def test_a_name_is_no_html_and_a_long_one_loses_its_middle(
    label: SubjectLabel, state: State
) -> None:
    toy = Toy()
    state.update(dataset=replace(toy.data, name="<i>a & b</i>"))
    assert "<i>a & b</i>" in read(label)
    long = "a data set with a name that nobody wants to read to its end"
    state.update(dataset=replace(toy.data, name=long))
    assert "\u2026" in read(label) and read(label).startswith("Data: a data")
    assert long in label.toolTip()
