from __future__ import annotations

import dataclasses
import threading

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
)

from explorer.app.session import Session
from explorer.models.presets import presets
from explorer.training.clock import Standing
from explorer.training.record.curve import CurveWriter, empty
from explorer.ui import theme
from explorer.ui.panels import Roomy
from explorer.ui.panels.training import TrainingPanel
from explorer.ui.status import StatusArea
from explorer.ui.training_form import spoken
from explorer.ui.widgets.charts.loss_plot import LossPlot, spanned
from explorer.ui.widgets.fitting_label import _plain
from explorer.ui.widgets.forms.settings_form import SettingsForm
from explorer.ui.widgets.forms.timeline import TimelineBar
from explorer.ui.widgets.progress_area import ProgressArea


@pytest.fixture
def panel(qtbot, state, jobs, asked, light):
    made = TrainingPanel(state, jobs, asked)
    qtbot.addWidget(made)
    made.resize(930, 190)
    made.show()
    return made


def button(panel, name: str) -> QPushButton:
    return panel.findChild(QPushButton, name)


def enabled(panel) -> list[bool]:
    return [button(panel, n).isEnabled() for n in ("trainButton", "pauseButton", "stopButton")]


def test_all_names_are_there_before_anything_is_open(panel):
    assert enabled(panel) == [False, False, False]
    assert panel.findChild(LossPlot, "lossPlot") is not None
    assert not panel.findChild(QSlider, "timeline").isEnabled()
    assert panel.findChild(TimelineBar).text() == "no training yet"


def test_a_training_that_starts_is_not_said_to_be_none(panel):
    bar = panel.findChild(TimelineBar)
    bar.show_status("starting")
    assert bar.text() == "" and bar._label.isHidden()
    bar.show_status("")
    assert bar.text() == "no training yet"


def test_buttons_follow_the_training(panel, state, toy):
    state.update(dataset=toy.data)
    assert enabled(panel) == [True, False, False]
    state.update(training="running")
    assert enabled(panel) == [False, True, True]
    state.update(training="paused")
    assert enabled(panel) == [False, True, True]
    assert button(panel, "pauseButton").text() == "Resume"
    state.update(training="stopping")
    assert enabled(panel) == [False, False, False]
    assert button(panel, "stopButton").text() == "Stopping"


