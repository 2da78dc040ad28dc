from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QImage, QPainter

from explorer.models.cards import cards
from explorer.models.pieces.likelihoods import likelihood_pieces
from explorer.ui.themes import fonts
from explorer.ui.widgets.formula.formula_view import EquationView, FormulaPart, FormulaView
from explorer.ui.widgets.formula.typesetting import SYMBOLS, Glyphs, Rule, fitting, typeset

FORMULAS = [t.formula for name in cards for t in cards[name].terms]
FORMULAS += [g[0] for name in cards for g in cards[name].given]
FORMULAS += [piece.formula for piece in likelihood_pieces.values()]


def glyphs(formula: str) -> list[Glyphs]:
    return [mark for mark in typeset(formula).marks if isinstance(mark, Glyphs)]


def test_letters_lean_and_functions_stand(qapp):
    log, p, one = glyphs(r"\log p 1")
    assert (log.text, p.text, one.text) == ("log", "p", "1")
    assert p.font.italic() and not log.font.italic() and not one.font.italic()


def test_scripts_are_smaller_and_off_the_line(qapp):
    base, low, high = glyphs(r"\sigma_j^2")
    assert (base.text, low.text, high.text) == ("\u03c3", "j", "2")
    assert low.y > base.y > high.y
    assert low.x == high.x > base.x
    assert low.font.pixelSize() < base.font.pixelSize()


def test_a_fraction_has_its_parts_over_a_line(qapp):
    box = typeset(r"\frac{1}{2}")
    top, rule, bottom = box.marks
    assert isinstance(rule, Rule) and top.y < rule.y < bottom.y
    assert box.width >= rule.width and box.ascent > 0 and box.descent > 0


def test_every_card_is_set_without_a_rest(qapp):
    for formula in FORMULAS:
        box = typeset(formula)
        said = "".join(mark.text for mark in box.marks if isinstance(mark, Glyphs))
        assert not set("\\{}_$") & set(said), formula
        assert 0 < box.width < 420, formula
        assert all(-2 <= mark.x <= box.width for mark in box.marks), formula


def test_the_letters_of_the_cards_travel_with_the_program(qapp):
    used = {(m.text, m.font.italic()) for f in FORMULAS for m in glyphs(f)}
    used |= {(text, False) for text in SYMBOLS.values() if not text.isalpha()}
    for text, italic in used:
        face = fonts.formula_font(17, italic=italic)
        assert QFontInfo(face).family() == fonts.FORMULAS
        assert all(QFontMetricsF(face).inFontUcs4(ord(letter)) for letter in text), text


@pytest.fixture(params=["its own letters", "the system's letters"])
def letters(request, monkeypatch):
    """The program's serif, and whatever there is on a machine where it cannot be read."""
    typeset.cache_clear()
    if request.param == "the system's letters":
        monkeypatch.setattr(fonts, "FORMULAS", "no such family")
    yield
    typeset.cache_clear()


@pytest.mark.parametrize("width", [120, 200, 260, 340, 600])
def test_no_card_is_cut(qtbot, letters, width):
    for card in (cards[name] for name in cards):
        view = FormulaView()
        qtbot.addWidget(view)
        view.resize(width, 60)
        view.show_parts([FormulaPart(t.sign, t.formula, t.reads, t.tip) for t in card.terms])
        assert all(view.rect_of(i).right() <= width for i in range(len(card.terms))), card.title
    for formula in FORMULAS:
        assert fitting(formula, width, 15).width <= width, formula


def test_a_box_can_be_smaller_than_letters_are(qapp):
    small, least = typeset(r"\frac{x}{2}", 5), typeset(r"\frac{x}{2}", 10)
    assert small.width == pytest.approx(least.width / 2)
    assert small.height == pytest.approx(least.height / 2)
    assert {m.scale for m in small.marks if isinstance(m, Glyphs)} == {0.5}
    assert [m.x for m in small.marks] == pytest.approx([m.x / 2 for m in least.marks])


@pytest.mark.parametrize(
    "odd", ["", "}", "{", "_", "^", r"\frac", r"\frac{1", "x_", r"\unknown"], ids=repr
)
def test_what_is_no_formula_is_no_fault(qapp, odd):
    image = QImage(80, 40, QImage.Format.Format_RGB32)
    box = typeset(odd)
    painter = QPainter(image)
    box.paint(painter, 0, 20, QColor("black"))
    painter.end()
    assert 0 <= box.width < 80 and 0 <= box.height < 40


@pytest.fixture
def view(qtbot):
    made = FormulaView()
    qtbot.addWidget(made)
    terms = cards["vae"].terms
    made.show_parts([FormulaPart(t.sign, t.formula, t.reads, t.tip) for t in terms])
    made.show()
    return made


def test_terms_do_not_overlap_at_any_width(view):
    view.show_values({"loss": "242.1", "kl": "6.8", "reconstruction": "235.3", "beta": "1"})
    for width in (200, 300, 420, 800):
        view.resize(width, view.heightForWidth(width))
        rects = [view.rect_of(i) for i in range(3)]
        assert not any(a.intersects(b) for i, a in enumerate(rects) for b in rects[:i])
        assert view.height() == view.heightForWidth(width)
        assert all(view.rect().toRectF().bottom() >= r.bottom() - 1 for r in rects)
    assert rects[0].top() == rects[2].top()  # wide enough for one line


def test_a_factor_stays_with_its_term(view):
    view.resize(300, 200)
    rects = [view.rect_of(i) for i in range(3)]
    assert rects[0].bottom() <= rects[1].top() and rects[1].top() == rects[2].top()


def test_the_term_under_the_pointer_explains_itself(view, qtbot):
    view.resize(600, 120)
    at = view.rect_of(2).center()
    assert view._part_at(at) == 2 and view._part_at(QPointF(-5, -5)) is None
    qtbot.mouseMove(view, at.toPoint())
    qtbot.waitUntil(lambda: bool(view._pointed == 2))
    view.grab()


def test_an_equation_shrinks_before_it_is_cut(qtbot):
    made = EquationView(likelihood_pieces["gaussian-per-pixel"].formula)
    qtbot.addWidget(made)
    room = round(0.8 * made._box.width)  # letters differ from system to system
    made.resize(room, 40)
    made.show()
    assert made._box.width <= room
    made.resize(room // 2, 40)
    assert made._box.width <= room // 2
