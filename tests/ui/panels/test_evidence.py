from __future__ import annotations

import dataclasses
import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from explorer.compute.measuring.bracket import BoundAbove, Bracketed
from explorer.compute.measuring.evidence import Measured, MeasureEvidence
from explorer.ui.evidence.figures import figures
from explorer.ui.panels.evidence import EvidencePanel
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.bar_plot import BarPlot
from explorer.ui.widgets.charts.evidence.bounds_chart import BoundsChart
from explorer.ui.widgets.charts.figure_grid import FigureGrid, signed
from tests.guards import PATIENCE

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot, state, jobs, asked, light, tmp_path, monkeypatch):
    monkeypatch.setattr("explorer.paths.unfinished", lambda: tmp_path)
    made = EvidencePanel(state, asked)
    qtbot.addWidget(made)
    made.resize(930, 190)
    made.show()
    return made


def measured(request) -> Measured:
    rng, index = np.random.default_rng(0), request.dataset.test_index
    kl = rng.uniform(3, 5, len(index))
    reconstruction = rng.uniform(90, 110, len(index))
    return Measured(
        index, -reconstruction - kl, -reconstruction - kl + 2.0, reconstruction,
        kl, np.full(len(index), 12.0), np.array([0.0, 4.0]), np.array([False, True]),
        request.draws, request.part, "Gaussian, one learned sigma", "none", {},
    )  # fmt: skip


GAPS = {"amortisation_gap": 1.25, "amortisation_gap_error": 0.1, "holes": 0.123,
        "kl_to_prior_limit": 1.5, "kl_to_prior_limit_error": 0.05}  # fmt: skip


@pytest.fixture
def answered(monkeypatch):
    def measure(request, task):
        task.partial(measured(request))
        return dataclasses.replace(measured(request), gaps=GAPS)

    monkeypatch.setattr(MeasureEvidence, "answer", measure)


def button(panel, name="measureButton") -> QPushButton:
    return panel.findChild(QPushButton, name)


def test_without_a_model_there_is_nothing_to_measure(panel):
    assert not button(panel).isEnabled() and not button(panel, "copyEvidenceButton").isEnabled()


def test_of_what_is_known_between_ends_only_the_ends_are_said(toy):
    asked = MeasureEvidence(toy.model, toy.data)
    known = {"aggregate_curve": [], "kl_to_prior_limit": None}
    seen = dataclasses.replace(measured(asked), together=known)
    assert figures(seen)["kl_to_prior_limit"] == ""
    known = {**known, "kl_to_prior_limit_interval": [0.0, 4.614]}
    seen = dataclasses.replace(measured(asked), together=known)
    assert figures(seen)["kl_to_prior_limit"] == "0.00 to 4.61"


def test_what_was_measured_is_shown_with_its_errors(panel, state, toy, answered, qtbot):
    toy.show(state)
    state.update(selection=np.array([5]))
    qtbot.mouseClick(button(panel), LEFT)
    main, grid = panel._main, panel._more
    qtbot.waitUntil(lambda: grid.text("holes") == "12.3%")
    assert grid.text("gap") == "2.00 \u00b1 0.00"
    assert grid.text("amortisation_gap") == "1.25 \u00b1 0.10"
    assert grid.text("effective") == "12 of 500" and grid.text("active") == "1 of 2"
    assert main.text("elbo").startswith("\u2212") and " \u00b1 " in main.text("elbo")
    assert grid.text("selected").startswith("\u2212")
    assert grid.text("mutual_information") == "\u2013"
    assert grid.text("kl_to_prior_limit") == "1.50 \u00b1 0.05"
    bars = panel.findChild(BarPlot, "klBars")
    assert bars._names == ("z2", "z1") and bars._alive.tolist() == [True, False]
    said = [label.text() for label in panel.findChildren(QLabel)]
    assert any("12 test samples" in text and "learned sigma" in text and "K = 500" in text
               for text in said)  # fmt: skip
    state.update(selection=np.array([1]))
    assert grid.text("selected") == "not in it"
    panel.grab()


def test_what_matters_is_large_and_the_rest_is_folded(panel, state, toy, answered, qtbot):
    toy.show(state)
    qtbot.mouseClick(button(panel), LEFT)
    qtbot.waitUntil(lambda: panel._main.text("log_likelihood") != "\u2013")
    sizes = {label.font().pixelSize() for label in panel._main.findChildren(QLabel)}
    assert theme.BIG in sizes and not panel._more.isVisible()
    qtbot.mouseClick(panel.findChild(QToolButton, "moreNumbers"), LEFT)
    assert panel._more.isVisible()
    qtbot.mouseClick(panel.findChild(QToolButton, "moreNumbers"), LEFT)
    assert not panel._more.isVisible()


