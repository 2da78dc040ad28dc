"""What must hold of the state whenever nothing is on its way, found by other ways than its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from explorer.analysis.pca import on_axes
from explorer.app.planes import planes
from explorer.app.snapshot import Snapshot
from explorer.app.state import State
from explorer.data.binarising import fixed_draw
from explorer.data.dataset import Floats
from explorer.data.pictures.drawing import LARGE, drawn
from explorer.models import autoencoder
from explorer.models.autoencoder import Autoencoder
from explorer.models.batches import to_numpy, to_tensor
from explorer.models.config import ModelSnapshot
from explorer.registry import Registry
from explorer.ui.widgets.pictures.picture_view import PictureView
from explorer.ui.window import MainWindow

Rule = Callable[[MainWindow, "Truth"], Iterator[str]]
rules: Registry[Rule] = Registry("rule")
SOME = 8  # codes that are looked at, of all
CLOSE: dict[str, Any] = {"rtol": 2e-3, "atol": 2e-3}


class Truth:
    """Modules of its own with the weights of the model shown; what it says is not the program's."""

    def __init__(self) -> None:
        self._model: ModelSnapshot | None = None
        self._module: Autoencoder | None = None
        self._state: State | None = None
        self.went: Snapshot | None = None  # as it was when the hand went to a sample

    def follow(self, state: State) -> None:
        """Take down when z goes to a sample."""
        self._state = state
        state.changed.connect(self._on_changed)

    def _on_changed(self, fields: frozenset[str], source: object) -> None:
        assert self._state is not None
        now = self._state.now
        if now.moved == "sample" and "z" in fields and now.training == "idle":
            self.went = None if source is self._state else now

    def module(self, model: ModelSnapshot) -> Autoencoder:
        """Made anew whenever another model is shown."""
        if self._module is None or self._model is not model:
            self._module, self._model = autoencoder.from_snapshot(model), model
        return self._module

    def decoded(self, model: ModelSnapshot, z: Floats) -> Floats:
        """(D,) in the model's units."""
        with torch.inference_mode():
            given = torch.from_numpy(np.array(z, np.float32))[None]
            row: Floats = to_numpy(self.module(model).decode(given))[0]
            return row

    def encoded(self, model: ModelSnapshot, rows: NDArray[np.generic], levels: int) -> Floats:
        """(b, d) means of prepared rows (b, H, W, C)."""
        with torch.inference_mode():
            found = self.module(model).encode(to_tensor(rows, levels)).mean.numpy()  # type: ignore[arg-type]
        return np.asarray(found, np.float32)


def broken(window: MainWindow, truth: Truth) -> list[str]:
    """What does not hold now, a sentence each."""
    return [f"{name}: {said}" for name in rules for said in rules[name](window, truth)]


@rules.register("decoded")
def _decoded(window: MainWindow, truth: Truth) -> Iterator[str]:
    """The picture shown is that of the model shown at the z shown."""
    now = window.state.now
    if now.model is None or now.shown_z is None or len(now.shown_z) != now.model.config.latent_dim:
        if now.model is not None:
            yield "z is not of the model's space"
        return
    if now.decoded is None:
        yield "there is no picture of this model"
        return
    row = truth.decoded(now.model, now.shown_z)
    if not same_picture(now.decoded.image, drawn(row, now.model.preparation, LARGE)):
        yield "the picture is not the one at z"
    for view in window.findChildren(PictureView, "decodedView"):
        if view.image() is not now.decoded.image:
            yield "the view shows another picture"


