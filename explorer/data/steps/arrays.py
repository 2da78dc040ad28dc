"""Arrays become rows: one pass settles the range, the next fills one array of bytes."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from explorer.data.choices import ChoiceRefused, Choices, ChoiceWanted
from explorer.data.dataset import Bytes, Preparation
from explorer.data.kinds import kind_of
from explorer.data.layout import Layout
from explorer.data.raw import Arrays, Part, Source, Turned, require_memory
from explorer.data.steps.labelling import Labelled, labelled, texts
from explorer.data.steps.recognising import Seen, convention, recognised, taken_from
from explorer.data.steps.rows import (
    PreparationOptions,
    Rows,
    fitting_warnings,
    in_channels,
    require_two,
)
from explorer.data.steps.scaling import (
    Scale,
    extent_of,
    require_finite,
    scale_for,
    union,
)
from explorer.data.steps.shapes.layout import arranged, layout_of
from explorer.data.steps.sizing import resized, size_of_array, size_warning
from explorer.data.words.naming import printable
from explorer.data.words.wording import many
from explorer.errors import DataError
from explorer.task import Task


@dataclass(frozen=True)
class Plan:
    """How the samples of an array will be kept. warnings: what had to be decided.

    scales: of each part, from the values as they are: of another range perhaps than the others'.
    """

    layout: Layout
    preparation: Preparation
    scales: tuple[Scale, ...]
    warnings: tuple[str, ...]


def layout_of_parts(raw: Arrays, wish: PreparationOptions) -> Layout:
    """The layout of all parts; raises DataError where parts, labels or a choice do not fit."""
    first = raw.parts[0].images
    for part in raw.parts:
        if part.images.shape[1:] != first.shape[1:]:
            raise DataError(
                f"{first.name} and {part.images.name} hold samples of different shapes",
                where=first.where,
                remedy="give both the same height, width and channels",
            )
        _check_labels(part)
    require_two(sample_count(raw), first.where)
    layout = layout_of(first, wish.kind_for(raw.kind))
    if wish.scaling is not None and not kind_of(layout).has_axis:
        raise ChoiceRefused(
            f"--scaling means nothing for {kind_of(layout).many}, it is of signals",
            choice="scaling",
            where=first.where,
            remedy="leave it out",
        )
    return layout


def sample_count(raw: Arrays) -> int:
    """Samples in all parts together; an array without axes counts as none."""
    if any(not p.images.shape for p in raw.parts):
        source = raw.parts[0].images
        raise DataError(
            f"{source.name} is a single number",
            where=source.where,
            remedy="give (n, height, width)",
        )
    return sum(len(p.images) for p in raw.parts)


def plan(raw: Arrays, wish: PreparationOptions, task: Task, *, budget: float = math.inf) -> Plan:
    """Settle size, channels and range from headers and at most ``budget`` bytes of values."""
    layout = layout_of_parts(raw, wish)
    if wish.preparation is not None:
        return _repeated(raw, layout, wish, wish.preparation, task)
    values = [] if wish.scale is not None else _values(raw, task, budget)
    scale, said = _scale(raw, wish, values)
    height, width, channels = layout.shape
    target = size_of_array(height, width, wish.size)
    if target != (height, width):
        scale = dataclasses.replace(scale, levels=255)  # in-between shades appear
    resized = size_warning([(height, width)], target)
    seen = "RGBA pictures are laid over white" if channels == 4 else ""
    warnings = (*layout.warnings, *said, *filter(None, (resized, seen)))
    # floats, as a checkpoint's JSON gives them back: equal preparations must hash equally
    low, high = float(scale.low), float(scale.high)
    preparation = Preparation(*target, min(channels, 3), low, high, scale.levels)
    scales, more = (scale,) * len(raw.parts), list[str]()
    if len(values) > 1:
        scales, more = _of_parts(raw, values, preparation)
    return Plan(layout, preparation, scales, (*warnings, *more))


def _repeated(
    raw: Arrays, layout: Layout, wish: PreparationOptions, kept: Preparation, task: Task
) -> Plan:
    """The plan of samples for a model that was made for ``kept``."""
    if wish.scale is not None:
        known = (float(wish.scale.low), float(wish.scale.high))
        scale, said = taken_from(known, kept)
        scales = (scale,) * len(raw.parts)
    else:
        scales, said = _of_parts(raw, _values(raw, task, math.inf), kept)
    fitting = fitting_warnings([layout.shape[:2]], layout.shape[2], kept)
    return Plan(layout, kept, scales, (*layout.warnings, *said, *fitting))


def _of_parts(
    raw: Arrays, values: list[Seen], kept: Preparation
) -> tuple[tuple[Scale, ...], list[str]]:
    """The scale that takes each part to the levels of ``kept``, and what is said of it."""
    scales, said = [], []
    for i, seen in enumerate(values):
        source = raw.parts[i].images
        scale, more = Scale(kept.low, kept.high, kept.levels), list[str]()
        if seen.n:
            scale, more = recognised(seen, kept, source.where)
        scales.append(scale)
        said += [f"{source.name}: {text}" if len(values) > 1 else text for text in more]
    return tuple(scales), said


def array_rows(raw: Arrays, wish: PreparationOptions, task: Task) -> Rows:
    """The rows of ``raw``; the only large array ever held is the result."""
    settled = plan(raw, wish, task)
    x, clipped = _filled(raw, settled, task, count=wish.preparation is not None)
    labels, said = labels_of(raw)
    if clipped:
        ranges = " or ".join(f"{s.low:g} to {s.high:g}" for s in dict.fromkeys(settled.scales))
        of = f"outside {ranges}"
        said.append(f"{many(clipped, f'value {of} is', f'values {of} are')} clipped")
    warnings = (*raw.warnings, *settled.warnings, *said)
    return Rows(x, settled.preparation, labels, given_split(raw), names_of(raw), warnings)


def all_equal(raw: Arrays, settled: Plan, task: Task, budget: float) -> bool:
    """Whether all samples are kept as the same bytes, as far as ``budget`` bytes of values tell.

    Reading stops at the first that differs from the first of all.
    """
    first, seen = None, 0
    for i, scale in enumerate(settled.scales):
        source = raw.parts[i].images
        for _, block in source.blocks(task):
            rows = scale.keep(block)
            first = rows[:1] if first is None else first
            seen += block.nbytes
            if not (rows == first).all():
                return False
            if seen > budget:
                return False  # nobody knows
    return True


def names_of(raw: Arrays) -> tuple[str, ...] | None:
    """What the samples are called, if the data says."""
    return None if raw.names is None else texts(raw.names.whole())


def feature_names(raw: Arrays, layout: Layout) -> tuple[str, ...]:
    """Of the columns of a table or the channels of signals, where there is one for each."""
    axis = kind_of(layout).named_axis
    named = axis is not None and len(raw.columns) == layout.shape[axis]
    return tuple(map(printable, raw.columns)) if named else ()


def given_split(raw: Arrays) -> NDArray[np.bool_] | None:
    """(n,) True for the held-out part, where the data brings a split."""
    if any(p.held_out is None for p in raw.parts):
        return None
    return np.concatenate([np.full(len(p.images), bool(p.held_out)) for p in raw.parts])


def labels_of(raw: Arrays) -> tuple[Labelled, list[str]]:
    """The labels of all parts as one, and what was left out."""
    sources = [p.labels for p in raw.parts]
    present = [s for s in sources if s is not None]
    classes = () if raw.classes is None else texts(raw.classes.whole())
    if len(present) < len(sources):
        said = ["only one part has labels, so they are left out"] if present else []
        return Labelled(), said
    values = [s.whole() for s in present]
    if len({(np.issubdtype(v.dtype, np.character), v.shape[1:]) for v in values}) > 1:
        return Labelled(), ["the labels of the parts differ in kind and are left out"]
    found = labelled(np.concatenate(values), classes)
    return found, list(found.warnings)


def _scale(raw: Arrays, wish: PreparationOptions, values: list[Seen]) -> tuple[Scale, list[str]]:
    """The scale of all parts together; of the first where they are plainly of different ranges."""
    if wish.scale is not None:
        return wish.scale, []
    there = [seen for seen in values if seen.n]
    ranges = {convention(seen) for seen in there}
    base = there if len(ranges) == 1 or None in ranges else there[:1]
    extent = reduce(union, (seen.extent for seen in base))
    dtype = np.result_type(*(seen.dtype for seen in base))
    scale, said = scale_for(extent, dtype, raw.parts[0].images.where)
    if not extent.complete:
        said.append("the range is that of the first samples")
    return scale, said


def _values(raw: Arrays, task: Task, budget: float) -> list[Seen]:
    """The values of each part, as far as ``budget`` bytes of them tell."""
    found = []
    for source in (p.images for p in raw.parts):
        task.progress(None, f"looking at the values of {source.name}")
        extent = extent_of(source.blocks(task), source, budget)
        found.append(Seen(extent, source.dtype, len(source)))
    return found


def _filled(raw: Arrays, settled: Plan, task: Task, *, count: bool) -> tuple[Bytes, int]:
    """(n, H, W, C) and how many values lay outside the range."""
    kept, n = settled.preparation, sample_count(raw)
    require_memory(n * kept.features, raw.parts[0].images.where)
    x = np.empty((n, *kept.shape), np.uint8)
    done = clipped = 0
    for i, scale in enumerate(settled.scales):
        source = raw.parts[i].images
        for start, block in source.blocks(task):
            require_finite(block, start, source)
            clipped += scale.outside(block) if count else 0
            pixels = arranged(scale.keep(block), settled.layout)
            _place(in_channels(pixels, kept.channels, kept.levels), x[done:], kept, task)
            done += len(block)
            task.progress(done / n, f"reading {source.name}, {done:,} of {n:,} samples")
    return x, clipped


def _place(pixels: Bytes, out: Bytes, kept: Preparation, task: Task) -> None:
    if pixels.shape[1:] == kept.shape:
        out[: len(pixels)] = pixels
        return
    for i, picture in enumerate(pixels):
        task.check()
        # resampling overshoots at edges
        out[i] = np.minimum(resized(picture, (kept.height, kept.width)), np.uint8(kept.levels))


def _check_labels(part: Part) -> None:
    labels, images = part.labels, part.images
    if labels is None or not images.shape:
        return
    count = len(labels)
    if labels.shape and count == len(images):
        return
    if labels.shape and count in images.shape:
        raise _samples_along(images, max(a for a, s in enumerate(images.shape) if s == count))
    raise DataError(
        f"{images.name} has {many(len(images), 'sample', 'samples')}"
        f" but {labels.name} has {many(count, 'label', 'labels')}",
        where=images.where,
        remedy="give one label for each sample",
    )


def _samples_along(images: Source, axis: int) -> DataError:
    if isinstance(images, Turned) and images.of is not None:
        return ChoiceRefused(
            f"{images.name} of shape {images.of.shape} has the samples on axis"
            f" {images.axis_before(axis)}, not on axis {images.axis}",
            choice="axis",
            where=images.where,
            remedy=f"say --axis {images.axis_before(axis)}",
        )
    place = "its last axis" if axis == len(images.shape) - 1 else f"axis {axis}"
    return ChoiceWanted(
        f"{images.name} of shape {images.shape} has the samples on {place}",
        ways=(Choices(axis=axis),),
        where=images.where,
        remedy=f"say --axis {axis}, or save numpy.moveaxis(x, {axis}, 0)",
    )
