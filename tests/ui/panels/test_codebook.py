from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget

from explorer.analysis.latent.codebook import nearest
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.ui.panels.codebook import CodesPanel, meaning
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.usage_bars import UsageBars
from explorer.ui.widgets.pictures.code_grid import CodeGrid
from explorer.ui.widgets.pictures.code_palette import CodePalette
from tests.fakes import toy_dataset

LEFT = Qt.MouseButton.LeftButton
CONFIG = ModelConfig(preset="vq-vae", hidden=16, latent_dim=4, options={"codes": 12.0})


class Quantised:
    """A vq-vae with fresh weights, and codes of 60 samples: code 5 most often, 0 and 1 never."""

    def __init__(self, latent_dim: int = 4) -> None:
        self.data = toy_dataset()
        config = replace(CONFIG, latent_dim=latent_dim)
        made = build(config, self.data.preparation, seed=0)
        self.model = ModelSnapshot("q", config, self.data.preparation, weights_of(made))
        self.book = made.posterior.codebook().detach().numpy()
        rng = np.random.default_rng(0)
        self.index = rng.integers(2, 12, (60, latent_dim // 2))
        self.index[:20] = 5
        mean = self.book[self.index].reshape(60, -1)
        self.codes = Codes("q", mean, np.zeros_like(mean), np.arange(60))

    def show(self, state) -> None:
        d = self.model.config.latent_dim
        state.update(
            dataset=self.data, model=self.model, codes=self.codes,
            z=np.full(d, 0.1, np.float32),
        )  # fmt: skip

    def held(self, state) -> list[int]:
        return nearest(state.now.z, self.book).tolist()


@pytest.fixture
def panel(qtbot, state, jobs, session, light):
    host = QWidget()  # as a dock: a window of its own would keep its layout's least width
    qtbot.addWidget(host)
    host.resize(1000, 500)
    made = CodesPanel(state, session, host)
    made.resize(930, 180)
    with qtbot.waitExposed(host):
        host.show()
    yield made
    assert host  # the host lives as long as the test


def shown(panel, state, qtbot, latent_dim: int = 4) -> Quantised:
    """The panel over a model, once its pictures are there."""
    model = Quantised(latent_dim)
    model.show(state)
    palette = panel.findChild(CodePalette)
    qtbot.waitUntil(lambda: len(palette.codes.pictures) == 12)
    return model


def click_code(panel, qtbot, row: int) -> int:
    palette = panel.findChild(CodePalette)
    index = palette.codes.index(row, 0)
    qtbot.mouseClick(palette.viewport(), LEFT, pos=palette.visualRect(index).center())
    return int(palette.codes.order[row])


def test_other_models_are_told_what_to_do(panel, state, toy):
    assert panel._stack.currentIndex() == 0
    toy.show(state)
    assert panel._stack.currentIndex() == 0
    assert any("Train the model vq-vae" in label.text() for label in panel.findChildren(QLabel))


def test_codes_stand_in_order_of_use(panel, state, qtbot):
    model = shown(panel, state, qtbot)
    palette = panel.findChild(CodePalette)
    counts = np.bincount(model.index.ravel(), minlength=12)
    assert counts[palette.codes.order].tolist() == sorted(counts, reverse=True)
    assert palette.codes.order[0] == 5
    figure = panel.findChild(QLabel, "codesFigure").text()
    assert "10 of 12 used" in figure
    p = counts[counts > 0] / counts.sum()
    assert f"perplexity {np.exp(-(p * np.log(p)).sum()):.1f}" in figure


def test_a_picked_code_moves_one_position_and_the_picture_follows(panel, state, qtbot):
    model = shown(panel, state, qtbot)
    before = state.now.z
    code = click_code(panel, qtbot, 2)
    palette = panel.findChild(CodePalette)
    assert state.now.z[:2].tolist() == model.book[code].tolist()
    assert state.now.z[2:].tolist() == before[2:].tolist()
    assert palette.held == code
    qtbot.waitUntil(lambda: state.now.decoded is not None and state.now.decoded.z is state.now.z)
    assert np.array_equal(state.now.decoded.image, palette.codes.pictures[code])
    assert state.undo()
    assert state.now.z is before


def test_a_picked_position_turns_the_plane_and_takes_the_next_code(panel, state, qtbot):
    model = shown(panel, state, qtbot)
    grid, palette = panel.findChild(CodeGrid), panel.findChild(CodePalette)
    first = palette.codes.pictures
    qtbot.mouseClick(grid, LEFT, pos=grid.cell(1).center().toPoint())
    assert state.now.plane("latent").axes == (2, 3)
    assert "position 2" in panel.findChild(QLabel, "codesMeaning").text()
    qtbot.waitUntil(lambda: palette.codes.pictures is not first)
    code = click_code(panel, qtbot, 0)
    assert model.held(state)[1] == code == 5
    assert state.undo()
    assert state.undo() and state.now.plane("latent").axes == (0, 1)
    assert grid.accessibleDescription().startswith("position 1 of 2")


def test_arrow_keys_move_over_positions_and_codes(panel, state, qtbot):
    model = shown(panel, state, qtbot)
    grid, palette = panel.findChild(CodeGrid), panel.findChild(CodePalette)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert state.now.plane("latent").axes == (2, 3)
    qtbot.keyClick(grid, Qt.Key.Key_Right)  # there is none further
    assert state.now.plane("latent").axes == (2, 3)
    click_code(panel, qtbot, 3)
    qtbot.keyClick(palette, Qt.Key.Key_Right)
    assert model.held(state)[1] == palette.codes.order[4]


def test_a_bar_is_a_code_too(panel, state, qtbot):
    model = shown(panel, state, qtbot, 2)
    bars = panel.findChild(UsageBars)
    code = int(panel.findChild(CodePalette).codes.order[6])
    at = bars.bar(code).center()
    qtbot.mouseClick(bars, LEFT, pos=QPoint(round(at.x()), bars.height() - 4))
    assert model.held(state) == [code]


def test_draws_come_from_the_codes_of_the_data(panel, state, qtbot):
    model = shown(panel, state, qtbot)
    button = panel.findChild(QPushButton, "drawCodesButton")
    seen = []
    for _ in range(20):
        qtbot.mouseClick(button, LEFT)
        seen.append(model.held(state))
        assert state.now.z.tolist() == model.book[seen[-1]].flatten().tolist()
    assert len(set(map(tuple, seen))) > 3
    assert all(code in set(model.index[:, p]) for grid in seen for p, code in enumerate(grid))
    how = panel.findChild(QComboBox)
    how.setCurrentIndex(how.findData("grids"))
    for _ in range(10):
        qtbot.mouseClick(button, LEFT)
        assert model.held(state) in model.index.tolist()
    assert state.undo()


def test_the_held_code_follows_z(panel, state, qtbot):
    model = shown(panel, state, qtbot, 2)
    palette = panel.findChild(CodePalette)
    assert not panel.findChild(CodeGrid).isVisible()  # one position: nothing to choose
    state.update(z=model.book[7] + np.float32(0.001))
    assert palette.held == 7
    state.update(preview=model.book[3].copy())
    assert palette.held == 3
    state.update(preview=None)
    assert palette.held == 7


def test_the_sentence():
    assert meaning(1, 2, 0) == (
        "Every point of a cell decodes to the same picture: the plane shows the code vectors; "
        "moving within a cell changes nothing."
    )
    assert "two numbers of the code vectors" in meaning(1, 4, 0)
    assert meaning(9, 2, 3).startswith("z is a grid of 9 codes. ")
    assert "of position 4;" in meaning(9, 2, 3)


def test_a_model_without_data_has_a_palette_and_no_draws(panel, state, qtbot):
    model = Quantised()
    state.update(model=model.model, z=np.zeros(4, np.float32))
    qtbot.waitUntil(lambda: len(panel.findChild(CodePalette).codes.pictures) == 12)
    assert not panel.findChild(QPushButton, "drawCodesButton").isEnabled()
    assert "open data" in panel.findChild(QLabel, "codesFigure").text()


def test_another_model_empties_it(panel, state, qtbot, toy):
    shown(panel, state, qtbot)
    toy.show(state)
    assert panel._stack.currentIndex() == 0
    qtbot.mouseClick(panel.findChild(QPushButton, "drawCodesButton"), LEFT)
    assert not state.now.z.any()


def test_nothing_is_asked_while_nobody_looks(panel, state, qtbot, jobs):
    panel.hide()
    Quantised().show(state)
    assert panel.findChild(CodePalette).codes.rowCount() == 0
    panel.show()
    qtbot.waitUntil(lambda: len(panel.findChild(CodePalette).codes.pictures) == 12)


@pytest.mark.parametrize(("width", "height"), [(930, 170), (340, 420)])
@pytest.mark.parametrize("latent_dim", [2, 4, 64])
def test_nothing_is_clipped(panel, state, qtbot, width, height, latent_dim):
    shown(panel, state, qtbot, latent_dim)
    panel.resize(width, height)
    QApplication.processEvents()
    assert panel.minimumSizeHint().width() <= 340
    for kind in (CodeGrid, CodePalette, UsageBars, QPushButton, QLabel):
        for child in panel.findChildren(kind):
            if child.isVisible():
                corner = child.mapTo(panel, child.rect().bottomRight())
                assert corner.x() <= panel.width(), child
                assert corner.y() <= panel.height(), child


def test_both_themes_are_painted(light, panel, state, qtbot):
    shown(panel, state, qtbot)
    before = panel.grab().toImage()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    assert panel.grab().toImage().pixelColor(2, 2) != before.pixelColor(2, 2)
