"""Question: is a model on the disk? It is written, and read back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from explorer.compute.question import Question, questions
from explorer.data.dataset import Dataset
from explorer.models.checkpoint import ResumeState, Saved
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import NO_TASK, Task
from explorer.training.record.curve import Curve


@questions.register("save")
@dataclass(frozen=True, eq=False)
class Save(Question[Saved]):
    """Save a model, and with ``codes`` where it puts its data, into ``folder``.

    resume: what its training needs to go on from there. curve: of that training. dataset: that the
    codes are of; where it is other data than the model names, as once binarised, they are not
    saved.
    """

    does = "save the model"
    policy = "queue"
    keeps = True

    folder: Path
    model: ModelSnapshot
    codes: Codes | None = None
    resume: ResumeState | None = None
    dataset: Dataset | None = None
    curve: Curve | None = None

    def answer(self, task: Task = NO_TASK) -> Saved:
        """Written and read back, so that what is promised is what is on the disk."""
        from explorer.models import checkpoint
        from explorer.training.record import curve_file, moment_file

        data, named = self.dataset, self.model.data.get("hash")
        codes = self.codes if data is None or data.content_hash == named else None
        curve = None if self.curve is None else curve_file.packed(self.curve)
        saved = checkpoint.save(
            self.folder, self.model, codes=codes, resume=self.resume, curve=curve
        )
        moment_file.forget_others(self.folder, str(self.model.training.get("run", "")))
        return replace(saved, snapshot=checkpoint.load(self.folder))
