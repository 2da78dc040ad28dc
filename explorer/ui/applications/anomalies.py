"""Application: find the samples that are unlike what the model was trained on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from explorer.app.background.answers import Answer
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.analyses.anomalies import AnomalyScores, FindAnomalies, verdict
from explorer.ui.applications import Application, applications
from explorer.ui.widgets.charts.ranking import Ranked, Ranking
from explorer.ui.widgets.charts.score_histogram import ScoreHistogram
from explorer.ui.widgets.pictures.picture_grid import PictureGrid

if TYPE_CHECKING:
    from explorer.analysis.applications.baselines import Baseline
    from explorer.analysis.errors import Interval

WORST = 24


@applications.register("anomalies")
class Anomalies(Application):
    """Samples by their score, and the oddest of them."""

    title = "Find anomalies"
    tip = "Score samples by \u2212ELBO: what the model finds odd"
    order, verb, asks, offers = 10, "Score", FindAnomalies, ("normal", "samples")

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._scored = Answer(session.answers, FindAnomalies, self._show_scored)
        self._worst = np.zeros(0, np.int64)
        self._auroc = _large()
        self._bars = ScoreHistogram()
        self._bars.set_empty_text("Press Score to see how odd the model finds each sample")
        self._odd = PictureGrid()
        self._odd.setObjectName("oddView")
        self._odd.setToolTip(
            "The oddest samples. Click: select. Double click or Enter: move z there"
        )
        self._odd.setAccessibleName("The oddest samples")
        self._odd.picked.connect(self._on_odd_picked)
        self._odd.chosen.connect(self._on_odd_chosen)
        self._ranks = Ranking()
        self._ranks.setVisible(False)
        pictures = _scrolled(_below(self._ranks, self._odd))
        self.lay_out(_below(self._auroc, self._bars), pictures)
        state.watch("dataset", self._show_classes)

    # -- showing ----------------------------------------------------------------------------

    def _show_classes(self) -> None:
        data = self.state.now.dataset
        names = () if data is None or data.labels is None else data.classes
        self.form.set_choices(
            "normal", [("", "no class", ""), *((name, name, "") for name in names)]
        )

    def _show_scored(self) -> None:
        seen, data = self._scored.value, self.state.now.dataset
        if seen is None or data is None:
            self._bars.show_scores(np.zeros(0), None)
            self._odd.show_pictures(None)
            self._auroc.setVisible(False)
            self._show_ranks(None)
            self.said.setText("")
            return
        self._bars.show_scores(seen.score, seen.odd)
        order = np.argsort(-seen.score)[:WORST]
        self._worst = seen.index[order]
        pictures = np.stack([data.picture(int(i)) for i in self._worst])
        self._odd.show_pictures(pictures, scores_text(seen.score[order]))
        self._show_ranks(seen)
        self._auroc.setVisible(seen.auroc is not None)
        self._auroc.setText("" if seen.auroc is None else f"AUROC {_with_interval(seen)}")
        self.said.setText(_spoken(seen))

    def _show_ranks(self, seen: AnomalyScores | None) -> None:
        """The model, then what it is held against, the best first."""
        self._ranks.show_lines(() if seen is None else ranked(seen))
        self._ranks.setVisible(bool(seen and seen.baselines))

    # -- asking -----------------------------------------------------------------------------

    def start(self) -> None:
        """Score the held-out part."""
        now = self.state.now
        if now.model is None or now.dataset is None:
            return
        part = "test" if now.dataset.test.any() else "all"
        normal = self.form.value("normal")
        self._scored.ask(
            FindAnomalies(
                now.model, now.dataset, (normal,) if normal else (), split=part,
                samples=self.form.value("samples"),
            )
        )  # fmt: skip

    @Slot(int)
    def _on_odd_picked(self, i: int) -> None:
        self.state.mark(("sample", int(self._worst[i])))
        self.state.update(source=self, selection=self._worst[i : i + 1].copy())

    @Slot(int)
    def _on_odd_chosen(self, i: int) -> None:
        sample = int(self._worst[i])
        self.session.go_to(sample, ("sample", sample))


def _scrolled(widget: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidget(widget)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QScrollArea.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return scroll


def _below(*widgets: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, 0 if isinstance(widget, QLabel | Ranking) else 1)
    return made


def _large() -> QLabel:
    made = QLabel()
    made.setObjectName("auroc")
    made.setProperty("role", "big")
    made.setToolTip("The chance that an odd sample scores above a normal one; 0.5 is no better")
    made.setVisible(False)
    return made


def scores_text(scores: NDArray[np.float64]) -> list[str]:
    """Scores for below a picture: whole nats, or a tenth of them where they are small."""
    digits = 1 if np.nanmax(np.abs(scores), initial=0.0) < 1000 else 0
    return [f"{s:,.{digits}f}".replace("-", "\u2212") for s in scores]


def _spoken(seen: AnomalyScores) -> str:
    kind = {"elbo": "\u2212ELBO"}.get(seen.kind, seen.kind)
    words = f"{len(seen.index):,} samples by {kind}, nats."
    if seen.auroc is None:
        return f"{words} Choose a normal class for an AUROC."
    return f"{words} {verdict(seen)}." if seen.baselines else words


def ranked(seen: AnomalyScores) -> list[Ranked]:
    """A line for the model and for each baseline, with the AUROC of each."""
    if seen.detection is None or not seen.baselines:
        return []
    ours = Ranked("The model", f"{seen.auroc:.3f}", _between(seen.detection.interval), own=True)
    others = [
        Ranked(one.scored.said, f"{one.auroc:.3f}", _between(one.interval), _apart(one, seen))
        for one in seen.baselines
    ]
    return [ours, *others]


def _with_interval(seen: AnomalyScores) -> str:
    """0.953 (0.921 to 0.973), which is for 95 % of the data sets drawn alike."""
    within = _between(None if seen.detection is None else seen.detection.interval)
    return f"{seen.auroc:.3f} ({within})" if within else f"{seen.auroc:.3f}"


def _between(interval: Interval | None) -> str:
    """As "0.921 to 0.973"."""
    return "" if interval is None else f"{interval[0]:.3f} to {interval[1]:.3f}"


def _apart(one: Baseline, seen: AnomalyScores) -> str:
    """Of what it learned, and by how much the model's AUROC is higher, as far as it is known."""
    whole = one.scored.name == "pca-same" and not seen.normal_only
    learned = (
        "It learned all classes, as the model did." if whole else "It learned the normal class."
    )
    if one.difference is None:
        return learned
    by = f"{one.difference:+.3f} ({_between(one.difference_interval)})".replace("-", "\u2212")
    return f"{learned}\nThe model's AUROC less its own: {by}."
