"""explorer.compute.live: one module a form of model and thread, with the weights asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import torch

from explorer.compute.live import _kept_modules, decode_rows, encode_rows, live, unit_rows
from explorer.models import autoencoder
from explorer.models.autoencoder import Autoencoder, from_snapshot
from explorer.models.config import ModelSnapshot
from tests.compute.small import DATA, linear_model, rows_of, snapshot


@pytest.fixture(autouse=True)
def _no_modules() -> Iterator[None]:
    _kept_modules().clear()
    yield
    _kept_modules().clear()


def first_weight(module: Autoencoder) -> torch.Tensor:
    return next(module.parameters()).detach().clone()


def test_another_moment_brings_its_weights_to_the_same_module() -> None:
    one, other = snapshot(seed=0), snapshot(seed=1)
    module = live(one)
    before = first_weight(module)
    assert live(one) is module and torch.equal(first_weight(module), before)
    assert live(other) is module
    assert torch.equal(first_weight(module), first_weight(from_snapshot(other)))
    assert not torch.equal(first_weight(module), before)
    assert torch.equal(first_weight(live(one)), before)


def test_another_model_of_the_same_id_brings_its_own_weights() -> None:
    one, other = snapshot(seed=0), replace(snapshot(seed=1), id=snapshot(seed=0).id)
    live(one)
    assert torch.equal(first_weight(live(other)), first_weight(from_snapshot(other)))


def test_the_four_forms_asked_for_last_are_kept() -> None:
    models = [snapshot(latent_dim=d) for d in range(1, 5)]
    modules = [live(model) for model in models]
    assert live(models[0]) is modules[0]  # now the last in line
    live(snapshot(latent_dim=5))
    assert len(_kept_modules()) == 4
    assert live(models[0]) is modules[0] and live(models[2]) is modules[2]
    assert live(models[1]) is not modules[1]


def test_each_thread_has_modules_of_its_own_and_one_core() -> None:
    model, heard = snapshot(), []

    def lane() -> None:
        heard.append((live(model), live(model), torch.get_num_threads()))

    mine = live(model)
    thread = threading.Thread(target=lane)
    thread.start()
    thread.join()
    theirs, again, cores = heard[0]
    assert theirs is again and theirs is not mine and cores == 1
    assert live(model) is mine


def test_rows_are_encoded_and_decoded_as_the_module_does() -> None:
    model, module = linear_model()
    mean, std = encode_rows(model, DATA.x[:7], 255)
    total = module.scale**2 + module.sigma**2
    wanted = (rows_of(slice(7)).flatten(1) - 0.5) @ module.basis.double() / total
    np.testing.assert_allclose(mean, wanted.numpy(), atol=1e-5)
    np.testing.assert_allclose(std, np.full((7, 2), np.sqrt(module.sigma**2 / total)), rtol=1e-5)
    back = decode_rows(model, mean)
    np.testing.assert_allclose(
        back, module.exact_decode(torch.from_numpy(mean).double()), atol=1e-5
    )


def test_a_tensor_of_pictures_becomes_rows_by_row_column_and_channel() -> None:
    tensor = torch.arange(24.0).reshape(1, 2, 3, 4)  # (b, C, H, W)
    rows = unit_rows(tensor)
    assert rows.shape == (1, 24) and rows.dtype == np.float32
    np.testing.assert_array_equal(rows.reshape(3, 4, 2), tensor[0].permute(1, 2, 0).numpy())


def test_a_module_that_could_not_take_other_weights_is_not_used_again() -> None:
    good, broken = snapshot(seed=0), snapshot(seed=1)
    live(good)
    last = list(broken.weights)[-1]
    half = {name: w for name, w in broken.weights.items() if name != last}
    with pytest.raises(Exception, match=last):
        live(replace(broken, weights=half))
    assert_has_weights(live(good), good)


def test_nor_is_one_that_has_half_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    good, other = snapshot(seed=0), snapshot(seed=1)
    live(good)

    def load_half(module: Autoencoder, model: ModelSnapshot) -> None:
        name, tensor = next(iter(module.named_parameters()))
        with torch.no_grad():
            tensor.copy_(torch.tensor(model.weights[name]))
        raise MemoryError("halfway")

    with monkeypatch.context() as patch:
        patch.setattr(autoencoder, "load_weights", load_half)
        with pytest.raises(MemoryError, match="halfway"):
            live(other)
    assert_has_weights(live(good), good)


def assert_has_weights(module: Autoencoder, model: ModelSnapshot) -> None:
    wanted = from_snapshot(model)
    for ours, theirs in zip(module.parameters(), wanted.parameters(), strict=True):
        assert torch.equal(ours, theirs)
