"""A loss as typeset terms: lines, values below them, tooltips, and what a reader hears."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.ui.themes import theme
from explorer.ui.widgets.formula import formula_view
from explorer.ui.widgets.formula.formula_view import (
    BRACE,
    TIMES,
    VALUE,
    EquationView,
    FormulaPart,
    FormulaView,
)
from explorer.ui.widgets.formula.typesetting import typeset
from tests.ui import painted

PARTS = (
    FormulaPart("", r"-\log p(x|z)", "reconstruction", "How well x is drawn"),
    FormulaPart("+", r"\beta", "beta", "The weight"),
    FormulaPart(TIMES, r"KL(q(z|x) \| p(z))", "kl", "How far q is from p"),
    FormulaPart("+", r"\lambda", "", "A factor"),
    FormulaPart(TIMES, r"TC", "tc", "Total correlation"),
)
VALUES = {"loss": "12.5", "reconstruction": "10.0", "kl": "2.5"}


@pytest.fixture
def view(qtbot: Any) -> FormulaView:
    made = FormulaView()
    qtbot.addWidget(made)
    made.resize(900, 40)
    made.show()
    made.show_parts(PARTS)
    made.show_values(VALUES)
    QApplication.processEvents()
    return made


def tops(view: FormulaView) -> list[float]:
    return [view.rect_of(i).top() for i in range(len(PARTS))]


@pytest.mark.parametrize("width", [130, 180, 240, 320, 480, 900])
def test_terms_stand_in_order_within_the_width_and_over_nothing(
    view: FormulaView, width: int
) -> None:
    view.resize(width, view.height())
    boxes = [view.rect_of(i) for i in range(len(PARTS))]
    for a, b in itertools.pairwise(boxes):
        assert (b.left() > a.right()) if b.top() == a.top() else (b.top() >= a.bottom())
    assert max(box.right() for box in boxes) <= max(width, formula_view.LEAST_WIDTH) + 1
    assert boxes[-1].bottom() <= view.height()


def test_a_wide_one_has_one_line_and_a_narrow_one_several(view: FormulaView) -> None:
    assert len(set(tops(view))) == 1
    high = view.height()
    view.resize(240, high)
    assert len(set(tops(view))) > 1 and view.height() > high
    assert view.heightForWidth(240) == view.height() > view.heightForWidth(900)
    assert view.hasHeightForWidth() and view.sizeHint().height() == view.heightForWidth(320)


@pytest.mark.parametrize("width", [200, 240, 280, 320, 400])
def test_a_factor_stays_with_the_term_before_it(view: FormulaView, width: int) -> None:
    view.resize(width, view.height())
    at = tops(view)
    assert at[1] == at[2] and at[3] == at[4]


def test_letters_shrink_only_where_one_term_is_too_wide(view: FormulaView) -> None:
    whole = view.rect_of(2).width()
    assert whole == pytest.approx(typeset(PARTS[2].formula, formula_view.FORMULA).width)
    view.resize(320, view.height())
    assert view.rect_of(2).width() == whole
    view.resize(130, view.height())
    assert view.rect_of(2).width() < whole


def test_values_take_room_below_only_where_there_are_some(view: FormulaView) -> None:
    high = view.height()
    view.show_values({})
    assert high - view.height() == BRACE + VALUE
    assert view.value_of("kl") == ""
    view.show_values(VALUES)
    assert view.height() == high and view.value_of("kl") == "2.5" and view.value_of("") == ""


def test_each_value_stands_below_its_term(
    view: FormulaView, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = dict(painted.written(monkeypatch, formula_view, view.grab))
    assert set(said) >= set(VALUES.values())
    for reads, i in (("reconstruction", 0), ("kl", 2)):
        box, term = said[VALUES[reads]], view.rect_of(i)
        assert box.center().x() == pytest.approx(term.center().x(), abs=1)
        assert term.top() < box.top() and box.bottom() <= term.bottom() + 2
    assert said["12.5"].left() == 0.0  # of the left side


def test_a_long_value_does_not_leave_the_view(
    view: FormulaView, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.show_parts(PARTS[:1])
    view.resize(int(view.rect_of(0).right()) + 4, view.height())
    view.show_values({"reconstruction": "1,234,567.89"})
    said = dict(painted.written(monkeypatch, formula_view, view.grab))
    assert said["1,234,567.89"].right() <= view.width() + 1


def test_the_tooltip_explains_the_term_below_the_pointer(view: FormulaView) -> None:
    for i, part in enumerate(PARTS):
        assert painted.tooltip(view, view.rect_of(i).center()) == part.tip
    assert painted.tooltip(view, QPoint(1, 1)) == ""
    assert painted.tooltip(view, QPointF(890, 20)) == ""


def test_a_reader_hears_terms_with_their_values(view: FormulaView) -> None:
    assert view.accessibleName() == "Loss"
    assert view.accessibleDescription() == (
        "loss 12.5; How well x is drawn 10.0; The weight ; How far q is from p 2.5; A factor ;"
        " Total correlation "
    )
    view.show_values({"loss": "9"})
    assert view.accessibleDescription().startswith("loss 9; How well x is drawn ;")


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_term_below_the_pointer_has_the_accent(
    light: None, view: FormulaView, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    view.show_values({})
    tokens = theme.tokens_of(view)
    assert tuple(painted.pixels(view)[0, -1]) == painted.rgb(tokens.surface)
    assert not painted.of_colour(painted.pixels(view), tokens.accent, near=30).any()
    QTest.mouseMove(view, QPoint(1, 1))
    QTest.mouseMove(view, view.rect_of(2).center().toPoint())
    left, _, right, _ = painted.box_of(
        painted.of_colour(painted.pixels(view), tokens.accent, near=60)
    )
    term = view.rect_of(2)
    assert term.left() - 1 <= left and right <= term.right() + 1
    assert right - left > term.width() / 2
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert not painted.of_colour(painted.pixels(view), tokens.accent, near=30).any()


def test_a_brace_spans_its_term_and_a_letter_alone_has_none(view: FormulaView) -> None:
    view.show_values({"kl": "2.5", "beta": "4"})
    quiet = painted.of_colour(painted.pixels(view), theme.tokens_of(view).quiet, near=2)
    term = view.rect_of(2)
    quiet[: int(term.bottom()) - BRACE - VALUE] = False  # letters
    left, top, right, bottom = painted.box_of(quiet)
    assert bottom - top <= 4 and term.top() < top < term.bottom() - VALUE
    assert (left, right) == (pytest.approx(term.left(), abs=2), pytest.approx(term.right(), abs=2))


def test_the_same_terms_and_values_change_nothing(view: FormulaView) -> None:
    before = painted.pixels(view)
    view.show_parts(list(PARTS))
    view.show_values(dict(VALUES))
    assert (painted.pixels(view) == before).all()
    view.show_parts(PARTS[:1])
    assert (painted.pixels(view) != before).any()


def test_an_equation_shrinks_with_its_room_and_keeps_its_height(qtbot: Any) -> None:
    made = EquationView(r"\log p(x) \geq E[\log p(x|z)] - KL(q(z|x) \| p(z))")
    qtbot.addWidget(made)
    made.resize(600, made.height())
    made.show()
    high, ink = made.height(), theme.tokens_of(made).text
    wide = painted.box_of(painted.of_colour(painted.pixels(made), ink, near=60))
    made.resize(160, made.height())
    narrow = painted.box_of(painted.of_colour(painted.pixels(made), ink, near=90))
    assert made.height() == high and narrow[2] < 160 < wide[2]
    middle = (narrow[1] + narrow[3]) / 2
    assert middle == pytest.approx(high / 2, abs=3)
