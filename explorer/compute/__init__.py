"""Questions as frozen values, and the functions that answer them in a lane.

torch and scikit-learn are imported inside the answers: this module is read by the window before it
paints, and both take over a second to import. Live modules are kept per thread and never cross.
"""

from __future__ import annotations

import dataclasses
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.pca import Pca
from explorer.data.dataset import Bytes, Dataset, Floats, Preparation
from explorer.data.drawing import LARGE, drawn
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.task import Task
from explorer.training.config import TrainingConfig
from explorer.training.history import Trained

if TYPE_CHECKING:
    from explorer.models.autoencoder import Autoencoder

Index = NDArray[np.int64]
_thread = threading.local()


@dataclass(frozen=True, eq=False)
class OpenRequest:
    """A bundled name, a data set's path or a checkpoint folder."""

    source: str


@dataclass(frozen=True, eq=False)
class Opened:
    """What was found: a data set, a model, or both. notes: sentences for the message bar."""

    source: str
    dataset: Dataset | None
    model: ModelSnapshot | None
    codes: Codes | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class EncodeRequest:
    """Find the codes of every sample of ``dataset``."""

    model: ModelSnapshot
    dataset: Dataset


@dataclass(frozen=True, eq=False)
class DecodeRequest:
    """Decode z: (d,) with ``model``; with ``pca``, say what the plane of ``axes`` makes of it."""

    model: ModelSnapshot
    z: Floats
    pca: Pca | None = None
    axes: tuple[int, int] = (0, 1)


@dataclass(frozen=True, eq=False)
class Decoded:
    """image: (H, W, C) uint8, the likelihood's mean. linear: its projection on the PCA plane."""

    model_id: str
    z: Floats
    image: Bytes
    linear: LinearDecoded | None = None


@dataclass(frozen=True, eq=False)
class LinearDecodeRequest:
    """Decode a point (2,) of the PCA plane spanned by ``axes``; with ``model``, encode it too."""

    pca: Pca
    preparation: Preparation
    axes: tuple[int, int]
    point: Floats
    model: ModelSnapshot | None = None


@dataclass(frozen=True, eq=False)
class LinearDecoded:
    """image: (H, W, C) uint8. z: (d,) where the model's encoder puts that picture, or None."""

    axes: tuple[int, int]
    point: Floats
    image: Bytes
    z: Floats | None
    model_id: str | None


@dataclass(frozen=True, eq=False)
class CompareRequest:
    """Reconstruct sample ``index`` by the model and by PCA with as many components."""

    dataset: Dataset
    index: int
    model: ModelSnapshot | None
    pca: Pca | None


@dataclass(frozen=True, eq=False)
class Comparison:
    """One sample three times, (H, W, C) uint8, and MSE per feature in [0, 1] units.

    mean, std: (d,) its posterior. k: how many PCA components. None where there is no model or PCA.
    """

    index: int
    model_id: str | None
    original: Bytes
    reconstruction: Bytes | None
    pca_reconstruction: Bytes | None
    mse: float | None
    pca_mse: float | None
    mean: Floats | None
    std: Floats | None
    k: int


@dataclass(frozen=True, eq=False)
class TrainRequest:
    """Train ``model`` on ``dataset``, and save what comes of it in the folder ``keep``."""

    dataset: Dataset
    model: ModelConfig
    training: TrainingConfig
    keep: Path


@dataclass(frozen=True, eq=False)
class SaveRequest:
    """Save a model, and with ``codes`` where it puts its data, into ``folder``."""

    folder: Path
    model: ModelSnapshot
    codes: Codes | None = None


@dataclass(frozen=True, eq=False)
class LookRequest:
    """Encode the picture file ``path`` with ``model``."""

    path: str
    model: ModelSnapshot


@dataclass(frozen=True, eq=False)
class Look:
    """z: (d,) the posterior mean of a picture file."""

    path: str
    model_id: str
    z: Floats


@dataclass(frozen=True)
class Choice:
    """A preset as the window offers it."""

    name: str
    summary: str
    likelihoods: tuple[str, ...]


