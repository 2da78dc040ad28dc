"""What is said once a training has ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.training.clock import passes
from explorer.training.history import Trained


def farewell(trained: Trained) -> tuple[str, str]:
    """What to say once training has ended, and in which tone."""
    text, tone = _ended(trained)
    if trained.snapshot.path is not None:
        note = f" ({trained.note})" if trained.note else ""
        return f"{text}. Kept in {trained.snapshot.path}{note}", tone
    if trained.unsaved is not None:
        return f"{text}. In memory only: {trained.unsaved.what}", "bad"
    return f"{text}. Not kept, as was wished", tone


def _ended(trained: Trained) -> tuple[str, str]:
    if trained.message:
        return trained.message, "warn"
    epochs = trained.curve.last.epoch if trained.curve.last else 0
    if trained.stopped:
        return f"Stopped after {_counted(epochs)}", "done"
    value = _valued(trained.snapshot.metrics)
    verdict = trained.curve.verdict
    judged = "" if verdict is None else f"; {verdict.text}"
    return f"Trained {_counted(epochs)} in {trained.seconds:.0f} s{value}{judged}", "done"


def _valued(metrics: Mapping[str, Any]) -> str:
    """What the held-out samples are worth, by its own name; nothing where there are none."""
    error, kl = metrics.get("test_reconstruction"), metrics.get("test_kl") or 0.0
    if not isinstance(error, float):
        return ""
    value = f"{-error - kl:.2f}".replace("-", "\u2212", 1)
    return f", test {metrics.get('bound')} {value} nats per sample"


def _counted(epochs: float) -> str:
    """1 epoch, 60 epochs, 10.9 epochs."""
    whole = float(passes(epochs)).is_integer()
    return (
        "1 epoch"
        if epochs == 1
        else f"{epochs:.0f} epochs"
        if whole
        else f"{passes(epochs)} epochs"
    )
