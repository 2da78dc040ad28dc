"""Question: where does the model put every sample?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from explorer.compute.analysis import Analysis, Report
from explorer.compute.question import questions
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import NO_TASK, Task

if TYPE_CHECKING:
    from explorer.data.dataset import Dataset


@questions.register("encode")
@dataclass(frozen=True, eq=False)
class FindCodes(Analysis[Codes]):
    """Write where a model puts every sample of a data set.

    An .npz holds mean (n, d) and std (n, d) float32, index (n,) int64, and where labels are known
    label (n,) int64 with their names in classes. A table has a column for each dimension.
    """

    does = "find the codes"
    about = ("model", "dataset")
    policy = "replace"
    cached = True
    topic = "models"
    examples = ("encode digits digits --out codes.npz",)
    writes = ("arrays", "table")
    of_any_data = True

    model: ModelSnapshot
    dataset: Dataset

    def answer(self, task: Task = NO_TASK) -> Codes:
        """Of samples as they are measured. Raises ModelError where they cannot be plotted."""
        from explorer.compute.live import live
        from explorer.data.binarising import fixed_draw
        from explorer.models import codes, encoding

        model, dataset = self.model, fixed_draw(self.dataset)
        encoded = encoding.encode(live(model), dataset, None, task, model_id=model.id)
        codes.check_codes(encoded, model.id, model.config.latent_dim, len(dataset))
        return encoded

    def report(self, answer: Codes) -> Report:
        """How many codes of how many dimensions, and all of them."""
        from explorer.export.things import Thing

        values = {"n": len(self.dataset), "latent_dim": self.model.config.latent_dim}
        thing = Thing(
            "codes", "the codes",
            arrays=lambda _: self._arrays(answer), table=lambda _: self._table(answer),
        )  # fmt: skip
        return Report(values, thing=thing)

    def _arrays(self, codes: Codes) -> dict[str, Any]:
        """codes.npz of docs/commands.md."""
        import numpy as np

        arrays: dict[str, Any] = {"mean": codes.mean, "std": codes.std, "index": codes.index}
        if self.dataset.labels is not None:
            arrays |= {"label": self.dataset.labels, "classes": np.array(self.dataset.classes)}
        return arrays

    def _table(self, codes: Codes) -> dict[str, Any]:
        """index, label where there are any, mean_0, mean_1 and so on, std_0 and so on."""
        from explorer.analysis.basis import labels_of

        known = {"index": codes.index, "label": labels_of(self.dataset, codes.index)}
        parts = {"mean": codes.mean, "std": codes.std}
        return known | {
            f"{name}_{i}": column for name, part in parts.items() for i, column in enumerate(part.T)
        }