def decode(request: DecodeRequest, task: Task) -> Decoded:
    """The picture at z, in about the time of one bare forward pass."""
    import torch

    module = live(request.model)
    with torch.inference_mode():
        mean = module.decode(torch.from_numpy(np.array(request.z, dtype=np.float32))[None])
    unit = _rows(mean)
    kept = request.model.preparation
    linear = None
    if request.pca is not None:
        point = request.pca.project(unit)[0, list(request.axes)].astype(np.float32)
        image = drawn(_on_plane(request.pca, request.axes, point), kept, LARGE)
        linear = LinearDecoded(request.axes, point, image, None, None)
    return Decoded(request.model.id, request.z, drawn(unit[0], kept, LARGE), linear)


def linear_decode(request: LinearDecodeRequest, task: Task) -> LinearDecoded:
    """The picture PCA draws at a point of its plane, the other scores held at their mean, 0."""
    kept = request.preparation
    row = _on_plane(request.pca, request.axes, request.point)
    image = drawn(row, kept, LARGE)
    z, model_id = None, None
    if request.model is not None:
        seen = row if kept.is_float else image  # what is shown is what is encoded
        z = _encode_rows(request.model, seen.reshape(1, *kept.shape), 255)[0][0]
        model_id = request.model.id
    return LinearDecoded(request.axes, request.point, image, z, model_id)


def _on_plane(pca: Pca, axes: tuple[int, int], point: Floats) -> Floats:
    """(D,) what the point of the plane of ``axes`` stands for."""
    row: Floats = pca.reconstruct(point[None], axes=axes)[0]
    return row.astype(np.float32)


def compare(request: CompareRequest, task: Task) -> Comparison:
    """Original, model's and PCA's reconstruction of one sample, with their errors."""
    data, i = request.dataset, request.index
    kept, original = data.preparation, data.unit(np.array([i]))
    k = 2 if request.model is None else request.model.config.latent_dim
    mse = pca_mse = mean = std = reconstruction = pca_reconstruction = model_id = None
    if request.model is not None:
        import torch

        means, stds = _encode_rows(request.model, data.x[i : i + 1], data.preparation.levels)
        mean, std, model_id = means[0], stds[0], request.model.id
        with torch.inference_mode():
            unit = _rows(live(request.model).decode(torch.from_numpy(means)))
        mse, reconstruction = float(np.mean((unit - original) ** 2)), drawn(unit[0], kept, LARGE)
    if request.pca is not None:
        k = min(k, len(request.pca.components))
        linear = request.pca.reconstruct(request.pca.project(original)[:, :k])
        pca_mse = float(np.mean((linear - original) ** 2))
        pca_reconstruction = drawn(linear[0].astype(np.float32), kept, LARGE)
    shown = drawn(original[0], kept, LARGE) if kept.is_float else data.picture(i)
    return Comparison(
        i, model_id, shown, reconstruction, pca_reconstruction, mse, pca_mse, mean, std, k
    )


def encode(request: EncodeRequest, task: Task) -> Codes:
    """Codes of every sample."""
    from explorer.models import encoding

    return encoding.encode(
        live(request.model), request.dataset, None, task, model_id=request.model.id
    )


def fit_pca(dataset: Dataset, task: Task) -> tuple[Pca, Floats]:
    """PCA of the training part, and the scores (n, k) of every sample, k at most 16."""
    from explorer.analysis import pca

    fitted = pca.fit(dataset, k=64, task=task)
    k = min(16, len(fitted.components))
    scores = np.empty((len(dataset), k), np.float32)
    for start in range(0, len(dataset), 1000):
        task.check()
        part = slice(start, start + 1000)
        scores[part] = fitted.project(dataset.unit(part))[:, :k]
    return fitted, scores


