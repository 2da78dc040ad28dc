"""Application: how far a few labels go on codes, on PCA scores and on raw features."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from explorer.app.background.answers import Answer
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.analyses.probe import MeasureLabels
from explorer.ui.applications import Application, applications
from explorer.ui.widgets.charts.accuracy_plot import AccuracyPlot

WORDS = "Each by its best classifier; bars: deviation over choices of labels"
REPEATS = 3  # at first: the question's own five take their time
FEATURES = {"codes": "codes", "pca": "PCA scores", "raw": "raw features"}


@applications.register("labels")
class Labels(Application):
    """A line for each kind of features, over the number of labels."""

    title = "Use few labels"
    tip = "Classify codes, PCA scores and raw features"
    order, verb, asks, offers = 40, "Measure", MeasureLabels, ("repeats", "seed")

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._lines = Answer(session.answers, MeasureLabels, self._show_lines)
        self._curve = AccuracyPlot()
        self._curve.set_empty_text("Press Measure: linear probe, neighbours, a small head")
        self.form.show_values({"repeats": REPEATS})
        self.lay_out(self._curve)

    def _show_lines(self) -> None:
        found = self._lines.value
        lines = () if found is None else found.lines
        best: dict[str, tuple[str, tuple[tuple[int, float, float], ...]]] = {}
        for line in lines:  # of each kind of features, the method that is best with most labels
            held = best.get(line.features)
            if line.points and (held is None or line.points[-1][1] > held[1][-1][1]):
                best[line.features] = (line.method, line.points)
        self._curve.show_lines([
            (f"{FEATURES.get(name, name)}, {method}", points)
            for name, (method, points) in best.items()
        ])  # fmt: skip
        self.said.setText(WORDS if lines else "")

    def start(self) -> None:
        """Measure them."""
        now = self.state.now
        if now.model is None or now.dataset is None:
            return
        self._lines.ask(MeasureLabels(now.model, now.dataset, **self.form.values()))