def test_buttons_ask_the_session(panel, state, toy, asked, qtbot):
    state.update(dataset=toy.data)
    qtbot.mouseClick(button(panel, "trainButton"), Qt.MouseButton.LeftButton)
    state.update(training="running")
    qtbot.mouseClick(button(panel, "pauseButton"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(button(panel, "stopButton"), Qt.Key.Key_Space)
    assert [name for name, _ in asked.calls] == ["train", "pause", "stop"]


def test_settings_are_given_to_the_session(panel, state, asked, qtbot):
    epochs, lr = panel.findChild(QSpinBox, "epochs"), panel.findChild(QLineEdit, "lr")
    qtbot.keyClick(epochs, Qt.Key.Key_Up)
    assert asked.last("configure").epochs == state.now.training_config.epochs + 1
    lr.selectAll()
    qtbot.keyClicks(lr, "3e-4")
    qtbot.keyClick(lr, Qt.Key.Key_Return)
    assert asked.last("configure").lr == 3e-4
    qtbot.keyClick(panel.findChild(QComboBox, "body"), Qt.Key.Key_Down)
    assert asked.last("configure").body == "conv"


def test_settings_from_elsewhere_are_shown_and_not_answered(panel, state, asked):
    training = dataclasses.replace(state.now.training_config, epochs=7, lr=0.5)
    model = dataclasses.replace(state.now.model_config, latent_dim=5)
    state.update(training_config=training, model_config=model)
    assert panel.findChild(QSpinBox, "epochs").value() == 7
    assert panel.findChild(QLineEdit, "lr").text() == "0.5"
    assert panel.findChild(QSpinBox, "latent_dim").value() == 5
    assert asked.calls == []


def items(box: QComboBox) -> list[str]:
    return [str(box.itemData(i)) for i in range(box.count())]


def test_every_preset_is_offered_with_its_summary(panel, state, toy, asked, qtbot):
    box = panel.findChild(QComboBox, "preset")
    assert items(box) == list(presets)
    tips = [box.itemData(i, Qt.ItemDataRole.ToolTipRole) for i in range(box.count())]
    assert tips == [presets[name].summary for name in presets]
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert asked.last("choose_preset") == items(box)[items(box).index("vae") - 1]


@pytest.mark.parametrize("name", list(presets))
def test_a_preset_decides_what_is_offered(panel, state, toy, name):
    preset = presets[name]
    toy.show(state)
    state.update(model_config=dataclasses.replace(state.now.model_config, preset=name, body=""))
    likelihoods = items(panel.findChild(QComboBox, "likelihood"))
    assert likelihoods == ["", *preset.likelihoods_for("images")[1:]]
    bodies = items(panel.findChild(QComboBox, "body"))
    assert set(preset.bodies_for("images")) <= set(bodies)
    for option in set(preset.options) - {"sigma"}:
        control = panel._form.options.control(option)
        assert control.isVisible() and control.toolTip() == preset.option_help.get(option, "")


@pytest.mark.parametrize(("kind", "bodies"), [("signals", ["mlp", "conv1d"]), ("table", ["mlp"])])
def test_a_kind_of_data_decides_too(panel, state, toy, kind, bodies):
    rows = np.zeros((60, 1, 16, 1), np.float32)
    shape = dataclasses.replace(toy.data.preparation, height=1, width=16, levels=1, kind=kind)
    data = dataclasses.replace(toy.data, x=rows, preparation=shape)
    state.update(dataset=data)
    offered = items(panel.findChild(QComboBox, "body"))
    assert set(bodies) <= set(offered) and "conv" not in offered
    likelihoods = panel.findChild(QComboBox, "likelihood")
    assert not {"bernoulli", "continuous-bernoulli"} & set(items(likelihoods))
    assert not panel.findChild(QComboBox, "binarisation").isEnabled()


def test_a_preset_brings_its_training_and_takes_it_away(state, jobs, toy):
    session = Session(state, jobs)
    state.update(dataset=toy.data)
    session.choose_preset("iwae")
    assert state.now.training_config.draws == 5
    assert "draws 5" in state.now.message.text
    session.choose_preset("linear-ae")
    assert state.now.model_config.body == "linear" and state.now.training_config.draws == 1
    session.choose_preset("vae")
    assert state.now.model_config.body == "mlp"
    assert state.now.training_config.lr == 1e-3
    session.deleteLater()


def test_a_presets_own_numbers_are_set(panel, state, asked, qtbot):
    config = dataclasses.replace(state.now.model_config, preset="vq-vae")
    state.update(model_config=config)
    codes = panel._form.options.control("codes")
    assert isinstance(codes, QSpinBox) and codes.value() == 128
    qtbot.keyClick(codes, Qt.Key.Key_Up)
    assert asked.last("configure").options == {"codes": 129}
    assert "sigma" not in panel._form.options._controls
    state.update(model_config=dataclasses.replace(config, likelihood="gaussian"))
    assert panel._form.options.control("sigma").isVisible()


@pytest.mark.parametrize(
    ("likelihood", "said"),
    [("gaussian-per-pixel", "Sigma may run to 0"), ("bernoulli", "cross-entropy, not a likelihood"),
     ("continuous-bernoulli", "drift outwards"), ("gaussian", "")],
)  # fmt: skip
def test_what_math_warns_of_is_said(panel, state, toy, likelihood, said):
    state.update(dataset=toy.data)
    config = dataclasses.replace(state.now.model_config, likelihood=likelihood)
    state.update(model_config=config)
    warning = panel.findChild(QLabel, "settingsWarning")
    assert warning.isVisible() == bool(said) and said in warning.text()


def test_binarised_data_makes_the_bernoulli_honest(panel, state, toy, asked, qtbot):
    state.update(dataset=toy.data)
    state.update(model_config=dataclasses.replace(state.now.model_config, likelihood="bernoulli"))
    box = panel.findChild(QComboBox, "binarisation")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert asked.last("binarise") == "fixed"
    shape = dataclasses.replace(toy.data.preparation, binarisation="dynamic")
    state.update(dataset=dataclasses.replace(toy.data, preparation=shape))
    assert box.currentData() == "dynamic"
    assert not panel.findChild(QLabel, "settingsWarning").isVisible()


def test_the_session_opens_the_data_again_binarised(state, jobs, qtbot):
    session = Session(state, jobs)
    session.open("digits")
    qtbot.waitUntil(lambda: state.now.codes is not None)
    model, n = state.now.model, len(state.now.dataset)
    session.binarise("fixed")
    qtbot.waitUntil(lambda: bool(state.now.dataset.preparation.binarisation == "fixed"))
    assert set(np.unique(state.now.dataset.x)) == {0, 1} and len(state.now.dataset) == n
    qtbot.waitUntil(lambda: bool(state.now.codes is not None and not jobs.busy))
    assert state.now.model is model
    before = state.now
    gate = threading.Event()
    jobs.run("gate", lambda _: gate.wait(), owner=session)  # what is cancelled waits behind it
    session.binarise("dynamic")
    jobs.cancel("open")
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert state.now.dataset is before.dataset and state.now.codes is before.codes
    jobs.close()
    session.deleteLater()


def test_the_rest_of_the_settings_is_behind_a_disclosure(panel, qtbot):
    device = panel.findChild(QComboBox, "device")
    assert not device.isVisible()
    qtbot.mouseClick(panel._more, Qt.MouseButton.LeftButton)
    assert device.isVisible()


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


def test_the_training_has_one_clock(panel, state, jobs, session, toy, qtbot):
    """Whatever the moments lag behind, all places say the same; scrubbed, the moment's own."""
    area = StatusArea(state, jobs, session)
    qtbot.addWidget(area)
    bar, progress = panel.findChild(TimelineBar), area.findChild(ProgressArea)
    gate = threading.Event()
    jobs.run("train", lambda _: gate.wait(), owner=session, lane="train")
    toy.show(state)
    state.update(**toy.trained(6), epoch=3.0, training="running")
    state.update(standing=Standing(4.19, 10, 21.0, 1234.0))
    assert progress.text() == "epoch 4.1 of 10, 0:21 left"
    assert bar.text() == "epoch 4.1 of 10"
    assert panel._status_text() == "0:21 left, 1,234 samples/s"
    state.update(training="paused")
    assert progress.text() == "paused at epoch 4.1 of 10" and panel._status_text() == "paused"
    state.update(epoch=1.0)
    assert bar.text() == "epoch 1.0 of 10"
    state.update(training="running", epoch=3.0)
    state.update(standing=Standing(10.0, 10, 0.0, 1234.0, phase="measuring the test ELBO"))
    assert progress.text() == "measuring the test ELBO"
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    state.update(training="idle", standing=None)
    assert bar.text() == "epoch 3.0 of 10"


def test_the_time_line_goes_back_and_is_not_moved_by_itself(panel, state, toy, asked, qtbot):
    slider, bar = panel.findChild(QSlider, "timeline"), panel.findChild(TimelineBar)
    state.update(**toy.trained(6), epoch=3.0)
    assert (slider.value(), slider.maximum()) == (5, 5)
    assert bar.text() == "epoch 3.0 of 10"
    assert asked.calls == []
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert asked.calls == [("show_moment", (4,))]
    assert bar.text() == "epoch 2.5 of 10"
    state.update(epoch=1.0)
    assert slider.value() == 1 and asked.count("show_moment") == 1


def test_play_shows_every_moment_and_ends(panel, state, toy, asked, qtbot):
    bar = panel.findChild(TimelineBar)
    bar._timer.setInterval(1)
    state.update(**toy.trained(3), epoch=1.5)
    qtbot.mouseClick(bar.play, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not bar.play.isChecked())
    assert asked.calls == [("show_moment", (i,)) for i in range(3)]


def test_likelihoods_in_words():
    assert spoken("bernoulli", binary=False) == "cross-entropy (not a likelihood)"
    assert spoken("bernoulli", binary=True) == "bernoulli"


def test_another_theme_repaints(panel):
    before = panel.grab().toImage().pixelColor(2, 2)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    assert panel.grab().toImage().pixelColor(2, 2) != before


def test_the_focus_stays_with_the_buttons_while_they_change(panel, state, toy, qtbot):
    toy.show(state)
    train, stop = button(panel, "trainButton"), button(panel, "stopButton")
    panel.activateWindow()
    train.setFocus()
    qtbot.waitUntil(train.hasFocus)
    state.update(training="running")
    assert stop.hasFocus()
    button(panel, "pauseButton").setFocus()
    state.update(training="paused")
    assert button(panel, "pauseButton").hasFocus()
    state.update(training="stopping")
    assert not panel._more.hasFocus()
    state.update(training="idle")
    assert train.hasFocus()


def test_a_focus_elsewhere_stays_there(panel, state, toy, qtbot):
    toy.show(state)
    panel.activateWindow()
    panel._more.setFocus()
    qtbot.waitUntil(panel._more.hasFocus)
    for training in ("running", "stopping", "idle"):
        state.update(training=training)
        assert panel._more.hasFocus()


def test_the_ring_of_more_settings_does_not_touch_its_text(panel):
    text = panel._more.fontMetrics().horizontalAdvance(panel._more.text())
    assert panel._more.width() >= text + 2 * (2 + 4)  # px of the ring, and of air, on either side


def test_a_narrow_form_has_one_column_and_keeps_its_order(state, jobs, asked, light, toy, qtbot):
    toy.show(state)
    panel = TrainingPanel(state, jobs, asked)
    docked = Roomy(panel)
    qtbot.addWidget(docked)
    docked.resize(930, 190)
    docked.show()
    form = panel.findChild(SettingsForm)

    def at(name: str) -> QPoint:
        return form.control(name).mapTo(panel, QPoint(0, 0))

    assert abs(at("preset").y() - at("latent_dim").y()) <= 1
    docked.resize(panel.minimumSizeHint().width(), 190)
    QApplication.processEvents()
    assert at("preset").x() == at("latent_dim").x() == at("likelihood").x()
    assert at("preset").y() < at("latent_dim").y() < at("likelihood").y()
    plot = panel.findChild(TimelineBar)
    assert plot.mapTo(panel, plot.rect().bottomRight()).x() < panel.width()
    docked.resize(930, 190)
    QApplication.processEvents()
    assert abs(at("preset").y() - at("latent_dim").y()) <= 1
