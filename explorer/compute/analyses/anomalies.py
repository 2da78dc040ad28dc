"""Question: which samples are unlike what the model was trained on?"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from explorer import config
from explorer.compute.analysis import Analysis, Report, part_setting, seed_setting
from explorer.compute.question import questions
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from explorer.analysis.applications.anomalies import Anomalies
    from explorer.analysis.applications.baselines import Baseline
    from explorer.analysis.errors import Paired
    from explorer.data.dataset import Dataset

SCORES = ("auto", "elbo", "reconstruction", "likelihood", "mse")


@dataclass(frozen=True, eq=False)
class AnomalyScores:
    """score: (m,) of the samples at ``index`` (m,), greater is odder, in nats; kind: which score.

    odd: (m,) which are not of the normal classes, None where none was named.
    detection: how well it and PCA's error tell the normal classes from the others: the AUROC, which
    is None where all are of one kind; None where no class was named.
    normal_only: PCA was fitted to the normal classes alone, as the model was; else to all classes.
    k, pca_n: components of that PCA, and samples. found: the parts of the score.
    baselines: detectors without a network, the best first, that PCA among them; the others learned
    the ``baselines_n`` normal training samples. proposal: what to try where one of them won, or "".
    """

    index: NDArray[np.int64]
    score: NDArray[np.float64]
    kind: str
    detection: Paired | None = None
    normal_only: bool = False
    odd: NDArray[np.bool_] | None = None
    k: int = 0
    pca_n: int = 0
    found: Anomalies | None = None
    baselines: tuple[Baseline, ...] = ()
    baselines_n: int = 0
    proposal: str = ""

    @property
    def auroc(self) -> float | None:
        """How well the score tells the normal classes from the others."""
        return None if self.detection is None else self.detection.ours

    @property
    def pca_auroc(self) -> float | None:
        """How well PCA's error does."""
        return None if self.detection is None else self.detection.theirs


@questions.register("anomalies")
@dataclass(frozen=True, eq=False)
class FindAnomalies(Analysis[AnomalyScores]):
    """Score how unlike its training data a model finds each sample.

    The .csv has the columns index, label, score (greater is odder), reconstruction and kl, in nats.

    With --normal, samples of all other labels count as anomalies: AUROC says how well the score
    finds them (1 is perfect, 0.5 is guessing), and how well PCA's error does. That asks for a model
    which was trained on the normal samples alone, as train --only makes one. PCA of the model's
    size learns what the model did: the normal samples alone if the model saw no others, else the
    whole training part; pca_learned says which. The other baselines learn the normal samples of the
    training part, and choose their settings on a fifth of them, never on the part that is scored.
    """

    does = "find anomalies"
    about = ("model", "dataset")
    policy = "replace"
    cached = True
    examples = (
        "train digits --out zeros --only 0 --epochs 30",
        "anomalies zeros digits --out scores.csv --normal 0",
    )
    writes = ("table",)
    tabled = ("auroc", "auroc_interval", "baselines")

    model: ModelSnapshot
    dataset: Dataset
    normal: tuple[str, ...] = config.setting(
        (), "Normal", "A label that is normal; all others count as anomalies.", metavar="LABEL"
    )
    score: str = config.setting(
        "auto", "Score", "What is scored; auto is elbo where the model has one.", choices=SCORES
    )
    samples: int = config.setting(
        50, "Draws", "Codes drawn for each sample.", low=1, high=10**6, step=10
    )
    split: str = part_setting()
    seed: int = seed_setting("scores")

    def answer(self, task: Task = NO_TASK) -> AnomalyScores:
        """Raises DataError where one of ``normal`` is no class, ModelError for a missing score."""
        from explorer.analysis.applications import anomalies
        from explorer.analysis.basis import measured_on
        from explorer.analysis.passes import split_index
        from explorer.compute.live import live

        data, model = measured_on(self.dataset), self.model
        odd = anomalies.odd_ones(data, self.normal) if self.normal else None
        index = split_index(data, self.split)
        alone = odd is not None and anomalies.saw_only(model, self.dataset, self.normal, odd)
        k = model.config.latent_dim
        linear = anomalies.normal_pca(data, k, odd if alone else None, task)
        scores = anomalies.score(
            live(model), data, index, linear, task,
            kind="" if self.score == "auto" else self.score, draws=self.samples, seed=self.seed,
        )  # fmt: skip
        answer = AnomalyScores(
            index, scores.score, scores.kind, normal_only=alone, k=len(linear), pca_n=linear.n,
            found=scores,
        )  # fmt: skip
        return answer if odd is None else self._held_against(answer, data, odd, task)

    def _held_against(
        self, answer: AnomalyScores, data: Dataset, odd: NDArray[np.bool_], task: Task
    ) -> AnomalyScores:
        """With how well the odd ones are found, by the model and by detectors without a network."""
        from explorer.analysis.applications import anomalies, baselines, proposals

        assert answer.found is not None
        marked, theirs = odd[answer.index], answer.found.pca_mse
        same = baselines.Scored("pca-same", "PCA of the model's size", theirs, {"k": answer.k})
        others = baselines.scored(data, answer.index, odd, self.seed, task)
        told = anomalies.detection(marked, answer.score, theirs)
        found = baselines.against(marked, answer.score, [same, *others])
        alone, n = answer.normal_only, int((~odd & ~data.test).sum())
        tried = proposals.proposal(self.model, self.normal, alone, found, told.theirs)
        return replace(
            answer, detection=told, odd=marked, baselines=found, baselines_n=n, proposal=tried
        )

    def report(self, answer: AnomalyScores) -> Report:
        """How well the score tells the normal from the others, and the score of each sample."""
        from explorer.analysis.basis import described_likelihood
        from explorer.analysis.errors import Paired
        from explorer.export.things import Thing

        values = {
            "n": len(answer.index),
            **(answer.detection or Paired(0)).values("auroc"),
            **_of_baselines(answer),
            "score": answer.kind,
            "k": answer.k,
            "pca_learned": f"the {'normal' if answer.normal_only else 'whole'} training part",
            "pca_n": answer.pca_n,
            "anomalies": None if answer.odd is None else int(answer.odd.sum()),
            "split": self.split,
            **described_likelihood(self.model.config, self.dataset),
        }
        warnings = [*_of_nulls(values, answer), *_of_few(answer), *better_baseline(answer)]
        thing = Thing("anomalies", "the scores", table=lambda _: self._table(answer))
        return Report(values, warnings, self._notes(answer), thing)

    @classmethod
    def table(cls, values: Mapping[str, Any]) -> list[str]:
        """The model, then each baseline, the best first: a line each."""
        if not values["baselines"]:
            return []
        lines = [_row({"title": "the model", **values}), *map(_row, values["baselines"])]
        return [f"{'':<34}{'AUROC':<26}the model's is higher by", *lines]

    def _table(self, answer: AnomalyScores) -> dict[str, Any]:
        """The columns of docs/commands.md."""
        from explorer.analysis.basis import labels_of

        assert answer.found is not None
        return {
            "index": answer.index,
            "label": labels_of(self.dataset, answer.index),
            "score": answer.score,
            "reconstruction": answer.found.reconstruction,
            "kl": answer.found.kl,
        }

    def _notes(self, answer: AnomalyScores) -> tuple[str, ...]:
        """What to say of a model that has learned to draw the anomalies, too."""
        classes = self.model.data.get("classes")
        if answer.odd is None or answer.normal_only or not isinstance(classes, (list, tuple)):
            return ()
        if set(classes) <= set(self.normal):
            return ()
        labels = " ".join(shlex.quote(label) for label in self.normal)
        hardly = (
            "the model was not trained on the normal samples alone, so the others are hardly odd"
        )
        return (f"{hardly} to it: train --only {labels} makes one that was",)


