"""What a training leaves behind, as plain values: curve, snapshots, result. No torch."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.errors import ExplorerError
from explorer.models.checkpoint import ResumeState
from explorer.models.config import Codes, ModelSnapshot


@dataclass(frozen=True)
class HistoryPoint:
    """One point of the curves, in nats per sample; ``epoch`` passes are done.

    train_elbo, reconstruction, kl: means over the steps since the point before, as they were
    trained (dropout on), where elbo = -reconstruction - kl. kl is None for a point posterior, whose
    "elbo" is log p(x|z). test_elbo: on a fixed part of the held-out samples, where it was measured.
    objective: the mean of what was maximised, the loss with the sign turned: L_K, beta, free bits
    and penalties included.
    """

    epoch: float
    train_elbo: float
    reconstruction: float
    kl: float | None
    test_elbo: float | None = None
    objective: float | None = None


@dataclass(frozen=True, eq=False)
class TrainingSnapshot:
    """A training at one moment, immutable: what the time line replays.

    codes: of a fixed stratified subset. points: the whole curve; the last one may be of steps that
    are still being counted. bound: what its values are called. tested: held-out samples that a test
    point is the mean of.
    """

    epoch: float
    epochs: int
    model: ModelSnapshot
    codes: Codes
    points: tuple[HistoryPoint, ...]
    samples_per_second: float
    seconds_left: float
    bound: str = "ELBO"
    tested: int = 0


@dataclass(frozen=True, eq=False)
class Trained:
    """What `train` returns.

    stopped: it ended before its last epoch, because somebody asked, or because it went wrong: then
    ``message`` is a sentence for the user, the snapshot holds the last good weights, and there is
    nothing to resume. codes: of the subset that the time line shows, if it was published.
    What whoever keeps it adds: ``snapshot.path`` once it is saved, ``unsaved`` where it could not
    be, and ``note``, a sentence worth saying although all is well.
    """

    snapshot: ModelSnapshot
    history: tuple[HistoryPoint, ...]
    resume_state: ResumeState | None
    seconds: float
    samples_per_second: float
    device: str
    stopped: bool = False
    message: str = ""
    codes: Codes | None = None
    unsaved: ExplorerError | None = None
    note: str = ""
