"""What follows the last step of a preset that names it: its objective, brought to the optimum.

Steps over batches come to rest near an optimum, not on it. Where the optimum of a model can be
computed the rest of the way is; where it cannot, a preset names no finish. One file each.
"""

from __future__ import annotations

from collections.abc import Callable

from explorer.models.presets import presets
from explorer.registry import Registry
from explorer.training.run import Run

Between = Callable[[], None]
Finish = Callable[[Run, Between], None]
finishes: Registry[Finish] = Registry("finish")


def finish(run: Run, preset: str, between: Between = lambda: None) -> None:
    """Bring the weights of a run to the optimum of its objective, if its preset says how.

    Nothing is done where the objective is another one: samples with noise or drawn anew for each
    step, or a pull of the weights to zero. ``between`` is called every now and then; what it raises
    comes through, and the weights are as they were.
    """
    plain = not run.noisy and not run.dynamic and run.config.weight_decay == 0.0
    if presets[preset].finish and plain:
        finishes[presets[preset].finish](run, between)


finishes.discover(__name__)
