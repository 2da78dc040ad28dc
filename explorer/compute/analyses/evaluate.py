"""Question: how good is a model, in numbers?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer import config, paths
from explorer.compute.analysis import Analysis, Report, part_setting, seed_setting
from explorer.compute.question import questions
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task

if TYPE_CHECKING:
    from explorer.analysis.evaluating import Evaluation
    from explorer.data.dataset import Dataset


@questions.register("evaluate")
@dataclass(frozen=True, eq=False)
class Evaluate(Analysis["Evaluation"]):
    """Measure a model's bounds, likelihood and errors.

    It is measured on data that it was not trained on, unless --split says otherwise. A run that was
    stopped goes on where it was when it is started again.
    """

    does = "measure the model"
    about = ("model", "dataset")
    policy = "replace"
    examples = ("evaluate digits digits --samples 500",)
    writes = ("table",)
    out = "Every sample's log p(x)"
    must_write = False

    model: ModelSnapshot
    dataset: Dataset
    samples: int = config.setting(
        5000, "Draws", "Importance samples for each data sample.", low=1, high=10**6
    )
    split: str = part_setting()
    seed: int = seed_setting("numbers")
    fresh: bool = config.setting(
        False, "Fresh", "Start anew, even where a stopped run could go on."
    )
    gaps: bool = config.setting(
        False, "Gaps", "Measure I(x;z), KL(q(z)||p(z)), holes and the amortisation gap, too."
    )
    bracket: bool = config.setting(
        False, "Bracket", "Bound log p(x) from above, too, on samples drawn from the model."
    )
    errors: bool = True
    folder: Path | None = None

    def answer(self, task: Task = NO_TASK) -> Evaluation:
        """What is known before the gaps is a partial result.

        errors: whether squared errors are wanted. folder: where what is finished is kept until all
        is; by default where the program keeps such things.
        """
        from explorer.analysis.evaluating import Wanted, evaluation
        from explorer.compute.live import live

        wanted = Wanted(
            self.samples, self.split, self.seed, self.errors, self.bracket, self.gaps,
            unfinished=None if self.fresh else self.folder or paths.unfinished(),
        )  # fmt: skip
        return evaluation(self.model, self.dataset, task, wanted, module=live(self.model))

    def report(self, answer: Evaluation) -> Report:
        """The JSON object of docs/commands.md, and what is known of each sample."""
        from explorer.export.things import Thing

        values = {name: value for name, value in answer.values.items() if name != "warnings"}
        thing = Thing("evidence", "the evidence", table=lambda _: self._table(answer))
        return Report({**values, **answer.gaps}, answer.warnings, thing=thing)

    def _table(self, answer: Evaluation) -> dict[str, Any]:
        from explorer.analysis.basis import labels_of

        known = {"index": answer.index, "label": labels_of(self.dataset, answer.index)}
        return {**known, **answer.columns()}
