"""What a training leaves behind, as plain values: moments on the way, and its result. No torch."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.errors import ExplorerError
from explorer.models.checkpoint import ResumeState
from explorer.models.config import Codes, ModelSnapshot
from explorer.training.curve import Curve


@dataclass(frozen=True, eq=False)
class TrainingSnapshot:
    """A training at one moment, immutable: what the time line replays.

    codes: of a fixed stratified subset.
    """

    epoch: float
    model: ModelSnapshot
    codes: Codes


@dataclass(frozen=True, eq=False)
class Trained:
    """What `train` returns.

    stopped: it ended before its last epoch, because somebody asked, or because it went wrong: then
    ``message`` is a sentence for the user, the snapshot holds the last good weights, the curve ends
    with them, and there is nothing to resume. codes: of the subset that the time line shows, if it
    was published.
    What whoever keeps it adds: ``snapshot.path`` once it is saved, ``unsaved`` where it could not
    be, and ``note``, a sentence worth saying although all is well.
    """

    snapshot: ModelSnapshot
    curve: Curve
    resume_state: ResumeState | None
    seconds: float
    samples_per_second: float
    device: str
    stopped: bool = False
    message: str = ""
    codes: Codes | None = None
    unsaved: ExplorerError | None = None
    note: str = ""
