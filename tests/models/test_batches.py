"""The crossing between numpy and torch keeps every value in its place."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.models.batches import to_numpy, to_tensor, train_bytes
from tests.fakes import toy_dataset


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("levels", [16, 255])
def test_there_and_back(channels: int, levels: int) -> None:
    data = toy_dataset(20, height=8, width=9, channels=channels, levels=levels)
    tensor = to_tensor(data.x, levels)
    assert tensor.shape == (20, channels, 8, 9)
    np.testing.assert_array_equal(to_numpy(tensor), data.unit(slice(None)))


def test_parts_of_a_data_set() -> None:
    data = toy_dataset(20)
    assert len(train_bytes(data)) == 16
    assert train_bytes(data).dtype == torch.uint8


def test_the_data_is_never_written_to() -> None:
    data = toy_dataset(20)
    before = data.x.copy()
    train_bytes(data).zero_()
    to_tensor(data.x, 255).zero_()
    np.testing.assert_array_equal(data.x, before)
