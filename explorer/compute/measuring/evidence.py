"""Question: how probable does a model find held-out samples, and where do the nats go?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from explorer import config
from explorer.analysis.errors import means
from explorer.compute.analyses.evaluate import Evaluate
from explorer.compute.question import Question, questions
from explorer.data.dataset import Dataset
from explorer.errors import ModelError
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Relayed, Task

if TYPE_CHECKING:
    from explorer.analysis.evaluating import Evaluation
    from explorer.analysis.evidence.estimate import Evidence

Doubles = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Measured:
    """Per-sample values (n,) in nats at ``index``, and what all samples together have.

    elbo, log_likelihood, reconstruction, kl, effective as in `analysis.evidence.Evidence`.
    kl_per_dim: (d,) means or None. gaps: the numbers of `analysis.gaps.gaps`, empty until they are
    known. likelihood: its honest name. binarisation and part: what the numbers are of. draws: None
    where nothing is drawn. warnings: in words, where a number is not what it seems; notes: what
    others are of. way: how log_likelihood was found where it is exact, as `analysis.evidence.exact`
    names it, and else empty. lengths: the numbers of `analysis.lengths`. importance, tenth: L_K and
    L_{K/10} (n,), where they are known. together: what `analysis.evidence.together` says of all
    codes, empty as gaps are.
    """

    index: NDArray[np.int64]
    elbo: Doubles
    log_likelihood: Doubles | None
    reconstruction: Doubles
    kl: Doubles
    effective: Doubles | None
    kl_per_dim: Doubles | None
    active: NDArray[np.bool_]
    draws: int | None
    part: str
    likelihood: str
    binarisation: str
    gaps: dict[str, float | None]
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    way: str = ""
    lengths: dict[str, float | None] = field(default_factory=dict)
    importance: Doubles | None = None
    tenth: Doubles | None = None
    together: Mapping[str, Any] = field(default_factory=dict)

    def mean(self, name: str) -> tuple[float, float] | None:
        """The mean of a column over samples and its standard error; None where there is none."""
        values: Doubles | None = getattr(self, name)
        return None if values is None else means.with_error(values)

    def above(self, name: str) -> tuple[float, float] | None:
        """What a column is above the ELBO of the same samples, and its standard error."""
        values: Doubles | None = getattr(self, name)
        return None if values is None else means.with_error(values - self.elbo)

    @property
    def gap(self) -> tuple[float, float] | None:
        """log p(x) - elbo: the mean and its standard error."""
        return self.above("log_likelihood")


@questions.register("measure")
@dataclass(frozen=True, eq=False)
class MeasureEvidence(Question[Measured]):
    """L_K with ``draws`` = K of one part, "test", "train" or "all", and where the nats go.

    It is `Evaluate` without squared errors. folder: where what is finished is kept until all is, so
    that a stopped run can go on.
    """

    does = "measure the evidence"
    about = ("model", "dataset")
    policy = "replace"
    cached = True

    model: ModelSnapshot
    dataset: Dataset
    draws: int = config.setting(
        500, "Draws per sample", "K codes drawn for each sample. More are tighter, and slower.",
        low=1, high=10**6, step=50,
    )  # fmt: skip
    part: str = "test"
    folder: Path | None = None
    seed: int = 0

    def answer(self, task: Task = NO_TASK) -> Measured:
        """Partial results are `Measured` too, without gaps. Raises ModelError without a density."""
        asked = Evaluate(
            self.model, self.dataset, samples=self.draws, split=self.part, seed=self.seed,
            fresh=self.folder is None, gaps=True, errors=False, folder=self.folder,
        )  # fmt: skip
        evaluation = asked.answer(
            Relayed(task, lambda seen: task.partial(self._seen(cast("Evaluation", seen))))
        )
        return self._seen(evaluation)

    def _seen(self, found: Evaluation) -> Measured:
        """What the window shows of it."""
        from explorer.analysis import basis
        from explorer.analysis.evidence.estimate import are_active

        evidence = found.evidence
        if evidence is None:
            raise ModelError(
                "a plain autoencoder's code is a point: it has no elbo and no log p(x)",
                remedy="choose a variational model",
            )
        data = basis.measured_on(self.dataset)
        said = basis.described_likelihood(self.model.config, data)
        measured = Measured(
            index=found.index,
            elbo=evidence.elbo,
            log_likelihood=evidence.log_likelihood,
            reconstruction=evidence.reconstruction,
            kl=evidence.kl,
            effective=evidence.effective,
            kl_per_dim=None if evidence.kl_per_dim is None else evidence.kl_per_dim.mean(0),
            active=are_active(found.codes.mean),
            draws=evidence.draws, part=self.part,
            likelihood=str(said["likelihood_title"]), binarisation=str(said["binarisation"]),
            gaps={},
            way=evidence.way if evidence.exact else "",
            warnings=tuple(_warnings(evidence)),
            importance=evidence.importance, tenth=evidence.tenth,
        )  # fmt: skip
        return self._with_gaps(self._with_lengths(measured, found, data), found)

    def _with_lengths(self, measured: Measured, found: Evaluation, data: Dataset) -> Measured:
        """Bits per dimension and units of the data, with what is to be said of them."""
        from explorer.analysis import lengths, units
        from explorer.analysis.evidence import bits

        known = {key: found.values[key] for key in lengths.KEYS}
        numbers = {k: float(v) if isinstance(v, (int, float)) else None for k, v in known.items()}
        why = bits.why_none(self.model.config, data)
        by = f"Bits per dimension by {known['bits_per_dim_way']}"
        note = f"No bits per dimension: {why}" if why else by
        return replace(
            measured,
            lengths=numbers,
            warnings=(*measured.warnings, *bits.of_ceiling(known)),
            notes=(note, *units.of_one_hot(data.preparation)),
        )

    def _with_gaps(self, measured: Measured, found: Evaluation) -> Measured:
        """Where they were asked for, by their names."""
        if not found.gaps:
            return measured
        from explorer.analysis import cautions
        from explorer.analysis.evidence import gaps

        more, gap = found.gaps, None if found.evidence is None else found.evidence.gap
        numbers = gaps.numbers_of(more)
        notes = [*measured.notes, *gaps.notes_of(more)]
        if None in numbers.values():
            notes.append(f"a dash: {gaps.why_null(self.model)}")
        warned = (*measured.warnings, *cautions.of_gaps(gap, more, gaps.number_of_codes(more)))
        return replace(measured, gaps=numbers, warnings=warned, notes=tuple(notes), together=more)


def _warnings(found: Evidence) -> list[str]:
    """What loosens the bound, or why there is none."""
    from explorer.analysis import cautions
    from explorer.analysis.evaluating import MANY_CODES

    columns: dict[str, object] = {"elbo": found.elbo, "log p(x)": found.log_likelihood}
    warnings = [*cautions.of_evidence(found), *cautions.of_numbers(columns)]
    return [*warnings, *cautions.of_nulls(columns, ("log p(x)",), MANY_CODES)]


def as_csv(measured: Measured, labels: tuple[str, ...] = ()) -> str:
    """A line a sample; labels: of all samples of the data set, or none."""
    lines = ["index,label,elbo,log_likelihood,reconstruction,kl,effective_sample_size"]
    for row, i in enumerate(measured.index.tolist()):
        label = '"' + labels[i].replace('"', '""') + '"' if labels else ""
        columns = ("elbo", "log_likelihood", "reconstruction", "kl", "effective")
        found = (getattr(measured, name) for name in columns)
        values = ",".join("" if v is None else f"{v[row]:.6g}" for v in found)
        lines.append(f"{i},{label},{values}")
    return "\n".join(lines) + "\n"
