"""Whatever cannot be used says why in its tooltip, in every state of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollBar,
    QTabBar,
    QToolBar,
    QToolButton,
    QWidget,
)

from explorer.app.background.jobs import Jobs
from explorer.models import autoencoder
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.ui.menus.picture_menus import sections_of
from explorer.ui.widgets import offering
from explorer.ui.widgets.offering import REASON, offer, offer_item
from explorer.ui.widgets.overlays.popup import menu_of
from explorer.ui.widgets.pictures.picture_view import PictureView
from explorer.ui.window import MainWindow
from tests.fakes import toy_dataset
from tests.ui.standing import Standing, standing

KINDS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)
DATA = toy_dataset()
BARE = replace(DATA, labels=None, classes=())


def _model(preset: str, **more: Any) -> ModelSnapshot:
    config = ModelConfig(preset=preset, hidden=16, **more)
    weights = autoencoder.weights_of(autoencoder.build(config, DATA.preparation, seed=0))
    return ModelSnapshot(preset, config, DATA.preparation, weights)


def _shown(window: MainWindow, model: ModelSnapshot, dataset: Any = DATA) -> None:
    mean = np.random.default_rng(0).normal(size=(len(DATA), model.config.latent_dim))
    codes = Codes(model.id, mean.astype(np.float32), np.ones_like(mean), np.arange(len(DATA)))
    window.state.update(
        dataset=dataset, model=model, codes=codes, model_config=model.config,
        z=np.zeros(model.config.latent_dim, np.float32),
    )  # fmt: skip


def _nothing(_window: MainWindow) -> None:
    """The first moment."""


def _data_alone(window: MainWindow) -> None:
    window.state.update(dataset=DATA)


def _model_alone(window: MainWindow) -> None:
    window.state.update(model=_model("vae"))


def _no_labels(window: MainWindow) -> None:
    _shown(window, _model("vae"), BARE)


def _no_kl(window: MainWindow) -> None:
    _shown(window, _model("ae"))


def _codebook(window: MainWindow) -> None:
    _shown(window, _model("vq-vae", latent_dim=4, options={"codes": 8.0}))


def _one_dimension(window: MainWindow) -> None:
    _shown(window, _model("vae", latent_dim=1))


def _path_tool(window: MainWindow) -> None:
    _shown(window, _model("vae"))
    window.state.update(tool="path")


def _training(how: str) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        _shown(window, _model("vae"))
        window.state.update(training=how)

    show.__name__ = how
    return show


STATES = (
    _nothing, _data_alone, _model_alone, _no_labels, _no_kl, _codebook, _one_dimension, _path_tool,
    _training("running"), _training("paused"), _training("stopping"),
)  # fmt: skip


@pytest.fixture(scope="module")
def opened(qapp: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """The window of all the tests below."""
    with standing(tmp_path_factory.mktemp("settings")) as made:
        yield made


@pytest.fixture
def window(opened: Standing) -> MainWindow:
    return opened.begin()


def _is_part(widget: QWidget) -> bool:
    """Of another control, which is looked at instead; or Qt's own; or put away."""
    parent = widget.parentWidget()
    away = isinstance(parent, QToolBar) and widget.isHidden()
    return (
        isinstance(widget, QScrollBar)
        or away
        or isinstance(parent, QAbstractSpinBox | QComboBox | QTabBar)
    )


def _silent(window: MainWindow) -> list[str]:
    """Those that are disabled, and do not say why."""
    made = [
        menu_of(view, sections_of(view, window.session))
        for view in window.findChildren(PictureView)
    ]
    window.plane_area.plane.menu_wanted.emit(QPoint(0, 0))
    controls = [w for kind in KINDS for w in window.findChildren(kind) if not _is_part(w)]
    menus = window.findChildren(QMenu)
    actions = [action for menu in menus for action in menu.actions() if action.text()]
    silent = [_named(o) for o in (*controls, *actions) if not o.isEnabled() and not _says(o)]
    silent += [_named(m) for m in menus if _has_disabled(m) and not m.toolTipsVisible()]
    silent += [told for box in window.findChildren(QComboBox) for told in _silent_items(box)]
    for menu in menus:
        menu.close()
    for menu in made:
        menu.deleteLater()
    return silent


def _says(control: QWidget | QAction) -> bool:
    action = control.defaultAction() if isinstance(control, QToolButton) else None
    reason = (control if action is None else action).property(REASON)
    return bool(reason) and control.toolTip().endswith(reason)


def _has_disabled(menu: QMenu) -> bool:
    return any(not action.isEnabled() for action in menu.actions())


def _silent_items(box: QComboBox) -> list[str]:
    rows = [box.model().index(i, 0) for i in range(box.count())]
    deaf = [row for row in rows if not row.flags() & Qt.ItemFlag.ItemIsEnabled]
    told = [row.data(Qt.ItemDataRole.ToolTipRole) for row in deaf]
    return [f"{_named(box)}: {row.data()}" for row, t in zip(deaf, told, strict=True) if not t]


def _named(thing: QWidget | QAction) -> str:
    words = [getattr(thing, name, str)() for name in ("objectName", "accessibleName", "text")]
    return f"{type(thing).__name__} {' '.join(filter(None, words))}"


@pytest.mark.parametrize("show", STATES, ids=lambda show: show.__name__.strip("_"))
def test_what_cannot_be_used_says_why(
    window: MainWindow, qtbot: Any, show: Callable[[MainWindow], None]
) -> None:
    show(window)
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert _silent(window) == []


def test_what_cannot_be_used_while_something_is_measured_says_why(
    window: MainWindow, jobs: Jobs, qtbot: Any
) -> None:
    def work(task: Any) -> None:
        while True:
            task.check()

    _shown(window, _model("vae"))
    qtbot.waitUntil(lambda: not window.jobs.busy)
    window.jobs.run("measure", work, owner=window)
    window.jobs.cancel("measure")
    assert _silent(window) == []
    qtbot.waitUntil(lambda: not window.jobs.busy)


def test_a_reason_stands_below_what_the_control_does_and_goes_again(qtbot: Any) -> None:
    button = QPushButton("Train")
    qtbot.addWidget(button)
    button.setToolTip("Learn")
    offer(button, "Open data first")
    assert (button.isEnabled(), button.toolTip()) == (False, "Learn\nOpen data first")
    button.setToolTip("Learn more")
    offer(button, "Not while a training runs")
    assert button.toolTip() == "Learn more\nNot while a training runs"
    offer(button)
    assert (button.isEnabled(), button.toolTip()) == (True, "Learn more")


def test_an_entry_of_a_menu_does_not_repeat_itself(qtbot: Any) -> None:
    action = QAction("&Save...")
    offer(action, "There is no picture yet")
    assert action.toolTip() == "There is no picture yet"
    offer(action)
    assert action.toolTip() == "Save"


def test_a_choice_says_why_as_well(qtbot: Any) -> None:
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItems(["a", "b"])
    offer_item(box, 1, "No labels")
    assert box.itemData(1, Qt.ItemDataRole.ToolTipRole) == "No labels"
    offer_item(box, 1)
    assert box.itemData(1, Qt.ItemDataRole.ToolTipRole) == ""


def test_nothing_is_disabled_past_the_mechanism() -> None:
    source = Path(offering.__file__).parents[1]
    past = [p.name for p in source.rglob("*.py") if ".setEnabled(" in p.read_text("utf-8")]
    of_no_control = ["interrupts.py", "popup.py"]  # a signal's wake-up, and the head of a menu
    assert sorted(past) == sorted([*of_no_control, "offering.py"])
