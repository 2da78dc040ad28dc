"""How many threads a lane may take, so that the window keeps a core."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import torch


def cores() -> int:
    """Cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def train_threads() -> int:
    """All but one, at least one."""
    return max(1, cores() - 1)


def at_once(device: torch.device, asked: int | None = None) -> int:
    """How many passes run side by side: as ``asked``, else one a core; elsewhere all share one."""
    return asked or (cores() if device.type == "cpu" else 1)


@contextmanager
def threads(n: int) -> Iterator[None]:
    """Let torch use ``n`` threads for what the calling thread computes, then as before."""
    before = torch.get_num_threads()
    torch.set_num_threads(n)
    try:
        yield
    finally:
        torch.set_num_threads(before)
