"""What a long measurement has found so far, kept in a file so that a killed one goes on there.

The file is a cache: one that cannot be read, or is of another measurement, counts as not there,
and one that cannot be written costs nothing but the repetition.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from explorer.config import to_json
from explorer.models.config import ModelSnapshot
from explorer.task import Task
from explorer.writing import written

Doubles = NDArray[np.float64]

FORMAT = 1  # another number makes older files count as not there
EVERY = 2.0  # seconds between two writings, and at least 20 times what the last one took


class Unfinished:
    """A table of n rows that fills part by part; ``values``: (n, columns), ``done``: (n,) bool.

    path: where it is kept, None for nowhere. stamp: what tells this measurement from others.
    """

    def __init__(self, path: Path | None, stamp: str, n: int, columns: int) -> None:
        self.path = path
        self.stamp = f"{FORMAT} {stamp}"
        self.values = np.zeros((n, columns))
        self.done = np.zeros(n, bool)
        self._next = time.monotonic() + EVERY
        if path is not None:
            self._load(path)

    def add(self, part: slice, values: NDArray[np.float64]) -> None:
        """Take the rows of a part that is finished; now and then the file is written."""
        self.values[part] = values
        self.done[part] = True
        if time.monotonic() >= self._next:
            self.save()

    def save(self) -> None:
        """Write the file: after a kill at any moment the old or the new one is there, whole."""
        if self.path is None or not self.done.any():
            return
        begun = time.monotonic()
        with contextlib.suppress(OSError):
            self._write(self.path)
        self._next = time.monotonic() + max(EVERY, 20.0 * (time.monotonic() - begun))

    def discard(self) -> None:
        """Remove the file: all is done."""
        if self.path is not None:
            with contextlib.suppress(OSError):
                self.path.unlink()

    def _load(self, path: Path) -> None:
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                stamp, values, done = str(kept["stamp"]), kept["values"], kept["done"]
        except (OSError, ValueError, KeyError, EOFError, TypeError, zipfile.BadZipFile):
            return
        fits = values.shape == self.values.shape and done.shape == self.done.shape
        if stamp == self.stamp and fits and values.dtype == np.float64 and done.dtype == bool:
            self.values, self.done = values, done

    def _write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with written(path) as file:
            np.savez(file, stamp=np.array(self.stamp), values=self.values, done=self.done)


def fingerprint(snapshot: ModelSnapshot, *more: object) -> str:
    """A name for a file about a model and ``more``: equal content gives equal names."""
    facts = to_json(snapshot.config), to_json(snapshot.preparation)
    digest = hashlib.sha256(repr(facts).encode())
    for name, weights in sorted(snapshot.weights.items()):
        digest.update(repr((name, weights.shape, weights.dtype.str)).encode())
        digest.update(np.ascontiguousarray(weights).data)
    for member in more:
        plain = member.tobytes() if isinstance(member, np.ndarray) else repr(member).encode()
        digest.update(plain)
    return digest.hexdigest()


def fill(
    found: Unfinished,
    size: int,
    work: Callable[[slice], Doubles],
    task: Task,
    text: str,
    workers: int,
) -> None:
    """Give ``found`` the rows that it lacks, ``size`` of them a thread; it is saved on a stop.

    work: the rows of a part. Each thread takes one core.
    """
    n = len(found.done)
    parts = [slice(start, min(start + size, n)) for start in range(0, n, size)]
    with ThreadPoolExecutor(workers, initializer=_one_thread) as pool:
        left = [part for part in parts if not found.done[part].all()]
        futures = {pool.submit(work, part): part for part in left}
        try:
            for future in as_completed(futures):
                found.add(futures[future], future.result())
                task.progress(float(found.done.mean()), text)
                task.check()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            for future, part in futures.items():
                if not future.cancelled() and future.exception() is None:
                    found.add(part, future.result())
            found.save()
            raise


def _one_thread() -> None:
    torch.set_num_threads(1)  # acts on this thread only: the others have cores of their own
