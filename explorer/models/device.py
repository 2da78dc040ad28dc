"""Which processor a model runs on."""

from __future__ import annotations

import torch

from explorer.errors import EnvironmentFault

DEVICES = ("auto", "cpu", "cuda", "mps")


def choose_device(wanted: str = "auto") -> str:
    """What "auto" stands for: cuda, mps or cpu. Raises EnvironmentFault where ``wanted`` lacks.

    On cuda the convolutions that add in any order are left aside from now on, so that the same
    seed gives the same weights there too, and a resumed training goes on to the bit.
    """
    torch.backends.cudnn.deterministic, torch.backends.cudnn.benchmark = True, False
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if wanted == "auto":
        return next((name for name, ok in there.items() if ok), "cpu")
    if wanted != "cpu" and not there.get(wanted, False):
        raise EnvironmentFault(f"this machine has no {wanted} device", remedy="choose auto or cpu")
    return wanted
