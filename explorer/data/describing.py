"""What would be loaded and what is odd about it, said before it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.data.kinds import kind_of
from explorer.data.kinds.images import Images
from explorer.data.layout import Layout
from explorer.data.raw import Array, Arrays, Pictures, Raw
from explorer.data.steps import arrays, brightness, files, floats, splitting
from explorer.data.steps.labelling import counted
from explorer.data.steps.rows import PreparationOptions
from explorer.data.steps.sizing import COMFORTABLE
from explorer.data.steps.splitting import held_out_count
from explorer.task import Task

_BUDGET = 256 << 20  # bytes of values looked at for the range


@dataclass(frozen=True)
class Description:
    """The JSON object of ``inspect``. kind: a name in the registry of kinds.

    shape: of one sample as it would be explored: (H, W, C), (length, channels) or (columns,).
    range: the values taken as black and white, or the lowest and highest there are.
    labels: class -> samples, None where there are none. splits: samples per part.
    columns: the names of those of a table, or of a signal's channels.
    """

    kind: str
    n: int
    shape: list[int]
    dtype: str
    range: list[float]
    labels: dict[str, int] | None
    splits: dict[str, int]
    warnings: list[str]
    binarisation: str = "none"
    columns: tuple[str, ...] = ()


def described(raw: Raw, wish: PreparationOptions, where: str, task: Task) -> Description:
    """Describe from headers, a survey of the files and a bounded look at the values."""
    if isinstance(raw, Arrays):
        return _of_arrays(raw, wish, task)
    return _of_pictures(raw, wish, where, task)


def _of_arrays(raw: Arrays, wish: PreparationOptions, task: Task) -> Description:
    layout, source = arrays.layout_of_parts(raw, wish), raw.parts[0].images
    labels, unlabelled = arrays.labels_of(raw)
    if not kind_of(layout).standardised:
        plan = arrays.plan(raw, wish, task, budget=_BUDGET)
        shape: tuple[int, ...] = plan.preparation.shape
        limits, said = [plan.preparation.low, plan.preparation.high], list(plan.warnings)
        same = arrays.all_equal(raw, plan, task, _BUDGET)
        unlabelled += [splitting.all_equal("pictures")] if same else []
    else:
        shape = kind_of(layout).told_shape(layout.shape)
        limits, said = _of_floats(raw, layout, task)
    return Description(
        kind=layout.kind,
        n=arrays.sample_count(raw),
        shape=list(shape),
        dtype=source.dtype.name,
        range=limits,
        labels=counted(labels),
        splits=_splits([p.held_out for p in raw.parts for _ in range(len(p.images))], wish),
        warnings=[*raw.warnings, *said, *unlabelled],
        columns=arrays.feature_names(raw, layout),
    )


def _of_floats(raw: Arrays, layout: Layout, task: Task) -> tuple[list[float], list[str]]:
    """The range of all values, and what is odd about them."""
    values = floats.Values(raw, layout)
    statistics = floats.column_statistics(values, task)
    where = raw.parts[0].images.where
    said = floats.require_values(statistics, len(values), raw.columns, where)
    said += floats.constant_columns(statistics, raw.columns)
    if splitting.repeats(splitting.groups_of(bytes(statistics.digests))) == len(values) - 1:
        said.append(splitting.all_equal("samples"))
    return [float(statistics.low.min()), float(statistics.high.max())], [*layout.warnings, *said]


def _of_pictures(raw: Pictures, wish: PreparationOptions, where: str, task: Task) -> Description:
    survey, digests = files.surveyed(raw), bytearray()
    findings = files.gathered(
        raw, survey, task, (COMFORTABLE, COMFORTABLE), lambda p: digests.extend(_digest(p))
    )
    files.require_good(findings, where)
    all_seen = len(survey) == len(raw.entries)
    used = findings.good if all_seen else list(raw.entries)
    target = files.target_of(findings.sizes, wish)
    channels = 3 if findings.colour else 1
    shape = wish.preparation.shape if wish.preparation else (*target, channels)
    ranges = brightness.resolved_ranges(findings.brightness, None, where)
    said = [*findings.sentences(target), *ranges.said]
    if ranges.said and not all_seen:
        said.append("the range is that of the pictures looked at")
    if all_seen and splitting.repeats(splitting.groups_of(bytes(digests))) == len(used) - 1:
        said.append(splitting.all_equal("pictures"))
    if not all_seen:
        said.append(f"{len(survey):,} of {len(raw.entries):,} pictures were looked at")
    return Description(
        kind=Images.name,
        n=len(used),
        shape=list(shape),
        dtype=findings.brightness.dtype,
        range=[ranges.low, ranges.high],
        labels=counted(files.labels_of(used)),
        splits=_splits([e.held_out for e in used], wish),
        warnings=[*raw.warnings, *said],
    )


def _digest(picture: Array) -> bytes:
    """Eight bytes of a picture (h, w, C): equal for those of equal shape and bytes."""
    shape = np.array(picture.shape, np.int64).tobytes()
    return splitting.digests_of(np.frombuffer(shape + picture.tobytes(), np.uint8)[None])


def _splits(held_out: list[bool | None], wish: PreparationOptions) -> dict[str, int]:
    """Of the split that the data brings, or the one that would be drawn."""
    n, test = len(held_out), sum(map(bool, held_out))
    if not 0 < test < n:
        test = held_out_count(n, wish.held_out)
    return {"train": n - test, "test": test}