def open_source(request: OpenRequest, task: Task) -> Opened:
    """Open data, or a checkpoint with the data it names; a bundled set brings its model along."""
    from explorer.data import opening
    from explorer.models import checkpoint

    source = request.source
    if checkpoint.is_checkpoint(source):
        return _open_checkpoint(source, task)
    dataset = opening.open_dataset(source, task)
    folder = checkpoint.bundled().get(source)
    if folder is None:
        return Opened(source, dataset, None, None, dataset.warnings)
    model = checkpoint.load(folder)
    return Opened(source, dataset, model, checkpoint.load_codes(folder, dataset), dataset.warnings)


def _open_checkpoint(folder: str, task: Task) -> Opened:
    from explorer.data import opening
    from explorer.errors import DataError
    from explorer.models import checkpoint

    model = checkpoint.load(folder)
    named = str(model.data.get("source", ""))
    try:
        dataset = opening.open_dataset(named, task, preparation=model.preparation)
    except DataError as error:
        return Opened(folder, None, model, None, (f"the model's data is not here: {error}",))
    codes = checkpoint.load_codes(folder, dataset)
    return Opened(folder, dataset, model, codes, dataset.warnings)


def train(request: TrainRequest, task: Task) -> Trained:
    """Train in this lane; partial results are `TrainingSnapshot`s.

    The result is saved here, not by whoever hears of it: a window that closes loses nothing.
    """
    from explorer.models import checkpoint
    from explorer.training import loop

    trained = loop.train(request.model, request.training, request.dataset, task)
    checkpoint.save(request.keep, trained.snapshot, resume=trained.resume_state)
    kept = dataclasses.replace(trained.snapshot, path=str(request.keep))
    return dataclasses.replace(trained, snapshot=kept)


def save(request: SaveRequest, task: Task) -> ModelSnapshot:
    """Write a checkpoint and read it back, so that what is promised is what is on the disk."""
    from explorer.models import checkpoint

    checkpoint.save(request.folder, request.model, codes=request.codes)
    return checkpoint.load(request.folder)


def look(request: LookRequest, task: Task) -> Look:
    """Where the model puts one picture file, prepared as its data was."""
    from explorer.data import opening

    preparation = request.model.preparation
    rows = opening.open_sample(request.path, preparation)[None]
    z = _encode_rows(request.model, rows, preparation.levels)[0][0]
    return Look(request.path, request.model.id, z)


def choices(_request: None, task: Task) -> tuple[Choice, ...]:
    """The presets there are, for the form; presets import torch, hence a job."""
    from explorer.models.presets import presets

    return tuple(Choice(p.name, p.summary, tuple(p.likelihoods)) for p in presets.values())


def live(model: ModelSnapshot) -> Autoencoder:
    """The calling thread's module with that snapshot's weights.

    One module a form of model is kept; another moment of a training only brings other weights.
    """
    from explorer.models import autoencoder

    kept = _kept_modules()
    form = repr((model.config, model.preparation))
    module, held = kept.pop(form, (None, ""))
    if module is None:
        module = autoencoder.from_snapshot(model)
    elif held != model.id:
        autoencoder.load_weights(module, model)
    kept[form] = (module, model.id)  # now the last in line
    while len(kept) > 4:
        kept.pop(next(iter(kept)))
    return module


def _kept_modules() -> dict[str, tuple[Autoencoder | None, str]]:
    kept: dict[str, tuple[Autoencoder | None, str]] | None = getattr(_thread, "modules", None)
    if kept is None:
        import torch

        torch.set_num_threads(1)  # acts on this thread only; the train lane has the other cores
        kept = _thread.modules = {}
    return kept


def _encode_rows(model: ModelSnapshot, rows: Bytes | Floats, levels: int) -> tuple[Floats, Floats]:
    import torch

    from explorer.models.batches import to_tensor

    module = live(model)
    with torch.inference_mode():
        posterior = module.encode(to_tensor(rows, levels, "cpu"))
    return posterior.mean.numpy(), posterior.std.numpy()


def _rows(images: object) -> Floats:
    from explorer.models.batches import to_numpy

    return to_numpy(images)  # type: ignore[arg-type]
