"""How many threads: all cores, all but one, or one where passes share a device."""

from __future__ import annotations

import torch

from explorer.models import threads


def test_passes_run_one_a_core_and_one_by_one_on_another_device() -> None:
    assert threads.at_once(torch.device("cpu")) == threads.cores() >= 1
    assert threads.at_once(torch.device("meta")) == 1
    assert [threads.at_once(torch.device(name), 3) for name in ("cpu", "meta")] == [3, 3]


def test_training_leaves_a_core_to_the_window() -> None:
    assert threads.train_threads() == max(1, threads.cores() - 1)


def test_a_number_of_threads_is_for_a_while() -> None:
    before = torch.get_num_threads()
    with threads.threads(before + 1):
        assert torch.get_num_threads() == before + 1
    assert torch.get_num_threads() == before
