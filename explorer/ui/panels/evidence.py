"""Panel: how probable the model finds held-out samples, and where the nats go."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from explorer import paths
from explorer.app import needs
from explorer.app.background.answers import Answer
from explorer.app.commands import Command, Context
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.measuring.bracket import BoundAbove, Bracketed
from explorer.compute.measuring.evidence import Measured, MeasureEvidence, as_csv
from explorer.compute.question import settings_of
from explorer.errors import Cancelled
from explorer.ui.evidence.charts import EvidenceCharts
from explorer.ui.evidence.figures import FIGURES, PLAN, QUESTION, WAYS, figures
from explorer.ui.menus.bound_button import push_button
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.figure_grid import FigureGrid, signed
from explorer.ui.widgets.disclosure import Disclosure
from explorer.ui.widgets.forms.boxes import WholeBox
from explorer.ui.widgets.forms.setting_control import control_for
from explorer.ui.widgets.layouts.readable import readable
from explorer.ui.widgets.offering import offer

TALL = 420  # px of height with room for every number
MAIN = 2  # of the figures: what matters first

MEASURING = "Not while it is measured"
BOUNDING = "Not while it is bounded from above"


@panels.register("evidence")
class EvidencePanel(Panel):
    """Measures when asked; what was measured is of one model and goes when another is trained."""

    title = "Evidence"
    places: ClassVar = {"measure": Place("beside", 10)}
    least = (400, 304)

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._measured = Answer(session.answers, MeasureEvidence, self._show_answer)
        self._above = Answer(session.answers, BoundAbove, self._show_answer)
        self._build()
        self._lay_out()
        session.answers.busy_changed.connect(self._show_button)
        state.watch("model dataset training", self._show_button)
        state.watch("selection codes dataset model", self._show_figures)

    def _build(self) -> None:
        (draws,) = settings_of(MeasureEvidence)
        self._draws = control_for(draws, self)
        assert isinstance(self._draws.widget, WholeBox)
        self._draws.widget.setPrefix("K = ")
        self._draws.widget.setGroupSeparatorShown(True)
        self._own = (*self._commands(), *self._bound_commands())
        self._start, self._cancel, copy, self._bound, self._unbound = self._own
        self._go = push_button("measureButton", self._start, self.session, self)
        self._go.button.setProperty("role", "primary")
        self._up = push_button("boundAboveButton", self._bound, self.session, self)
        self._copy = push_button("copyEvidenceButton", copy, self.session, self)
        self._plan = _label(self, "evidencePlan")
        self._plan.setTextFormat(Qt.TextFormat.RichText)
        self._said = _label(self, "evidenceNotes", "quiet")
        self._warned = _label(self, "evidenceWarnings", "caution")
        self._main = FigureGrid(FIGURES[:MAIN], MAIN, self, large=True)
        self._more = FigureGrid(FIGURES[MAIN:], 3, self)
        self._fold = Disclosure("More numbers", self._more, self)
        self._fold.setObjectName("moreNumbers")
        self._charts = EvidenceCharts(self)

    def _commands(self) -> tuple[Command, Command, Command]:
        return (
            Command(
                name="measure-evidence", title="Measure the evidence", menu="measure",
                sentence="Measure log p(x), the ELBO and where the nats go, on the held-out part",
                act=self._measure, missing=self._unmeasurable, named=self._verb,
            ),
            Command(
                name="cancel-evidence", title="Cancel the measurement", entry="Cancel",
                menu="measure", order=1, act=self._stop, missing=self._at_rest,
                sentence="Stop; what is finished is kept, and a later run goes on from there",
            ),
            Command(
                name="copy-evidence", title="Copy the evidence as CSV", entry="Copy CSV",
                menu="measure", order=2, act=self._copy_csv, missing=self._unmeasured,
                sentence="Copy a line for each sample: ELBO, log p(x), its terms",
            ),
        )  # fmt: skip

    def _bound_commands(self) -> tuple[Command, Command]:
        return (
            Command(
                name="bound-evidence", title="Bound the evidence from above", entry="Upper bound",
                menu="measure", order=3, act=self._bound_above, missing=self._unbounded,
                sentence="See how far log p(x) may be above what was measured: 100 samples are"
                " drawn from the model, and measured with K codes each",
            ),
            Command(
                name="cancel-bound", title="Cancel the upper bound", entry="Cancel",
                menu="measure", order=4, act=self._stop_bounding, missing=self._not_bounding,
                sentence="Stop; what was measured stays",
            ),
        )  # fmt: skip

    def commands(self) -> tuple[Command, ...]:
        """Measure, cancel, copy, bound from above, cancel that."""
        return self._own

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.GRID)
        page.setSpacing(theme.GRID)
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        go, up, copy = self._go.button, self._up.button, self._copy.button
        parts = ((go, 144), (self._draws.widget, 112), (up, 120), (copy, 104))
        for widget, width in parts:
            widget.setFixedWidth(width)
            head.addWidget(widget)
        head.addStretch()
        page.addWidget(self._plan)
        page.addLayout(head)
        page.addWidget(self._main)
        for sentences in (self._said, self._warned):
            page.addLayout(readable(sentences))
        for part in (self._fold, self._more):
            page.addWidget(part)
        page.addWidget(self._charts, 1)  # the rest of the page

    # -- showing ----------------------------------------------------------------------------

    def _show_answer(self) -> None:
        if self._measured.value is not None and self._said.isHidden() and self.height() > TALL:
            self._fold.setChecked(True)  # there is room for every number
        self._show_button()
        self._show_figures()

    @Slot()
    def _show_button(self) -> None:
        busy = self._measured.busy
        self._go.wear(self._cancel if busy else self._start)
        self._up.wear(self._unbound if self._above.busy else self._bound)
        self._copy.refresh()
        offer(self._draws.widget, MEASURING if busy else "")

    def _verb(self, _context: Context) -> str:
        return "Resume" if isinstance(self._measured.error, Cancelled) else "Measure"

    def _unmeasurable(self, context: Context) -> str:
        missing = needs.missing(context.now, "data", "model", "idle")
        busy = BOUNDING if self._above.busy else ""
        return missing or (MEASURING if self._measured.busy else busy)

    def _at_rest(self, _context: Context) -> str:
        return "" if self._measured.busy else "Nothing is measured"

    def _unbounded(self, context: Context) -> str:
        seen = self._measured.value
        if seen is None:
            return "Press Measure first"
        if seen.way:
            return "log p(x) is exact here, so that there is no gap"
        if seen.draws is None:
            return "Nothing is drawn of a codebook"
        if self._bracket(seen) is not None:
            return "It stands there already"
        missing = needs.missing(context.now, "data", "model", "idle")
        busy = BOUNDING if self._above.busy else ""
        return missing or (MEASURING if self._measured.busy else busy)

    def _not_bounding(self, _context: Context) -> str:
        return "" if self._above.busy else "Nothing is bounded"

    def _unmeasured(self, _context: Context) -> str:
        return "" if self._measured.value is not None else "Press Measure first"

    def _show_figures(self) -> None:
        seen = self._measured.value
        for part in (self._main, self._said, self._fold):
            part.setVisible(seen is not None)
        self._plan.setVisible(seen is None)
        if seen is None:
            self._fold.setChecked(False)
            self._show_values({})
            self._said.clear()
            self._plan.setText(self._planned())
            self._show_warnings(())
            codes = self.state.now.whole_codes  # those on the plane tell something, too
            self._charts.show_known(None if codes is None else codes.kl_per_dim)
            return
        self._show_values({**figures(seen), "selected": self._selected(seen)})
        self._show_warnings(seen.warnings)
        drawn = "nothing is drawn" if seen.draws is None else f"K = {seen.draws:,}"
        found = f"; log p(x) is exact: {WAYS[seen.way]}" if seen.way in WAYS else ""
        of = f"{len(seen.index):,} {seen.part} samples, nats per sample; {seen.likelihood}"
        self._said.setText(". ".join((f"{of}, binarisation {seen.binarisation}, {drawn}{found}",
                                      *seen.notes)))  # fmt: skip
        self._charts.show_measured(seen, self._bracket(seen))

    def _planned(self) -> str:
        """What Measure will find, a line each, with how many samples it is found on."""
        data = self.state.now.dataset
        held_out = 0 if data is None else int(data.test.sum())
        part = f"the {held_out:,} held-out samples" if held_out else "all samples"
        on = "once there is a model" if self.state.now.model is None else f"on {part}"
        edge = 'style="padding: 2px 0px"'  # none at the left: the table begins where the words do
        rows = "".join(f"<tr><td {edge}><b>{name}</b>&nbsp;&nbsp;</td><td {edge}>{text}</td></tr>"
                       for name, text in PLAN)  # fmt: skip
        return (
            f'<p style="font-size: {theme.BIG}px; font-weight: 600">{QUESTION}</p>'
            f"<p>Measured {on}, in nats per sample, each with its standard error:</p>"
            f'<table cellspacing="0" cellpadding="0">{rows}</table>'
        )

    def _bracket(self, seen: Measured) -> Bracketed | None:
        """What is known from above of as many draws; not of another K."""
        found = self._above.value
        return found if found is not None and found.draws == seen.draws else None

    def _show_values(self, values: dict[str, str]) -> None:
        for grid in (self._main, self._more):
            grid.show_values(values)

    def _show_warnings(self, sentences: tuple[str, ...]) -> None:
        self._warned.setText("\n".join(f"\u26a0 {s}" for s in sentences))
        self._warned.setVisible(bool(sentences))

    def _selected(self, seen: Measured) -> str:
        selection = self.state.now.selection
        at = np.flatnonzero(seen.index == selection[0]) if len(selection) else np.zeros(0, int)
        if len(at):
            known = seen.log_likelihood
            return "" if known is None else signed(float(known[at[0]]))
        return "not in it" if len(selection) else ""

    # -- mouse and keys ---------------------------------------------------------------------

    def _stop(self, _context: Context) -> None:
        self._measured.cancel()

    def _measure(self, context: Context) -> None:
        now = context.now
        if now.model is None or now.dataset is None:
            return
        part = "test" if now.dataset.test.any() else "all"
        draws = self._draws.value()
        self._measured.ask(MeasureEvidence(now.model, now.dataset, draws, part, paths.unfinished()))
        self._show_button()

    def _bound_above(self, context: Context) -> None:
        now, seen = context.now, self._measured.value
        if now.model is None or now.dataset is None or seen is None or seen.draws is None:
            return
        self._above.ask(BoundAbove(now.model, now.dataset, seen.draws))
        self._show_button()

    def _stop_bounding(self, _context: Context) -> None:
        self._above.cancel()

    def _copy_csv(self, _context: Context) -> None:
        data, seen = self.state.now.dataset, self._measured.value
        if seen is None or data is None:
            return
        labelled = data.labels is not None
        labels = tuple(data.label_name(i) for i in range(len(data))) if labelled else ()
        QApplication.clipboard().setText(as_csv(seen, labels))
        self.session.say(f"Copied {len(seen.index):,} lines of CSV", "done")


def _label(parent: QWidget, name: str, role: str = "") -> QLabel:
    """Sentences as wide as there is room."""
    made = QLabel(parent)
    made.setObjectName(name)
    made.setProperty("role", role)
    made.setWordWrap(True)
    made.setMinimumWidth(1)
    return made


if __name__ == "__main__":
    raise SystemExit(run_alone(EvidencePanel))
