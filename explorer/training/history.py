"""What a training leaves behind, as a plain value. No torch."""

from __future__ import annotations

from dataclasses import dataclass, replace

from explorer.errors import ExplorerError
from explorer.models.checkpoint import ResumeState
from explorer.models.config import Codes, ModelSnapshot
from explorer.training.record.curve import Curve
from explorer.training.record.moment import Moment


@dataclass(frozen=True, eq=False)
class Trained:
    """What `train` returns.

    stopped: it ended before its last epoch, because somebody asked, or because it went wrong: then
    ``message`` is a sentence for the user, the snapshot holds the last good weights, the curve ends
    with them, and there is nothing to resume. codes: of the subset that the time line shows, and
    moments: all that can be gone back to, this one the last, if they were published.
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
    moments: tuple[Moment, ...] = ()
    unsaved: ExplorerError | None = None
    note: str = ""

    def saved_as(self, snapshot: ModelSnapshot, note: str) -> Trained:
        """The same, its model in a folder now."""
        last = tuple(replace(moment, model=snapshot) for moment in self.moments[-1:])
        notes = "; ".join(text for text in (self.note, note) if text)
        return replace(self, snapshot=snapshot, moments=(*self.moments[:-1], *last), note=notes)
