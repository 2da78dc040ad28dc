"""Panel: the chosen model's loss in mathematics with live values, and two formulas to play with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.analysis.formulas import learned_sigma
from explorer.app.commands import Choice, Command, Context
from explorer.app.session import Session
from explorer.app.state import Snapshot, State
from explorer.data.kinds import kind_of
from explorer.models import theory
from explorer.models.cards import FREE_BITS, READINGS, Card, cards
from explorer.models.pieces.likelihoods import likelihood_pieces
from explorer.models.presets import presets
from explorer.training.record.curve import CurvePoint
from explorer.training.schedules import kl_weight
from explorer.ui.menus.bound_button import BoundButton, mark, push_button
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.themes import theme
from explorer.ui.widgets.formula.formula_view import EquationView, FormulaPart, FormulaView
from explorer.ui.widgets.formula.kl_play import KlPlay
from explorer.ui.widgets.formula.likelihood_play import LikelihoodPlay
from explorer.ui.widgets.overlays.document_sheet import DocumentSheet
from explorer.ui.widgets.overlays.overlay import main_window_of
from explorer.ui.widgets.scrolling import scrolling

PAGE = "formula-page"  # the command that turns to one of these
PAGES = {
    "Meaning": "What the symbols stand for, and what follows from the loss",
    "Explore KL": "KL(N(\u03bc, \u03c3\u00b2) \u2016 N(0, 1)) over \u03bc and \u03c3, to drag in",
    "Explore \u03c3": "The Gaussian log-likelihood over \u03c3 for an error that you drag",
}
KL_WORDS = (
    "Drag the ring. At the cross, \u03bc = 0 and \u03c3 = 1, a code says nothing of its sample and"
    " costs nothing. A narrow \u03c3 costs \u2212log \u03c3, a far \u03bc \u00bd \u03bc\u00b2:"
    " what the reconstruction gains must be worth it."
)
SIGMA_WORDS = (
    "Drag the error sideways. The best \u03c3 is as large as the error, and its log-likelihood has"
    " no bound: where a decoder can make the error 0, \u03c3 runs to 0 and the bound to infinity."
    " Hence \u03c3 is fixed, or shared by all features, or has a floor: here e\u207b\u2076, the"
    " left end of the axis."
)


NO_THEORY = "docs/theory.md is not installed with this copy of the program"
SHEET = "theorySheet"


@panels.register("formula")
class FormulaPanel(Panel):
    """Follows the preset in the form; values while its own training is shown."""

    title = "Formula"
    places: ClassVar = {"explore": Place("right", 30, behind="probe")}
    least = (312, 304)

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._told: object = None
        self._title = QLabel(self)
        self._title.setProperty("role", "big")
        self._loss = FormulaView(self)
        self._loss.setObjectName("formulaView")
        self._values = _quiet(self)
        self._values.setObjectName("formulaValues")
        self._pages = QStackedWidget(self)
        self._meaning = QVBoxLayout()
        self.kl, self.likelihood = KlPlay(self), LikelihoodPlay(self)
        self._theory = self._theory_button()
        self._lay_out()
        self._watch()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.GRID)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._loss)
        row = QHBoxLayout()
        row.addWidget(self._values, 1)
        row.addWidget(self._theory.button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addLayout(self._switches())
        self._pages.addWidget(self._page(self._meaning))
        for play, words in ((self.kl, KL_WORDS), (self.likelihood, SIGMA_WORDS)):
            page = QVBoxLayout()
            page.addWidget(play, 1)
            page.addWidget(_quiet(self, words))
            self._pages.addWidget(self._page(page))
        column.addWidget(self._pages, 1)

    def _page(self, column: QVBoxLayout) -> QScrollArea:
        column.setContentsMargins(0, 4, 4, 0)
        column.setSpacing(2)
        return scrolling(column, self)

    def _switches(self) -> QHBoxLayout:
        row, self._group = QHBoxLayout(), QButtonGroup(self)
        row.setSpacing(4)
        for i, (text, tip) in enumerate(PAGES.items()):
            button = QToolButton(self)
            button.setText(text)
            button.setToolTip(tip)
            button.setCheckable(True)
            button.setChecked(i == 0)
            mark(button, PAGE)
            self._group.addButton(button, i)
            row.addWidget(button)
        row.addStretch()
        self._group.idClicked.connect(self._on_group_id_clicked)
        return row

    def commands(self) -> list[Command]:
        """Turn to a page, and read the theory."""
        turn = Command(
            name=PAGE, title="Page of the formula card", menu="view", order=20,
            sentence="What the terms mean, or a curve to try them on", choices=self._choices,
        )  # fmt: skip
        return [turn, self._theory.command]

    def _choices(self, _context: Context) -> list[Choice]:
        pages = self._group.buttons()
        return [Choice(page.text(), page.click, on=page.isChecked()) for page in pages]

    def _theory_button(self) -> BoundButton:
        """It says which section it opens; where the page is not installed there is none."""
        command = Command(
            name="theory", title="Theory of the chosen model", menu="help", order=2,
            sentence="Read the formulas, units and sources, from the section on this loss",
            act=self._open_theory, missing=lambda _: "" if theory.page() else NO_THEORY,
            named=lambda context: f"Theory: {section_of(context.now.model_config.preset)}",
        )  # fmt: skip
        bound = push_button("theoryButton", command, self.session, self)
        bound.button.setVisible(bool(theory.page()))
        return bound

    def _open_theory(self, context: Context) -> None:
        window = main_window_of(self)
        sheet = window.findChild(DocumentSheet, SHEET)
        if sheet is None:
            sheet = DocumentSheet(window, SHEET, "Theory", theory.page())
        sheet.open(card_of(context.now.model_config.preset).theory)

    def _watch(self) -> None:
        self.state.watch("model_config training_config dataset", self._show_card)
        self.state.watch("model_config training_config curve epoch model", self._show_values)

    # -- showing ----------------------------------------------------------------------------

    def _show_card(self) -> None:
        """Only where it is seen: at the start it lies behind another panel, and takes its time."""
        if not self.isVisible():
            return
        now = self.state.now
        config, training, data = now.model_config, now.training_config, now.dataset
        card, preset = card_of(config.preset), presets[config.preset]
        kind = kind_of(data).name
        likelihood = likelihood_pieces[preset.likelihood_for(config.likelihood, kind)].card(
            binary=data is not None and data.preparation.levels == 1,
        )
        told = (card, likelihood, training.free_bits > 0)
        if told == self._told:
            return
        self._told = told
        self._title.setText(card.title)
        self._title.setToolTip(preset.summary)
        self._loss.show_parts([_part(card, i) for i in range(len(card.terms))])
        given = [card.given[0], *([likelihood] if likelihood else []), *card.given[1:]]
        given += [FREE_BITS] if training.free_bits > 0 else []
        self._show_meaning(given, card.notes)

    def _show_meaning(self, given: list[tuple[str, str]], notes: tuple[str, ...]) -> None:
        while (item := self._meaning.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown: list[QWidget] = []
        for formula, sentence in given:
            shown += [EquationView(formula, self), _quiet(self, sentence)]
        for widget in (*shown, *(_quiet(self, note) for note in notes)):
            self._meaning.addWidget(widget)
            widget.show()
            if isinstance(widget, QLabel):
                self._meaning.addSpacing(4)
        self._meaning.addStretch()

    def _show_values(self) -> None:
        """Only where it is seen: while training numbers come several times a second."""
        if not self.isVisible():
            return
        seen = reading(self.state.now)
        self._loss.show_values(seen.values)
        self._values.setText(seen.words)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up."""
        super().showEvent(event)
        self._show_card()
        self._show_values()

    # -- mouse and keys ---------------------------------------------------------------------

    @Slot(int)
    def _on_group_id_clicked(self, page: int) -> None:
        self._pages.setCurrentIndex(page)


