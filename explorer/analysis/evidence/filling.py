"""A long measurement, part by part, on all cores: what is finished is kept."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed

import numpy as np
import torch
from numpy.typing import NDArray

from explorer.analysis.evidence.unfinished import Unfinished
from explorer.task import Task

Doubles = NDArray[np.float64]


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
            pool.shutdown(wait=True, cancel_futures=True)
            for future, part in futures.items():
                if not future.cancelled() and future.exception() is None:
                    found.add(part, future.result())
            found.save()
            raise


def _one_thread() -> None:
    torch.set_num_threads(1)  # acts on this thread only: the others have cores of their own
