"""Question: what would each code of a codebook draw in one place of z?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.analysis.latent import codebook
from explorer.compute.live import live
from explorer.compute.question import Question, questions
from explorer.data.dataset import Bytes
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task


@questions.register("palette")
@dataclass(frozen=True, eq=False)
class DrawPalette(Question[tuple[Bytes, ...]]):
    """K pictures (H, W, C) uint8: z with each of the K codes at ``position``, in their order.

    held: the code at each position; the one at ``position`` plays no part.
    """

    does = "draw the codes"
    about = ("model",)
    quiet = True

    model: ModelSnapshot
    held: tuple[int, ...]
    position: int

    def answer(self, task: Task = NO_TASK) -> tuple[Bytes, ...]:
        """Decoded together."""
        from explorer.analysis.passes import decoded
        from explorer.data.pictures.drawing import drawn

        module = live(self.model)
        book = codebook.book_of(module)
        assert book is not None
        index = np.tile(np.array(self.held), (len(book), 1))
        index[:, self.position] = np.arange(len(book))
        z = codebook.placed(index, book)
        return tuple(drawn(row, self.model.preparation) for row in decoded(module, z, task))