def test_warnings_stand_by_the_numbers_and_go_with_them(panel, state, toy, monkeypatch, qtbot):
    loose = ("log p(x) is loose: of 500 draws a median of 3 count",)

    def measure(request, task):
        return dataclasses.replace(measured(request), warnings=loose, notes=("of 12 codes",))

    monkeypatch.setattr(MeasureEvidence, "answer", measure)
    toy.show(state)
    warned = panel.findChild(QLabel, "evidenceWarnings")
    assert not warned.isVisible()
    qtbot.mouseClick(button(panel), LEFT)
    qtbot.waitUntil(warned.isVisible)
    assert loose[0] in warned.text() and "of 12 codes" in panel._said.text()
    state.update(model=dataclasses.replace(toy.model, id="other"))
    assert not warned.isVisible() and "codes" not in panel._said.text()


def test_what_is_not_known_is_a_dash(panel, state, toy, monkeypatch, qtbot):
    """A codebook with too many grids: no log p(x), nothing drawn, and nothing falls over."""

    def measure(request, task):
        return dataclasses.replace(
            measured(request), log_likelihood=None, effective=None, draws=None
        )

    monkeypatch.setattr(MeasureEvidence, "answer", measure)
    toy.show(state)
    state.update(selection=np.array([5]))
    qtbot.mouseClick(button(panel), LEFT)
    qtbot.waitUntil(lambda: panel._main.text("elbo") != "\u2013")
    assert panel._main.text("log_likelihood") == "\u2013"
    for key in ("gap", "effective", "selected"):
        assert panel._more.text(key) == "\u2013"
    assert "nothing is drawn" in panel._said.text()
    qtbot.mouseClick(button(panel, "copyEvidenceButton"), LEFT)
    assert ",," in QApplication.clipboard().text().splitlines()[1]


def test_every_number_says_its_formula(panel):
    grids = panel.findChildren(FigureGrid)
    tips = [label.toolTip() for grid in grids for label in grid.findChildren(QLabel)]
    assert len(tips) == 30 and all(tips)


def test_a_stop_keeps_what_is_there_and_goes_on(panel, state, jobs, toy, monkeypatch, qtbot):
    started, folders = threading.Event(), []

    def measure(request, task):
        folders.append(request.folder)
        started.set()
        while True:
            task.check()

    monkeypatch.setattr(MeasureEvidence, "answer", measure)
    toy.show(state)
    qtbot.mouseClick(button(panel), LEFT)
    assert started.wait(PATIENCE) and button(panel).text() == "Cancel"
    qtbot.mouseClick(button(panel), LEFT)
    qtbot.waitUntil(lambda: button(panel).text() == "Resume")
    monkeypatch.setattr(
        MeasureEvidence, "answer", lambda r, t: folders.append(r.folder) or measured(r)
    )
    qtbot.mouseClick(button(panel), LEFT)
    qtbot.waitUntil(lambda: button(panel).text() == "Measure" and not jobs.busy)
    assert folders[0] == folders[1] is not None


def test_another_model_has_other_numbers(panel, state, toy, answered, qtbot):
    toy.show(state)
    qtbot.mouseClick(button(panel), LEFT)
    qtbot.waitUntil(lambda: panel._more.text("holes") == "12.3%")
    state.update(model=dataclasses.replace(toy.model, id="other"))
    assert panel._main.text("elbo") == "\u2013"


def test_the_table_can_be_copied(panel, state, toy, answered, asked, qtbot):
    toy.show(state)
    qtbot.mouseClick(button(panel), LEFT)
    qtbot.waitUntil(button(panel, "copyEvidenceButton").isEnabled)
    qtbot.mouseClick(button(panel, "copyEvidenceButton"), LEFT)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].startswith("index,label,elbo,log_likelihood") and len(lines) == 13
    assert lines[1].startswith('0,"apple",-') and asked.count("say") == 1


def test_numbers_in_words():
    assert signed(-1234.5, 0.25) == "\u22121,234.50 \u00b1 0.25"
    assert signed(None) == signed(float("nan")) == ""


def test_before_anything_is_measured_it_says_what_will_be(panel, state, toy, answered, qtbot):
    toy.show(state)
    plan = panel.findChild(QLabel, "evidencePlan")
    assert plan.isVisible() and "12 held-out samples" in plan.text() and "ELBO" in plan.text()
    assert plan.geometry().bottom() < panel.findChild(QPushButton, "measureButton").y()
    assert plan.width() > panel.width() / 2, "it stands in the page"
    assert not panel._main.isVisible() and not panel.findChild(QToolButton).isVisible()
    qtbot.mouseClick(button(panel), LEFT)
    qtbot.waitUntil(panel._main.isVisible)
    assert not plan.isVisible()
    state.update(model=dataclasses.replace(toy.model, id="other"))
    assert plan.isVisible() and not panel._main.isVisible()


