from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QSpinBox

from explorer.config import setting, settings_of
from explorer.ui.widgets.forms.settings_form import SettingsForm


@dataclass(frozen=True)
class Recipe:
    cake: str = setting("plum", "Cake", "Which one.", choices=("plum", "pear"))
    eggs: int = setting(3, "Eggs", "How many.", low=1, high=12)
    sugar: float = setting(0.5, "Sugar", "How much.", low=0.0, high=2.0)
    cream: bool = setting(False, "Cream", "Whether.")
    baker: str = setting("", "Baker", "Who.")


@dataclass(frozen=True)
class Other:
    salt: int = setting(1, "Salt", "How much.", low=0, high=9)


@pytest.fixture
def form(qtbot):
    made = SettingsForm({"Dough": settings_of(Recipe)[:3], "Top": settings_of(Recipe)[3:]})
    qtbot.addWidget(made)
    made.set_values(Recipe())
    made.show()
    return made


@pytest.fixture
def heard(form) -> list[tuple[str, object]]:
    told: list[tuple[str, object]] = []
    form.changed.connect(lambda name, value: told.append((name, value)))
    return told


def test_each_type_has_its_control(form):
    kinds = (QComboBox, QSpinBox, QLineEdit, QCheckBox, QComboBox)
    for one, kind in zip(settings_of(Recipe), kinds, strict=True):
        assert isinstance(form.control(one.name), kind)
        assert form.control(one.name).toolTip() == one.help
        assert form.value(one.name) == one.default


def test_values_from_elsewhere_are_not_told(form, heard):
    form.set_values(Recipe("pear", 7, 1.5, True, "Ann"))
    assert [form.value(one.name) for one in settings_of(Recipe)] == ["pear", 7, 1.5, True, "Ann"]
    form.set_choices("baker", [("Bob", "Bob", ""), ("Ann", "Ann", "")])
    assert form.value("baker") == "Ann"
    assert heard == []


def test_the_hand_is_told(form, heard, qtbot):
    qtbot.keyClick(form.control("cake"), Qt.Key.Key_Down)
    qtbot.keyClick(form.control("eggs"), Qt.Key.Key_Up)
    qtbot.keyClick(form.control("cream"), Qt.Key.Key_Space)
    assert heard == [("cake", "pear"), ("eggs", 4), ("cream", True)]


@pytest.mark.parametrize(("typed", "kept"), [("1.25", 1.25), ("5e-2", 0.05), ("7", 2.0)])
def test_numbers_are_kept_in_range(form, heard, qtbot, typed, kept):
    line = form.control("sugar")
    line.setText(typed)
    line.editingFinished.emit()
    assert heard == [("sugar", kept)] and line.text() == f"{kept:g}"


def test_what_is_no_number_is_put_back(form, heard):
    line = form.control("sugar")
    line.setText("much")
    line.editingFinished.emit()
    assert heard == [] and line.text() == "0.5"


def test_groups_stand_below_their_heads_in_one_column(form):
    heads = {label.text(): label for label in form.findChildren(QLabel)}
    order = [heads["Dough"], *(form.control(n) for n in ("cake", "eggs", "sugar")), heads["Top"],
             *(form.control(n) for n in ("cream", "baker"))]  # fmt: skip
    tops = [widget.y() for widget in order]
    assert tops == sorted(tops) and len(set(tops)) == len(tops)
    assert len({form.control(one.name).x() for one in settings_of(Recipe)}) == 1


def test_another_form_stands_at_the_end_of_a_group(form):
    more = SettingsForm({"": settings_of(Other)}, form)
    form.put_below("Dough", more)
    more.show()
    form.adjustSize()
    assert form.control("sugar").y() < more.y() < form.control("cream").y()
    assert [label.text() for label in more.findChildren(QLabel)] == ["Salt"]


def test_other_groups_take_the_place_of_the_first(form):
    form.set_groups({"": settings_of(Other)})
    form.set_values(Other())
    assert form.value("salt") == 1
    assert [label.text() for label in form.findChildren(QLabel) if label.isVisible()] == ["Salt"]


def test_a_field_may_be_left_away_and_keeps_its_value(form):
    (label,) = (one for one in form.findChildren(QLabel) if one.text() == "Eggs")
    form.set_shown("eggs", False)
    assert not form.control("eggs").isVisible() and not label.isVisible()
    assert form.values() == {"cake": "plum", "eggs": 3, "sugar": 0.5, "cream": False, "baker": ""}
    form.set_shown("eggs", True)
    assert form.control("eggs").isVisible() and label.isVisible()
