"""Which samples are held out: seeded, stratified by class, equal pictures on one side."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.task import NO_TASK, Task

Index = NDArray[np.int64]
Mask = NDArray[np.bool_]


def groups_of_equals(x: NDArray[Any], task: Task = NO_TASK) -> Index:
    """(n,) the position of the first sample that equals each sample byte for byte."""
    return groups_of(digests_of(x, task))


def digests_of(x: NDArray[Any], task: Task = NO_TASK) -> bytes:
    """Eight bytes a sample; equal for samples that are equal byte for byte."""
    rows = np.ascontiguousarray(x).reshape(len(x), -1)
    digests = bytearray()
    for i, row in enumerate(rows):
        if i % 8192 == 0:
            task.check()
        digests += hashlib.blake2b(row.data, digest_size=8).digest()
    return bytes(digests)


def groups_of(digests: bytes) -> Index:
    """(n,) the position of the first sample with the digest of each."""
    _, first, group = np.unique(
        np.frombuffer(digests, np.uint64), return_index=True, return_inverse=True
    )
    return np.asarray(first[group.ravel()], dtype=np.int64)


def split(labels: Index | None, groups: Index, fraction: float, *, seed: int = 0) -> Mask:
    """(n,) True for the held-out part: close to ``fraction`` of each class, never empty.

    Samples of one group stay together, unless all samples are one group.
    """
    firsts = np.unique(groups)
    if len(firsts) < 2:
        groups = firsts = np.arange(len(groups))
    # RandomState's stream is frozen by numpy's promise, so a split outlives every upgrade
    order = np.random.RandomState(seed).permutation(len(firsts))
    if labels is not None:
        order = order[np.argsort(labels[firsts[order]], kind="stable")]
    chosen = firsts[order[_every(len(firsts), fraction)]]
    return np.isin(groups, chosen)


def held_out_count(n: int, fraction: float) -> int:
    """How many of n different samples `split` holds out."""
    return int(_every(n, fraction).sum())


def repeats(groups: Index) -> int:
    """How many samples equal an earlier one."""
    return len(groups) - len(np.unique(groups))


def all_equal(what: str) -> str:
    """The warning where all samples equal the first; what: "pictures" or "samples"."""
    return f"all samples are the same {'picture' if what == 'pictures' else 'values'}"


def leaks(groups: Index, test: Mask) -> int:
    """How many held-out samples are also in the training part."""
    return int(np.isin(groups[test], groups[~test]).sum())


def _every(n: int, fraction: float) -> Mask:
    """Marks spread evenly over n places, so that each stretch (class) gets its share."""
    edges = np.floor(np.arange(n + 1) * fraction + 0.5)
    marks = np.diff(edges) > 0
    if n > 1 and not marks.any():
        marks[n // 2] = True
    return np.asarray(marks)
