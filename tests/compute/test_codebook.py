"""The window's questions about codes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from explorer.compute.codebook import PaletteRequest, UseRequest, has_codebook, palette, use
from explorer.compute.decoding.place import DecodePlace
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.task import NO_TASK
from tests.fakes import toy_dataset

CONFIG = ModelConfig(preset="vq-vae", hidden=16, latent_dim=4, options={"codes": 40.0})


def snapshot(config: ModelConfig = CONFIG) -> ModelSnapshot:
    shape = toy_dataset().preparation
    return ModelSnapshot("m", config, shape, weights_of(build(config, shape, seed=0)))


def test_only_a_quantised_model_has_a_book() -> None:
    assert has_codebook(snapshot())
    assert not has_codebook(snapshot(ModelConfig(hidden=16)))


def test_use_of_known_codes() -> None:
    model = snapshot()
    empty = use(UseRequest(model, None), NO_TASK)
    assert empty.model_id == "m"
    assert empty.use.index.shape == (0, 2)
    book = empty.use.codes
    mean = np.concatenate([book[[3, 3, 7]], book[[1, 0, 3]]], axis=1)
    codes = Codes("m", mean, np.zeros_like(mean), np.arange(3))
    assert use(UseRequest(model, codes), NO_TASK).use.index.tolist() == [[3, 1], [3, 0], [7, 3]]


def test_a_palette_is_what_the_decoder_draws() -> None:
    model = snapshot()
    book = use(UseRequest(model, None), NO_TASK).use.codes
    z = np.array([0.3, 0.1, -0.4, 0.2], np.float32)
    answer = palette(PaletteRequest(model, z, 1), NO_TASK)
    assert (answer.model_id, answer.position, len(answer.pictures)) == ("m", 1, 40)
    for code in (0, 17, 39):
        at = z.copy()
        at[2:] = book[code]
        assert np.array_equal(answer.pictures[code], DecodePlace(model, at).answer())


def test_with_one_position_the_rest_of_z_does_not_matter() -> None:
    model = snapshot(replace(CONFIG, latent_dim=2))
    pictures = [palette(PaletteRequest(model, z, 0), NO_TASK).pictures for z in np.eye(2)]
    assert np.array_equal(pictures[0], pictures[1])