@dataclass(frozen=True)
class Reading:
    """values: by what terms read (`READINGS`), as text. words: when and of what they are."""

    values: dict[str, str]
    words: str


def reading(now: Snapshot) -> Reading:
    """The numbers below the terms, at the epoch looked at, of the preset that the form shows."""
    point = _point(now)
    if point is None or now.model is None or now.curve is None:
        return Reading({}, "Values appear here while this model is trained")
    kl, beta = point.kl, kl_weight(now.training_config, point.epoch)
    values = {"reconstruction": number(point.reconstruction)}
    preset = presets[now.model.config.preset]
    reads = {term.reads for term in card_of(preset.name).terms}
    if kl is not None and preset.objective == "elbo" and "kl" in reads:
        values |= {"kl": number(kl), "beta": f"{beta:.3g}"}
    if point.objective is not None:
        values["loss"] = number(-point.objective)
    words = [f"Epoch {point.epoch:.1f}, training part, nats per sample."]
    if kl is not None:
        words.append(f"{now.curve.bound} {number(point.train_elbo)}.")
    sigma = learned_sigma(now.model.weights)
    if sigma is not None:
        words.append(f"\u03c3\u00a0=\u00a0{sigma:.4f}.")
    return Reading(values, " ".join(words))


def _point(now: Snapshot) -> CurvePoint | None:
    """The curve at the epoch looked at, where it is of the preset that the card is of."""
    if now.curve is None or now.model is None:
        return None
    if now.model.config.preset != now.model_config.preset:
        return None
    return now.curve.last if now.epoch is None else now.curve.at(now.epoch)


def number(value: float) -> str:
    """One digit after the point, and a true minus."""
    return f"{value:,.1f}".replace("-", "\u2212") if value == value else "\u2013"


def section_of(preset: str) -> str:
    """What the section of the theory is called that says more on a preset, symbols left away."""
    return theory.sections().get(card_of(preset).theory, "").partition(" q(")[0].partition(" p(")[0]


def card_of(preset: str) -> Card:
    """A preset's card; one without a card (from elsewhere) gets its name for a title."""
    return cards[preset] if preset in cards else Card(preset, (), ((r"loss = -objective", ""),))


def _part(card: Card, i: int) -> FormulaPart:
    term = card.terms[i]
    reads = f"\n{READINGS[term.reads]} stands below, nats per sample." if term.reads else ""
    if term.reads == "beta":
        reads = f"\n{READINGS[term.reads]} stands below."
    return FormulaPart(term.sign, term.formula, term.reads, f"{term.tip}\n({term.source}){reads}")


def _quiet(parent: QWidget, text: str = "") -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("role", "quiet")
    label.setWordWrap(True)
    label.setMinimumWidth(1)
    return label


if __name__ == "__main__":
    raise SystemExit(run_alone(FormulaPanel))
