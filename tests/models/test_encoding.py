"""Codes of a data set are what the model says of each sample, in chunks or not."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.errors import Cancelled
from explorer.models import encoding
from explorer.models.autoencoder import build
from explorer.models.batches import to_tensor
from explorer.models.config import ModelConfig
from explorer.task import Task
from tests.fakes import toy_dataset


def test_chunks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    data = toy_dataset(50)
    model = build(ModelConfig(hidden=16), data.preparation, seed=0).eval()
    monkeypatch.setattr(encoding, "CHUNK", 7)
    codes = encoding.encode(model, data)
    with torch.no_grad():
        q = model.encode(to_tensor(data.x, 255))
        kl = q.kl_per_dim(model.prior)
    np.testing.assert_allclose(codes.mean, q.mean, atol=1e-5)
    np.testing.assert_allclose(codes.std, q.std, atol=1e-5)
    assert kl is not None
    np.testing.assert_allclose(codes.kl_per_dim, kl.mean(0), atol=1e-5)
    assert codes.mean.dtype == np.float32
    assert not codes.mean.flags.writeable


def test_a_part_of_the_data() -> None:
    data = toy_dataset(50)
    model = build(ModelConfig(preset="ae", hidden=16), data.preparation, seed=0).eval()
    codes = encoding.encode(model, data, np.array([3, 1]))
    assert codes.index.tolist() == [3, 1]
    assert codes.kl_per_dim is None
    assert not codes.std.any()
    np.testing.assert_allclose(codes.mean, encoding.encode(model, data).mean[[3, 1]], atol=1e-5)


def test_it_can_be_stopped() -> None:
    data, task = toy_dataset(50), Task()
    task.cancel()
    with pytest.raises(Cancelled):
        encoding.encode(build(ModelConfig(), data.preparation).eval(), data, task=task)
