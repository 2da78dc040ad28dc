"""Devices and threads of this machine."""

from __future__ import annotations

import threading

import pytest
import torch

from explorer.errors import EnvironmentFault
from explorer.models.device import choose_device
from explorer.models.threads import cores, threads, train_threads


def test_auto_finds_a_device() -> None:
    assert choose_device("auto") in {"cpu", "cuda", "mps"}
    assert choose_device("cpu") == "cpu"


def test_a_device_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(EnvironmentFault, match="no cuda device"):
        choose_device("cuda")


def test_training_leaves_a_core_to_the_window() -> None:
    assert train_threads() == max(1, cores() - 1)


def test_threads_are_given_back() -> None:
    seen = []

    def work() -> None:
        before = torch.get_num_threads()
        with threads(1):
            seen.append(torch.get_num_threads())
        seen.append(torch.get_num_threads() - before)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [1, 0]


def test_convolutions_add_in_one_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """On cuda the same seed gives the same weights only so; elsewhere it changes nothing."""
    monkeypatch.setattr(torch.backends.cudnn, "deterministic", False)
    monkeypatch.setattr(torch.backends.cudnn, "benchmark", True)
    choose_device("cpu")
    assert torch.backends.cudnn.deterministic and not torch.backends.cudnn.benchmark
