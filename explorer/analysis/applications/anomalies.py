"""How much a sample is unlike what a model was trained on, and how well that tells kinds apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from explorer.analysis import pca
from explorer.analysis.errors import Paired
from explorer.analysis.errors import auroc as roc
from explorer.analysis.evidence import estimate
from explorer.analysis.evidence.estimate import Evidence
from explorer.analysis.passes import Index, batch_of, parts_of
from explorer.analysis.pca import Pca
from explorer.analysis.reconstructions import reconstructed
from explorer.data.dataset import Dataset, Floats
from explorer.data.words.wording import few
from explorer.errors import DataError, ModelError
from explorer.models.autoencoder import Autoencoder
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]

SCORES = ("elbo", "reconstruction", "likelihood", "mse")
DRAWS = 50


@dataclass(frozen=True, eq=False)
class Anomalies:
    """m samples, each column (m,): the greater ``score``, the odder the sample.

    kind: which of SCORES ``score`` is. reconstruction: -E_q[log p(x|z)] and kl in nats (kl is NaN
    for a plain autoencoder, whose z is one point). mse, pca_mse: squared errors per feature of the
    model and of PCA with as many components.
    """

    kind: str
    index: Index
    score: Doubles
    reconstruction: Doubles
    kl: Doubles
    mse: Doubles
    pca_mse: Doubles


def score(
    model: Autoencoder,
    dataset: Dataset,
    index: Index,
    linear: Pca,
    task: Task = NO_TASK,
    *,
    kind: str = "",
    draws: int = DRAWS,
    seed: int = 0,
) -> Anomalies:
    """Scores of the samples at ``index``.

    kind: "elbo" (-elbo, the default), "reconstruction" (its first term), "likelihood" (-L_K with
    K = ``draws``) or "mse", all nats but the last. A plain autoencoder has the second and the last.
    Raises ModelError for what the model does not have.
    """
    seen = reconstructed(model, dataset, index, linear, task)
    measured = estimate.measure(
        model, dataset, index, draws, task, seed=seed, exactly=kind == "likelihood"
    )
    if measured is None:
        kind = _kind_of_points(kind)
        kl = np.full(len(index), np.nan)
        reconstruction = _of_points(model, dataset, index, seen.codes.mean, task)
        of = {"reconstruction": reconstruction, "mse": seen.mse}
    else:
        kind, kl, reconstruction = kind or "elbo", measured.kl, measured.reconstruction
        of = {**_of_densities(measured, kind), "mse": seen.mse}
    return Anomalies(kind, index, of[kind], reconstruction, kl, seen.mse, seen.pca_mse)


def _kind_of_points(kind: str) -> str:
    """What a model without a density is scored by. Raises ModelError for what it has not."""
    if kind not in ("", "reconstruction", "mse"):
        raise ModelError(
            f"a plain autoencoder has no {kind}", remedy="score by reconstruction or mse"
        )
    return kind or "reconstruction"


def _of_densities(found: Evidence, kind: str) -> dict[str, Doubles]:
    """The scores that follow from the evidence. Raises ModelError where ``kind`` is none."""
    of = {"elbo": -found.elbo, "reconstruction": found.reconstruction}
    if found.log_likelihood is not None:
        return {**of, "likelihood": -found.log_likelihood}
    if kind == "likelihood":
        raise ModelError(
            "log p(x) of this model is a sum over more codes than can be visited",
            remedy="score by elbo",
        )
    return of


def auroc(odd: NDArray[np.bool_], scores: Doubles) -> float | None:
    """The chance that an odd sample scores above a normal one; None where one kind is missing."""
    if odd.all() or not odd.any():
        return None
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(odd, scores))


def detection(odd: NDArray[np.bool_], ours: Doubles, theirs: Doubles) -> Paired:
    """How well two scores of the same samples (m,) find the odd ones: their AUROC.

    None where one kind is missing; without intervals where there is one sample of a kind.
    """
    away = roc.difference(odd, ours, theirs) or (None, None)
    values = auroc(odd, ours), auroc(odd, theirs)
    return Paired(len(odd), *values, roc.interval(odd, ours), roc.interval(odd, theirs), *away)


def odd_ones(dataset: Dataset, normal: Sequence[str]) -> NDArray[np.bool_]:
    """True for samples of none of the classes named: (n,). Raises DataError for unknown names."""
    if dataset.labels is None:
        raise DataError("the samples have no labels", where=dataset.name, remedy="name no labels")
    for name in normal:
        if name not in dataset.classes:
            raise DataError(
                f"there is no label {name!r}",
                where=dataset.name,
                remedy=f"choose from {few(dataset.classes, 12)}",
            )
    kept = [dataset.classes.index(name) for name in normal]
    return ~np.isin(dataset.labels, kept)


def normal_pca(
    dataset: Dataset, k: int, odd: NDArray[np.bool_] | None = None, task: Task = NO_TASK
) -> Pca:
    """PCA of what a model may learn from: the training part, without the odd ones where known."""
    return pca.fit(dataset if odd is None else without(dataset, odd), k, task)


def saw_only(
    model: ModelSnapshot, dataset: Dataset, normal: Sequence[str], odd: NDArray[np.bool_]
) -> bool:
    """Whether the model was trained on nothing but the normal classes, as far as it is known.

    It was if its data were these without the odd ones, or had no other classes. PCA beside a model
    that learned the odd ones too must have seen them as well: else the comparison is not fair.
    """
    classes = model.data.get("classes")
    if isinstance(classes, Sequence) and classes and set(classes) <= set(normal):
        return True
    known = model.data.get("hash")
    return known is not None and known == without(dataset, odd).content_hash


def without(dataset: Dataset, odd: NDArray[np.bool_]) -> Dataset:
    """The samples that are not odd, in their two parts. Raises DataError where none is left."""
    if odd.all():
        raise DataError("no sample is normal", where=dataset.name, remedy="name other labels")
    return Dataset(
        name=dataset.name,
        x=dataset.x[~odd],
        preparation=dataset.preparation,
        test=dataset.test[~odd],
        labels=None if dataset.labels is None else dataset.labels[~odd],
        classes=dataset.classes,
        source=dataset.source,
    )


@torch.inference_mode()
def _of_points(
    model: Autoencoder, dataset: Dataset, index: Index, mean: Floats, task: Task
) -> Doubles:
    """-log p(x | z = mu) in nats of samples whose codes are ``mean`` (m, d): (m,)."""
    found = np.empty(len(index))
    for part in parts_of(index, task, "scoring"):
        x = batch_of(model, dataset, index[part])
        z = torch.from_numpy(np.array(mean[part])).to(x.device)
        log_px = model.likelihood.log_prob(model.raw(z[None]), x)[0]
        found[part] = -log_px.double().cpu().numpy()
    return found
