"""What a verb needs before it can do anything, and the sentence for what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from explorer.app.snapshot import Snapshot

DATA = "Open data first"
MODEL = "Train or open a model first"
IDLE = "Not while a training runs"
TRAINING = "No training runs"
STOPPING = "The training is stopping already"
CODES = "Find the codes of the data first"
SELECTION = "Select a sample first"
LABELS = "These samples have no labels"
PICTURE = "There is no picture yet"

_NEEDS: Mapping[str, tuple[Callable[[Snapshot], bool], str]] = {
    "data": (lambda now: now.dataset is not None, DATA),
    "labels": (lambda now: now.dataset is not None and now.dataset.labels is not None, LABELS),
    "model": (lambda now: now.model is not None, MODEL),
    "idle": (lambda now: now.training == "idle", IDLE),
    "training": (lambda now: now.training != "idle", TRAINING),
    "codes": (lambda now: now.codes is not None, CODES),
    "z": (lambda now: now.z is not None, MODEL),
    "selection": (lambda now: len(now.selection) > 0, SELECTION),
}


def missing(now: Snapshot, *needs: str) -> str:
    """The first of ``needs`` that is not there, as a sentence; "" where all are."""
    for need in needs:
        met, reason = _NEEDS[need]
        if not met(now):
            return reason
    return ""
