"""The curves of a training: what is drawn, how wide and high the picture is, what is said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel

from explorer.training.record.curve import Curve, empty
from explorer.training.record.curve_writer import CurveWriter
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.loss_plot import DOTS, LossPlot, shown_epochs, spanned
from tests.ui import painted

MINUS = "\u2212"


def curve(
    log_px: np.ndarray, kl: np.ndarray, *, steps: int = 10, epochs: int = 10, **more: Any
) -> Curve:
    """A row a step; test values every other step where ``tests`` is given."""
    tests = more.pop("tests", ())
    writer = CurveWriter(empty(steps, epochs, **more))
    rows = np.stack([log_px, kl, log_px - np.nan_to_num(kl)], axis=1)
    writer.add(len(log_px), [64] * len(log_px), rows)
    for step, value in tests:
        writer.test(step, value)
    return writer.curve


def steady(count: int = 50, **more: Any) -> Curve:
    """log p(x|z) = -90, KL = 10, at every step."""
    return curve(np.full(count, -90.0), np.full(count, 10.0), **more)


@pytest.fixture
def plot(qtbot: Any) -> LossPlot:
    made = LossPlot()
    qtbot.addWidget(made)
    made.resize(420, 240)
    made.show()
    return made


def view(plot: LossPlot) -> tuple[list[float], list[float]]:
    """What the axes run over."""
    across, up = plot._plot.getViewBox().viewRange()
    return across, up


@pytest.mark.parametrize(
    ("epoch", "wide"), [(0.3, 0.5), (0.5, 0.5), (0.51, 1), (1, 1), (1.2, 2), (2.1, 5), (7, 10),
                        (10, 10), (11, 20), (60, 100), (0.0, 0.001)],
)  # fmt: skip
def test_a_picture_grows_by_steps_of_1_2_and_5(epoch: float, wide: float) -> None:
    assert spanned(epoch) == pytest.approx(wide)


def test_no_picture_is_wider_than_the_training_is_long() -> None:
    assert shown_epochs(7, 8) == 8 and shown_epochs(7, 100) == pytest.approx(10)


def test_before_a_training_it_says_what_comes_here(plot: LossPlot) -> None:
    (label,) = [x for x in plot.findChildren(QLabel) if "appear" in x.text()]
    assert label.isVisible() and not plot._plot.isVisible() and not plot._legend.isVisible()
    plot.show_curve(steady())
    assert not label.isVisible() and plot._plot.isVisible() and plot._legend.isVisible()
    plot.show_curve(empty(10, 10))
    assert label.isVisible() and not plot._plot.isVisible()


def test_the_thin_line_lies_the_kl_above_the_bound(plot: LossPlot) -> None:
    plot.show_curve(steady(tests=[(10, -101.0), (30, -102.0)]))
    x, y = plot._train.getData()
    assert x[-1] == 5.0 and np.allclose(y, -100)
    assert np.allclose(plot._reconstruction.getData()[1], -90)
    assert plot._test.getData()[0].tolist() == [1.0, 3.0]
    assert plot.legend_text() == (
        f"train {MINUS}100.0   test {MINUS}102.0   log p(x|z) {MINUS}90.0   KL 10.0"
    )


def test_the_axes_hold_all_that_settled_and_leave_out_the_first_fall(plot: LossPlot) -> None:
    fall = np.full(1000, -90.0)
    fall[:10] = -9000.0  # of ten epochs the first tenth of one
    plot.show_curve(
        curve(fall, np.full(1000, 10.0), steps=100, tests=[(10, -900.0), (1000, -120.0)])
    )
    across, (low, high) = view(plot)
    assert across == pytest.approx([-0.1, 10.1])
    assert -123 < low < -122 and -88 < high < -87  # 8 % of what lies between, to each side
    assert plot._test.getData()[1].tolist() == [-900.0, -120.0]
    plot.show_curve(steady(13))
    assert view(plot)[0][1] == pytest.approx(2.02)  # 1.3 epochs of 10


def test_a_flat_curve_has_room_above_and_below(plot: LossPlot) -> None:
    flat = curve(np.full(20, -90.0), np.zeros(20))
    plot.show_curve(flat)
    assert view(plot)[1] == pytest.approx([-90.5, -89.5])


def test_without_a_kl_there_is_one_line_and_no_word_of_it(plot: LossPlot) -> None:
    plot.show_curve(curve(np.full(20, -90.0), np.full(20, np.nan), bound="log p(x|z)"))
    assert plot.legend_text() == f"train {MINUS}90.0   test \u2013"
    assert "no KL" in plot.toolTip()
    assert plot._plot.getAxis("left").labelText == "log p(x|z) (nats)"


def test_a_cross_entropy_is_called_by_its_name(plot: LossPlot) -> None:
    plot.show_curve(steady(bound="-(cross-entropy + KL)"))
    assert "-cross-entropy" in plot.legend_text() and "log p" not in plot.legend_text()
    label = plot._plot.getAxis("left").labelText
    assert label == f"{MINUS}(cross{MINUS}entropy + KL) (nats)" and "no ELBO" in plot.toolTip()


def test_the_tooltip_says_what_was_tested_once_there_is_something(plot: LossPlot) -> None:
    plot.show_curve(steady())
    assert "held-out" not in plot.toolTip() and "ELBO = E[log p(x|z)]" in plot.toolTip()
    plot.show_curve(steady(tested=12_000))
    assert "test: 12,000 held-out samples" in plot.toolTip()


def test_the_marker_stands_at_the_epoch_looked_at(plot: LossPlot) -> None:
    rising = np.linspace(-99, -50, 50)
    plot.show_epoch(2.0)
    assert not plot._marker.isVisible()  # of no curve
    plot.show_curve(curve(rising, np.zeros(50)))
    plot.show_epoch(2.0)
    assert plot._marker.isVisible() and plot._marker.value() == 2.0
    assert plot.legend_text().startswith(f"train {MINUS}83.5")  # steps 13 to 20
    plot.show_epoch(None)
    assert not plot._marker.isVisible() and plot.legend_text().startswith(f"train {MINUS}53.5")


def test_before_the_first_step_no_number_is_said(plot: LossPlot) -> None:
    plot.show_curve(steady())
    plot.show_epoch(0.0)
    assert plot.legend_text().count("\u2013") == 4


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan, 1e30])
def test_a_training_that_went_astray_leaves_a_gap(plot: LossPlot, value: float) -> None:
    astray = np.full(50, -90.0)
    astray[40:] = value
    plot.show_curve(curve(astray, np.full(50, 10.0), tests=[(50, value)]))
    plot.grab()
    y = plot._train.getData()[1]
    assert np.isfinite(y[:30]).all() and not np.isfinite(y[-1])
    assert np.isfinite(view(plot)[1]).all()


def test_of_a_long_training_no_more_is_drawn_than_can_be_seen(plot: LossPlot) -> None:
    tests = [(i, -100.0) for i in range(1, 2001, 2)]
    plot.show_curve(steady(10_000, steps=1000, tests=tests))
    few = len(plot._train.getData()[0])
    assert 80 <= few <= 420 / 2 and len(plot._dots.getData()[0]) == DOTS
    assert plot._train.getData()[0][-1] == 10.0
    plot.resize(900, 240)
    assert len(plot._train.getData()[0]) > few


@pytest.mark.parametrize("name", ["light", "dark"])
def test_both_themes_colour_lines_and_legend(
    light: None, plot: LossPlot, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    plot.show_curve(steady(tests=[(10, -101.0), (50, -108.0)]))
    QApplication.processEvents()  # the legend takes its room
    tokens, seen = theme.tokens_of(plot), painted.pixels(plot)
    assert painted.of_colour(seen, tokens.surface).mean() > 0.3
    for colour in (tokens.accent, tokens.warn, tokens.quiet):
        assert painted.of_colour(seen, colour, near=30).sum() > 20, colour
        assert QColor(colour).name() in plot._legend.text().lower()