def _row(one: Mapping[str, Any]) -> str:
    """What it is called, its AUROC, and by how much the model's is higher."""
    told = one["title"]
    if one.get("setting"):
        told += f" ({', '.join(f'{name} = {n}' for name, n in one['setting'].items())})"
    away = ("difference_auroc", "difference_auroc_interval") if "setting" in one else ("", "")
    return f"{told:<34}{_number(one, 'auroc', 'auroc_interval'):<26}{_number(one, *away)}".rstrip()


def _number(values: Mapping[str, Any], name: str, around: str) -> str:
    """As 0.953 (0.921 to 0.973)."""
    if values.get(name) is None:
        return ""
    interval = values.get(around)
    within = f" ({interval[0]:.3f} to {interval[1]:.3f})" if interval else ""
    return f"{values[name]:.3f}{within}"


def verdict(answer: AnomalyScores) -> str:
    """Who is the better detector, and what to try where it is not the model; or ""."""
    from explorer.analysis.applications import baselines

    said = baselines.verdict(answer.baselines)
    return f"{said}; to try: {answer.proposal}" if answer.proposal else said


def better_baseline(answer: AnomalyScores) -> list[str]:
    """Whether a baseline is the better detector, as far as these samples can tell."""
    return [verdict(answer)] if any(one.wins for one in answer.baselines) else []


def _of_baselines(answer: AnomalyScores) -> dict[str, object]:
    """Each of them, and what is said of all."""
    if answer.odd is None:
        return {"baselines": None, "baselines_n": None, "verdict": None}
    listed = [one.values() for one in answer.baselines]
    return {"baselines": listed, "baselines_n": answer.baselines_n, "verdict": verdict(answer)}


def _of_nulls(values: Mapping[str, object], answer: AnomalyScores) -> list[str]:
    """Why those are null that are."""
    from explorer.analysis import cautions
    from explorer.analysis.errors import Paired

    keys, odd = (*Paired(0).values("auroc"), "anomalies", *_of_baselines(answer)), answer.odd
    if odd is None:
        why = "no class was said to be normal (--normal)"
    elif answer.auroc is None:
        why = f"all samples of this part are {'odd' if odd.all() else 'normal'}"
    else:
        why = "an interval needs two samples of either kind"
    return cautions.of_nulls(values, keys, why)


def _of_few(answer: AnomalyScores) -> list[str]:
    """Whether the intervals are too narrow."""
    from explorer.analysis.errors.auroc import FEW

    odd = answer.odd
    if odd is None or answer.detection is None or answer.detection.interval is None:
        return []
    fewest = int(min(odd.sum(), (~odd).sum()))
    kind = "odd" if fewest == odd.sum() else "normal"
    said = f"{fewest} {kind} samples are few: the intervals of the AUROC are somewhat too narrow"
    return [said] if fewest < FEW else []
