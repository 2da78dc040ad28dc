from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.models.presets import presets
from explorer.training.record.curve import empty
from explorer.training.record.curve_writer import CurveWriter
from explorer.training.validation.rule import Verdict
from explorer.ui.panels.curves import CurvesPanel
from explorer.ui.widgets.charts.loss_plot import LossPlot, spanned
from explorer.ui.widgets.fitting_label import FittingLabel, _plain

SAID = Verdict(23, 13, 10, 0.02, 0.05, 10, 140, "ELBO")


@pytest.fixture
def panel(qtbot, state, jobs, asked, light):
    made = CurvesPanel(state, asked)
    qtbot.addWidget(made)
    made.resize(420, 260)
    made.show()
    return made


def test_curves_are_drawn_and_said(panel, state, toy, qtbot):
    state.update(**toy.trained(6), epoch=3.0, training="running")
    plot = panel.findChild(LossPlot)
    qtbot.waitUntil(lambda: plot._train.getData()[0] is not None)
    x, y = plot._train.getData()
    assert x.tolist() == [0.5, 1, 1.5, 2, 2.5, 3]
    assert y.tolist() == [-99, -98, -97, -96, -95, -94]
    assert plot._test.getData()[0].tolist() == [0.5, 1.5, 2.5]
    assert "train \u221294.0" in plot.legend_text() and "KL 5.0" in plot.legend_text()
    assert plot._dots.getData()[0].tolist() == [0.5, 1.5, 2.5]  # what was measured is marked
    assert plot._dots.opts["symbol"] == "o"


def test_the_legend_says_the_values_of_the_epoch_looked_at(panel, state, toy, qtbot):
    plot = panel.findChild(LossPlot)
    state.update(**toy.trained(6), epoch=3.0)
    qtbot.waitUntil(lambda: "train \u221294.0" in plot.legend_text())
    last = plot.legend_text()
    state.update(epoch=1.0)
    assert "train \u221298.0" in plot.legend_text() and plot.legend_text() != last
    first = state.now.curve.test_elbo[0]  # the last one measured by then
    assert f"test {first:.1f}".replace("-", "\u2212") in plot.legend_text()
    state.update(epoch=3.0)
    assert plot.legend_text() == last


def test_each_curve_has_its_name_where_there_is_no_room_for_all_values(panel, state, toy, qtbot):
    plot = panel.findChild(LossPlot)
    state.update(**toy.trained(6), epoch=3.0)
    qtbot.waitUntil(lambda: "train" in plot.legend_text())
    said = [_plain(text) for text in plot._legend._texts]
    assert all(name in text for text in said[:3] for name in ("train", "test", "log p(x|z)"))
    assert len({len(text) for text in said}) == 4


def test_what_the_validation_part_says_stands_below_and_goes_with_its_curve(
    panel, state, toy, qtbot
):
    label, said = panel.findChild(FittingLabel, "verdict"), SAID
    state.update(**toy.trained(6), epoch=3.0)
    qtbot.waitUntil(lambda: "train" in panel.findChild(LossPlot).legend_text())
    assert not label.isVisible()
    state.update(curve=replace(toy.curve(6), verdict=said))
    qtbot.waitUntil(label.isVisible)
    assert label.text() == said.brief and said.text in label.toolTip()
    assert "On 140 samples that are not trained on" in label.toolTip()
    assert "means of up to 10 epochs" in label.toolTip()
    panel.resize(900, 260)
    qtbot.waitUntil(lambda: label.text() == said.text)
    panel.resize(264, 260)
    qtbot.waitUntil(lambda: label.text() == said.short)
    assert label.width() <= panel.width() and label.y() > panel.findChild(LossPlot).y()
    state.update(curve=None)
    qtbot.waitUntil(lambda: not label.isVisible())


def test_the_highest_number_of_the_curves_is_not_cut_off(panel):
    item = panel.findChild(LossPlot)._plot.getPlotItem()
    numbers = item.getAxis("left").style["tickFont"].pixelSize()
    assert 2 * item.layout.getContentsMargins()[1] >= numbers


@pytest.mark.parametrize(
    ("epoch", "shown"),
    [(0.0, 0.001), (0.013, 0.02), (0.9, 1), (1, 1), (1.1, 2), (7, 10), (60, 100)],
)
def test_a_curve_is_seen_to_grow(panel, epoch, shown):
    assert spanned(epoch) == pytest.approx(shown)
    plot = panel.findChild(LossPlot)
    writer = CurveWriter(empty(1000, 60))
    writer.add(max(1, round(1000 * epoch)), [8], np.array([[-1.0, 0.0, -1.0]]))
    plot.show_curve(writer.curve)
    high = plot._plot.getViewBox().viewRange()[0][1]
    assert high == pytest.approx(min(shown, 60), rel=0.02)


@pytest.mark.parametrize("name", list(dict.fromkeys(p.bound for p in presets.values())))
def test_curves_are_called_what_they_are(panel, name):
    plot = panel.findChild(LossPlot)
    kl = None if name == "log p(x|z)" else 2.0
    writer = CurveWriter(empty(10, 10, name, 500))
    writer.add(10, [8], np.array([[-1.0, np.nan if kl is None else kl, -3.0]]))
    plot.show_curve(writer.curve)
    assert plot._plot.getAxis("left").labelText == f"{name} (nats)"
    assert ("KL" in plot.legend_text()) == (kl is not None)
    assert ("ELBO =" in plot.toolTip()) == (name == "ELBO")
    assert "test: 500 held-out samples" in plot.toolTip()
