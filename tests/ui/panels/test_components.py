from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from explorer.ui.panels.components import ComponentsPanel
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.scree_plot import ScreePlot


@pytest.fixture
def panel(qtbot, state, jobs, asked, light):
    made = ComponentsPanel(state, asked)
    qtbot.addWidget(made)
    made.resize(700, 200)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_without_data_there_is_nothing_in_it(panel):
    assert [view.image() for view in panel._eigen] == [None, None]


def test_the_axes_of_the_plane_are_those_shown(panel, state, toy):
    toy.show(state)
    state.update_plane("pca", axes=(2, 0))
    assert panel._eigen[0].accessibleDescription().startswith("PC3, ")
    assert panel._scree._chosen == (2, 0)


def test_the_scree_plot_says_its_numbers(panel, state, toy):
    toy.show(state)
    scree = panel.findChild(ScreePlot, "screePlot")
    ratio = toy.pca.ratio
    assert scree.text_of(1) == (
        f"PC2: {ratio[1]:.1%} of the variance; up to here {ratio[:2].sum():.1%}"
    )
    heights = [scree.bar(i).height() for i in range(16)]
    assert heights == sorted(heights, reverse=True)


def test_eigen_images_are_signed_about_the_ground(panel, state, toy):
    toy.show(state)
    first = panel._eigen[0]
    weights = toy.pca.components[0].reshape(8, 8)
    picture = first.image().astype(int)
    assert (picture[weights > 0.2][:, 0] > picture[weights > 0.2][:, 2]).all()  # orange
    assert (picture[weights < -0.2][:, 0] < picture[weights < -0.2][:, 2]).all()  # blue
    assert first.accessibleDescription().startswith("PC1, \u00b1")


def test_another_theme_repaints(light, panel, state, toy):
    toy.show(state)
    before = panel._eigen[0].image()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    assert (panel._eigen[0].image() != before).any()
