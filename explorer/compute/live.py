"""The modules that live in a lane: one per form of model and thread, never handed on."""

from __future__ import annotations

import threading
import weakref
from typing import TYPE_CHECKING

from explorer.data.dataset import Bytes, Floats
from explorer.models.checkpoint import Weights
from explorer.models.config import ModelSnapshot

if TYPE_CHECKING:
    from explorer.models.autoencoder import Autoencoder

    Newest = tuple[weakref.ref[ModelSnapshot], Autoencoder] | None

_thread = threading.local()


def live(model: ModelSnapshot) -> Autoencoder:
    """The calling thread's module with that snapshot's weights.

    One module a form of model is kept; another moment of a training only brings other weights.
    """
    newest: Newest = getattr(_thread, "newest", None)
    if newest is not None and newest[0]() is model:  # as with every move of a drag
        return newest[1]
    _thread.newest = None  # its module may be the one that is loaded anew, or half of it
    module = _loaded(model)
    _thread.newest = (weakref.ref(model), module)
    return module


def _loaded(model: ModelSnapshot) -> Autoencoder:
    from explorer.models import autoencoder

    kept = _kept_modules()
    form = repr((model.config, model.preparation))
    module, held = kept.pop(form, (None, None))
    if module is None:
        module = autoencoder.from_snapshot(model)
    elif held is not model.weights:  # an id is a stranger's word
        autoencoder.load_weights(module, model)
    kept[form] = (module, model.weights)  # now the last in line
    while len(kept) > 4:
        kept.pop(next(iter(kept)))
    return module


def _kept_modules() -> dict[str, tuple[Autoencoder | None, Weights | None]]:
    kept: dict[str, tuple[Autoencoder | None, Weights | None]] | None
    kept = getattr(_thread, "modules", None)
    if kept is None:
        if threading.current_thread() is not threading.main_thread():  # a lane, not a command
            import torch

            torch.set_num_threads(1)  # acts on this thread only; the train lane has the others
        kept = _thread.modules = {}
    return kept


def encode_rows(model: ModelSnapshot, rows: Bytes | Floats, levels: int) -> tuple[Floats, Floats]:
    """Means and standard deviations (b, d) of prepared rows (b, H, W, C)."""
    import torch

    from explorer.models.batches import to_tensor

    module = live(model)
    with torch.inference_mode():
        posterior = module.encode(to_tensor(rows, levels, "cpu"))
    return posterior.mean.numpy(), posterior.std.numpy()


def decode_rows(model: ModelSnapshot, z: Floats) -> Floats:
    """What the model makes of codes (b, d), as rows (b, D) in its units."""
    import torch

    module = live(model)
    with torch.inference_mode():
        return unit_rows(module.decode(torch.from_numpy(z)))


def unit_rows(images: object) -> Floats:
    """A tensor of decoded samples (b, C, H, W) as rows (b, D) in the model's units."""
    from explorer.models.batches import to_numpy

    return to_numpy(images)  # type: ignore[arg-type]