@rules.register("compared")
def _compared(window: MainWindow, truth: Truth) -> Iterator[str]:
    """The comparison is of the first sample selected or of an own picture, by the model shown."""
    now = window.state.now
    if now.own is not None and now.preparation is not None:
        if now.comparison is None or now.comparison.index is not None:
            yield "an own picture is looked at and something else is compared"
        return
    if now.dataset is None or not len(now.selection):
        if now.comparison is not None:
            yield "nothing is selected and something is compared"
        return
    first, seen = int(now.selection[0]), now.comparison
    if seen is None or seen.index != first:
        yield f"sample {first} is selected, {seen and seen.index} is compared"
        return
    if now.model is None or seen.mse is None or now.codes is None:
        return
    judged = fixed_draw(now.dataset)
    x = judged.x[first : first + 1]
    code = truth.encoded(now.model, x, judged.preparation.levels)[0]
    if seen.mean is None or not np.allclose(code, seen.mean, equal_nan=True, **CLOSE):
        yield f"the code of sample {first} is another one's"
    again = drawn(truth.decoded(now.model, code), now.model.preparation, LARGE)
    if not same_picture(seen.reconstruction, again, off=2):
        yield f"the reconstruction is not that of sample {first}"


@rules.register("codes")
def _codes(window: MainWindow, truth: Truth) -> Iterator[str]:
    """Codes are of the model and of the samples that they say."""
    now = window.state.now
    if now.codes is None:
        return
    if now.model is None or now.dataset is None or now.codes.model_id != now.model.id:
        yield "the codes are of another model"
        return
    if len(now.codes.index) and int(now.codes.index.max()) >= len(now.dataset):
        yield "the codes are of more samples than there are"
        return
    rows = np.linspace(0, len(now.codes.index) - 1, min(SOME, len(now.codes.index))).astype(int)
    judged = fixed_draw(now.dataset)  # what codes are measured on
    x = judged.x[now.codes.index[rows]]
    found = truth.encoded(now.model, x, judged.preparation.levels)
    if not np.allclose(found, now.codes.mean[rows], equal_nan=True, **CLOSE):
        yield "the codes are not what the model makes of the samples"


@rules.register("planes agree")
def _agree(window: MainWindow, truth: Truth) -> Iterator[str]:
    """The plane that the hand does not move in follows the other."""
    now = window.state.now
    at = planes["pca"].cursor(now)
    if now.pca is None or at is None or now.model is None or now.decoded is None:
        return
    if now.moved == "latent" and now.shown_z is not None:
        row = truth.decoded(now.model, now.shown_z)[None]
        if row.shape[1] == now.pca.components.shape[1]:
            scores = now.pca.project(row)[0]
            point = on_axes(scores[None], now.plane("pca").axes)[0]
            if not np.allclose(point, at, equal_nan=True, **CLOSE):
                yield f"z is at {point} of the PCA plane, its cursor at {at}"
    elif "pca" in now.seen and (
        now.pca_decoded is None or not np.array_equal(now.pca_decoded.point, at)
    ):
        yield "the PCA picture is of another point"


@rules.register("finite")
def _finite(window: MainWindow, _truth: Truth) -> Iterator[str]:
    """Whatever a hand moves is a number."""
    now = window.state.now
    for name in ("z", "preview", "mark_a", "mark_b"):
        value = getattr(now, name)
        if value is not None and not np.isfinite(value).all():
            yield f"{name} is not finite"
    if now.dataset is not None and now.selection.max(initial=-1) >= len(now.dataset):
        yield "the selection is of more samples than there are"


@rules.register("words")
def _words(window: MainWindow, _truth: Truth) -> Iterator[str]:
    """What is said is a sentence, and no fault of the program."""
    message = window.state.now.message
    if message is None:
        return
    for sign in ("\n", "Traceback", "fault of the program", "made a mistake", "None", "<"):
        if sign in message.text:
            yield f"the message is {message.text!r}"
            return


def same_picture(a: NDArray[np.uint8] | None, b: NDArray[np.uint8], off: int = 1) -> bool:
    """Whether two pictures differ by rounding only."""
    if a is None or a.shape != b.shape:
        return False
    return bool(np.abs(a.astype(int) - b.astype(int)).max(initial=0) <= off)
