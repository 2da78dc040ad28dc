"""A curve as ``curve.json``: columns by name, so that any program can draw it. No torch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from explorer.errors import CheckpointError
from explorer.models.checkpoint import CURVE, ResumeState
from explorer.models.files.manifest import MAX_JSON
from explorer.models.files.staging import committed, read_whole
from explorer.training.record.curve import Curve, CurveRows
from explorer.training.record.curve_writer import MOST_ROWS
from explorer.training.validation.rule import Verdict

SCHEMA = 1
DIGITS = 9  # that bring a float32 back to the bit


@dataclass(frozen=True)
class _File:
    """What the file says. kl: null where there is none."""

    schema: int
    steps_per_epoch: int
    epochs: int
    bound: str
    tested: int
    step: list[int]
    samples: list[int]
    log_px: list[float]
    kl: list[float | None]
    objective: list[float]
    test_step: list[int]
    test_elbo: list[float]
    verdict: Verdict | None = None


def packed(curve: Curve) -> bytes:
    """The content of the file."""
    rows = curve.rows
    columns = {name: _floats(getattr(rows, name)) for name in ("log_px", "kl", "objective")}
    return msgspec.json.encode(
        _File(
            SCHEMA, curve.steps, curve.epochs, curve.bound, curve.tested,
            rows.step.tolist(), rows.samples.tolist(), **columns,
            test_step=curve.test_step.tolist(), test_elbo=_floats(curve.test_elbo),
            verdict=curve.verdict,
        )
    )  # fmt: skip


def _floats(values: np.ndarray[Any, Any]) -> list[Any]:
    """As short as they can be; JSON knows no NaN."""
    return [float(f"{v:.{DIGITS}g}") if np.isfinite(v) else None for v in values.tolist()]


def load(folder: str | Path) -> Curve | None:
    """The curve saved with a model; None where there is none. Raises CheckpointError."""
    folder = Path(folder)
    return read_whole(folder, lambda: _load(folder))


def _load(folder: Path) -> Curve | None:
    path = committed(folder, CURVE)
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            text = file.read(MAX_JSON)
        return _curve(msgspec.json.decode(text, type=_File))
    except (OSError, ValueError, msgspec.DecodeError) as error:
        raise CheckpointError(
            f"{CURVE} cannot be read", where=folder,
            remedy="take an intact copy of the checkpoint, or go on without its curve",
            details=str(error),
        ) from error  # fmt: skip


def _curve(told: _File) -> Curve:
    """Raises ValueError where the columns do not belong together."""
    step = np.array(told.step, np.int64)
    values = [np.array(v, np.float32) for v in (told.log_px, told.kl, told.objective)]
    samples, test_step = np.array(told.samples, np.int64), np.array(told.test_step, np.int64)
    lengths = {len(step), len(samples), *map(len, values)}
    if len(lengths) > 1 or len(told.test_step) != len(told.test_elbo) or len(step) > MOST_ROWS:
        raise ValueError("its columns differ in length")
    rising = all((np.diff(steps, prepend=0) > 0).all() for steps in (step, test_step))
    if not rising or min(told.steps_per_epoch, told.epochs, *told.samples) < 1:
        raise ValueError("its steps do not rise")
    return Curve(
        told.steps_per_epoch, told.epochs, CurveRows(step, samples, *values),
        test_step, np.array(told.test_elbo, np.float32), told.bound, told.tested, told.verdict,
    )  # fmt: skip


def of_old_state(state: ResumeState, steps: int, epochs: int) -> Curve | None:
    """The curve that training states of version 0.1 hold: a row for some steps together."""
    points = state.values.get("history")
    if not isinstance(points, list) or not points:
        return None
    per_step = int(state.values.get("samples", 0)) / max(int(state.values.get("step", 0)), 1)
    done = np.array([round(point["epoch"] * steps) for point in points], np.int64)
    samples = np.maximum(np.rint(np.diff(done, prepend=0) * per_step), 1).astype(np.int64)
    error, kl, objective = (
        np.array([_number(point.get(name)) for point in points], np.float32)
        for name in ("reconstruction", "kl", "objective")
    )
    tests = [(d, p["test_elbo"]) for d, p in zip(done, points, strict=True) if p.get("test_elbo")]
    return Curve(
        steps, epochs, CurveRows(done, samples, -error, kl, objective),
        np.array([d for d, _ in tests], np.int64), np.array([v for _, v in tests], np.float32),
    )  # fmt: skip


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else np.nan
