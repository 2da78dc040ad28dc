"""The real window over toy data and small real models, and what a hand changes in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np
from PySide6.QtWidgets import QComboBox, QDockWidget, QPushButton, QWidget

from explorer.analysis.latent.paths import LatentPath
from explorer.app.state import NOTHING, State
from explorer.compute.analyses.encode import FindCodes
from explorer.data.dataset import Dataset
from explorer.models import autoencoder
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.ui import synthetic_input
from explorer.ui.panels import panels
from explorer.ui.window import MainWindow
from tests.fakes import toy_dataset

CONFIGS = {
    "vae": ModelConfig(hidden=8),
    "deep": ModelConfig(hidden=8, latent_dim=3),
    "line": ModelConfig(hidden=8, latent_dim=1),
    "gmm-vae": ModelConfig(preset="gmm-vae", hidden=8),
    "vq-vae": ModelConfig(preset="vq-vae", hidden=8, latent_dim=4, options={"codes": 8.0}),
}
NUMBERS = count()  # no two models go by the same id
PATHS = (((-1, -1), (1, 1)), ((1, -1), (-1, 1)))


@dataclass
class Desk:
    """A window, and ``state``, what it shows; kind: which of ``CONFIGS`` its model is of."""

    window: MainWindow
    qtbot: Any
    kind: str = "vae"

    @property
    def state(self) -> State:
        """The window's."""
        return self.window.state

    def begin(self, kind: str = "vae") -> None:
        """Show data and a model anew, and wait for what follows from them."""
        self.kind = kind
        self.state.update(training="idle")
        self.open()
        self.settle()

    def open(self) -> None:
        """Show data and a model anew."""
        data = toy_dataset()
        self.state.renew(dataset=data, **self.model(data))

    def settle(self) -> None:
        """Wait until nothing is asked any more."""
        self.qtbot.waitUntil(lambda: not self.window.jobs.busy)

    def model(self, data: Dataset, kind: str = "", seed: int = 0) -> dict[str, Any]:
        """The fields of the state that a model brings."""
        config = CONFIGS[kind or self.kind]
        weights = autoencoder.weights_of(autoencoder.build(config, data.preparation, seed=seed))
        made = ModelSnapshot(f"model {next(NUMBERS)}", config, data.preparation, weights)
        codes = FindCodes(made, data).answer()
        z = np.zeros(codes.mean.shape[1], np.float32)
        return {"model": made, "codes": codes, "z": z, "planes": {}}

    def another(self, **more: object) -> None:
        """Another model on the same data, as a moment of training is."""
        data = self.state.now.dataset
        assert data is not None
        self.state.update(**self.model(data, seed=1), **more)

    # -- what the hand does -------------------------------------------------------------------

    def find(self, kind: type[Any], name: str) -> Any:
        """A widget by its name."""
        return synthetic_input.find(self.window, kind, name)

    def front(self, name: str) -> None:
        """Bring a panel's dock before the others, in a workspace that it belongs to."""
        places = panels[name].places
        if self.state.now.workspace not in places:
            self.state.update(workspace=next(iter(places)))
        dock = self.find(QDockWidget, f"{name}Dock")
        dock.show()
        dock.raise_()
        self.qtbot.waitUntil(lambda: bool(dock.widget().isVisible()))

    def choose(self, name: str, text: str) -> None:
        """Choose an entry of a list."""
        box = self.find(QComboBox, name)
        box.setCurrentIndex(box.findText(text))
        box.activated.emit(box.currentIndex())

    def press(self, name: str) -> None:
        """Press a button."""
        self.find(QPushButton, name).click()

    def select(self, *samples: int) -> None:
        """Select samples."""
        self.state.update(selection=np.array(samples, np.int64))

    def lay(self, which: int = 0, kind: str = "straight") -> None:
        """Lay a path."""
        z = self.state.now.z
        assert z is not None
        points = np.zeros((2, len(z)), np.float32)
        points[:, :2] = PATHS[which]
        self.state.update(path=LatentPath(points, kind))

    def widget(self, name: str) -> QWidget:
        """A widget of any kind by its name."""
        found: QWidget = self.find(QWidget, name)
        return found


def _another_space(desk: Desk) -> None:
    data = desk.state.now.dataset
    assert data is not None
    desk.state.update(**desk.model(data, "vae" if desk.kind == "deep" else "deep"))


def _other_data(desk: Desk) -> None:
    data = toy_dataset(50, seed=1)
    desk.state.renew(dataset=data, **desk.model(data, seed=1))


def _other_codes(desk: Desk) -> None:
    codes = desk.state.now.codes
    assert codes is not None
    desk.state.update(codes=replace(codes, mean=codes.mean + 1))


CHANGES: dict[str, Callable[[Desk], object]] = {
    "another model": Desk.another,
    "another space": _another_space,
    "other data": _other_data,
    "other codes": _other_codes,
    "other axes": lambda desk: desk.state.update_plane("pca", axes=(1, 2)),
    "another sample": lambda desk: desk.select(7),
    "another place": lambda desk: desk.window.session.move(np.ones(2, np.float32)),
    "no sample": lambda desk: desk.state.update(selection=NOTHING),
    "another point": lambda desk: desk.state.update(hover=7),
    "another path": lambda desk: desk.lay(1),
    "no path": lambda desk: desk.state.update(path=None),
    "nothing": lambda desk: desk.state.renew(),
    "another moment": lambda desk: desk.state.update(asked_epoch=1.0),
    "a training": lambda desk: desk.state.update(training="running"),
}