# -- the upper bound ------------------------------------------------------------------------


FOUND = Bracketed(-98.0, -97.75, 0.25, 0.125, 100, 500)


@pytest.fixture
def bounded(answered, monkeypatch):
    """Every question for an upper bound, in the order asked."""
    found = []

    def bound(request, task):
        found.append(request)
        return dataclasses.replace(FOUND, draws=request.draws)

    monkeypatch.setattr(BoundAbove, "answer", bound)
    return found


def upper(panel) -> QPushButton:
    return button(panel, "boundAboveButton")


def names(panel) -> list[str]:
    return [row.name for row in panel.findChild(BoundsChart)._rows]


def test_an_upper_bound_is_asked_of_what_was_measured(panel, state, toy, bounded, qtbot):
    toy.show(state)
    assert not upper(panel).isEnabled() and "Press Measure first" in upper(panel).toolTip()
    qtbot.mouseClick(button(panel), LEFT)
    qtbot.waitUntil(upper(panel).isEnabled)
    assert upper(panel).text() == "Upper bound" and "upper bound" not in names(panel)
    qtbot.mouseClick(upper(panel), LEFT)
    qtbot.waitUntil(lambda: names(panel)[-1] == "upper bound")
    assert bounded[0].model is toy.model and bounded[0].dataset is state.now.dataset
    assert bounded[0].draws == 500
    said = panel.findChild(QLabel, "boundsSaid")
    assert said.isVisible() and "100 samples that the model drew itself" in said.text()
    qtbot.waitUntil(lambda: "stands there already" in upper(panel).toolTip())
    assert not upper(panel).isEnabled()


def test_an_upper_bound_of_other_draws_or_another_model_is_gone(panel, state, toy, bounded, qtbot):
    toy.show(state)
    qtbot.mouseClick(button(panel), LEFT)
    qtbot.waitUntil(upper(panel).isEnabled)
    qtbot.mouseClick(upper(panel), LEFT)
    qtbot.waitUntil(lambda: names(panel)[-1:] == ["upper bound"])
    panel._draws.set_value(200)
    qtbot.mouseClick(button(panel), LEFT)
    qtbot.waitUntil(lambda: "L of 200 draws" in " ".join(names(panel)) or upper(panel).isEnabled())
    assert "upper bound" not in names(panel) and upper(panel).isEnabled()
    qtbot.mouseClick(upper(panel), LEFT)
    qtbot.waitUntil(lambda: names(panel)[-1:] == ["upper bound"])
    assert bounded[-1].draws == 200
    state.update(model=dataclasses.replace(toy.model, id="other"))
    assert names(panel) == [] and panel.findChild(QLabel, "boundsSaid").text() == ""


def test_what_bounds_can_be_stopped_and_what_was_measured_stays(
    panel, state, toy, answered, jobs, monkeypatch, qtbot
):
    started = threading.Event()

    def bound(request, task):
        started.set()
        while True:
            task.check()

    monkeypatch.setattr(BoundAbove, "answer", bound)
    toy.show(state)
    qtbot.mouseClick(button(panel), LEFT)
    qtbot.waitUntil(upper(panel).isEnabled)
    qtbot.mouseClick(upper(panel), LEFT)
    assert started.wait(PATIENCE) and upper(panel).text() == "Cancel"
    assert button(panel).text() == "Measure" and not button(panel).isEnabled()
    qtbot.mouseClick(upper(panel), LEFT)
    qtbot.waitUntil(lambda: upper(panel).text() == "Upper bound" and not jobs.busy)
    assert names(panel)[0] == "ELBO" and upper(panel).isEnabled()


@pytest.mark.parametrize(
    ("given", "why"),
    [({"way": "quadrature"}, "exact here"), ({"draws": None, "effective": None}, "codebook")],
)
def test_where_there_is_no_gap_it_says_why(panel, state, toy, monkeypatch, qtbot, given, why):
    monkeypatch.setattr(
        MeasureEvidence, "answer", lambda r, t: dataclasses.replace(measured(r), **given)
    )
    toy.show(state)
    qtbot.mouseClick(button(panel), LEFT)
    qtbot.waitUntil(lambda: why in upper(panel).toolTip())
    assert not upper(panel).isEnabled()


def test_with_room_every_number_is_seen(panel, state, toy, answered, qtbot):
    panel.resize(700, 600)
    toy.show(state)
    qtbot.mouseClick(button(panel), LEFT)
    qtbot.waitUntil(panel._more.isVisible)
    qtbot.waitUntil(lambda: panel._charts.y() > panel._more.geometry().bottom())
    left = panel.height() - panel._charts.geometry().bottom()
    assert 0 < left < 20 and panel._charts.height() > 150  # the chart has the rest of the page
