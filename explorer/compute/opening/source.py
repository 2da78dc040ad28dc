"""Question: what is behind a name or a path? Data, a model, or both."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer.compute.analyses.encode import FindCodes
from explorer.compute.live import decode_rows, encode_rows
from explorer.compute.meaning import meaning
from explorer.compute.question import Question, questions
from explorer.data.choices import NO_CHOICES, Choices, remembered
from explorer.data.dataset import Dataset
from explorer.errors import CheckpointError, DataError, ModelError
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import NO_TASK, Task
from explorer.training.record.curve import Curve
from explorer.training.record.moment import Moment

FIRST = 64  # samples whose codes are looked at before a model is shown


@dataclass(frozen=True, eq=False)
class Opened:
    """What was found: a data set, a model, or both. notes: sentences for the message bar.

    curve, moments: of the model's training, as far as they are kept; the model is the last moment.
    """

    source: str
    dataset: Dataset | None
    model: ModelSnapshot | None
    codes: Codes | None
    notes: tuple[str, ...] = ()
    curve: Curve | None = None
    moments: tuple[Moment, ...] = ()


@questions.register("open")
@dataclass(frozen=True, eq=False)
class Open(Question[Opened]):
    """Open a bundled name, a data set's path or a checkpoint folder.

    A checkpoint brings the data it names, a bundled set its model. choices: how to read the data;
    those that a checkpoint remembers hold where none are made.
    """

    does = "open what was chosen"
    lane = "open"
    policy = "replace"

    source: str
    choices: Choices = NO_CHOICES

    def answer(self, task: Task = NO_TASK) -> Opened:
        """Raises DataError, and CheckpointError for a model that cannot be shown."""
        from explorer.data import opening
        from explorer.models import checkpoint

        meant = meaning(self.source)
        source, folder = meant.source, meant.folder
        if meant.kind == "checkpoint":
            return _open_checkpoint(source, self.choices, task)
        dataset = opening.open_dataset(source, task, choices=self.choices)
        if folder is None:
            return Opened(source, dataset, None, None, dataset.warnings)
        model = checkpoint.load(folder)
        codes = _codes(folder, model, dataset, task)
        return Opened(source, dataset, model, codes, dataset.warnings)


def _open_checkpoint(folder: str, chosen: Choices, task: Task) -> Opened:
    from explorer.data import opening
    from explorer.models import checkpoint

    model = checkpoint.load(folder)
    check(model)
    named = str(model.data.get("source", ""))
    try:
        choices = chosen.over(remembered(model.data))
        dataset = opening.open_dataset(named, task, preparation=model.preparation, choices=choices)
    except DataError as error:
        return Opened(folder, None, model, None, (f"the model's data is not here: {error}",))
    check(model, dataset)
    codes = _codes(folder, model, dataset, task)
    curve, moments, notes = recorded(folder, model, codes)
    return Opened(folder, dataset, model, codes, (*notes, *dataset.warnings), curve, moments)


def recorded(
    folder: str | Path, model: ModelSnapshot, codes: Codes
) -> tuple[Curve | None, tuple[Moment, ...], tuple[str, ...]]:
    """The curve and the moments kept with a model, and what is to be said of them."""
    from explorer.training.record import curve_file
    from explorer.training.record.moment import moment_of
    from explorer.training.record.moment_file import MOMENTS, kept

    try:
        curve = curve_file.load(folder)
    except CheckpointError as error:
        return None, (), (f"the model is shown without its curve: {error}",)
    epoch, run = model.training.get("epoch"), str(model.training.get("run", ""))
    if curve is None or not isinstance(epoch, (int, float)):
        return curve, (), ()
    there = [m for m in kept(Path(folder) / MOMENTS, run, model, epoch) if m.epoch < epoch]
    last = moment_of(1 + there[-1].number if there else 0, float(epoch), model, codes)
    return curve, (*there, last), ()


def _codes(folder: str | Path, model: ModelSnapshot, dataset: Dataset, task: Task) -> Codes:
    """Those saved, or found anew: all are known to be good before another model gives way.

    A cancelled search leaves what is shown, and no model without codes. Raises CheckpointError.
    """
    from explorer.models import checkpoint

    saved = checkpoint.load_codes(folder, dataset, model)
    if saved is not None:
        return saved
    try:
        return FindCodes(model, dataset).answer(task)
    except ModelError as error:
        raise _unfit(model, error) from error


def check(model: ModelSnapshot, dataset: Dataset | None = None) -> None:
    """Raise CheckpointError unless the model can be shown: before another one gives way to it.

    Its weights fit, what it decodes is finite, and the first samples of ``dataset`` have codes that
    can be plotted.
    """
    import numpy as np

    from explorer.models.codes import check_codes

    z = np.zeros((2, model.config.latent_dim), np.float32)
    z[1] = 1.0  # the middle of the plane, and a place beside it
    if not np.isfinite(decode_rows(model, z)).all():
        raise CheckpointError(
            "the model cannot be shown, what it decodes is not finite",
            where=model.path or model.id,
            remedy="take an intact copy of it",
        )
    if dataset is None:
        return
    index = np.arange(min(len(dataset), FIRST))
    mean, std = encode_rows(model, dataset.x[: len(index)], dataset.preparation.levels)
    try:
        check_codes(Codes(model.id, mean, std, index), model.id, model.config.latent_dim)
    except ModelError as error:
        raise _unfit(model, error) from error


def _unfit(model: ModelSnapshot, error: ModelError) -> CheckpointError:
    where = model.path or model.id
    return CheckpointError(
        f"the model cannot be shown, {error.what}", where=where, remedy=error.remedy
    )
