"""One sample has one error, wherever it is read, for every model and every binarisation."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis import pca
from explorer.analysis.evaluating import Wanted, evaluation
from explorer.analysis.reconstructions import reconstructed
from explorer.compute.analyses.encode import FindCodes
from explorer.compute.applications.restoring import Restore
from explorer.compute.comparing.sample import Compare
from explorer.compute.encoding.principal import FitPca
from explorer.compute.measuring.errors import MeasureErrors
from explorer.data.binarising import binarised, fixed_draw
from explorer.data.dataset import Dataset
from explorer.data.kinds import BINARISATIONS
from explorer.models.autoencoder import build, from_snapshot, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.presets import presets
from tests.fakes import toy_dataset


def model_of(preset: str, data: Dataset) -> ModelSnapshot:
    body = presets[preset].body_for("mlp")
    config = ModelConfig(preset=preset, hidden=16, body=body)
    weights = weights_of(build(config, data.preparation, seed=0))
    return ModelSnapshot(preset, config, data.preparation, weights)


@pytest.mark.parametrize("how", BINARISATIONS)
@pytest.mark.parametrize("preset", list(presets))
def test_one_sample_has_one_error(preset: str, how: str) -> None:
    data = binarised(toy_dataset(60), how)
    model = model_of(preset, data)
    fitted, scores = FitPca(data).answer()
    evaluated = evaluation(model, data, wanted=Wanted(2, "all"))
    shown = MeasureErrors(model, data).answer()
    module = from_snapshot(model)
    counted = reconstructed(module, data, np.arange(60), pca.fit(fixed_draw(data), 2))
    np.testing.assert_allclose(evaluated.mse, shown, rtol=1e-5)
    np.testing.assert_allclose(counted.mse, shown, rtol=1e-5)
    codes = FindCodes(model, data).answer()
    for i in (0, 41):
        seen = Compare(data, i, model, fitted).answer()
        assert seen.mse == pytest.approx(shown[i], rel=1e-5)
        assert seen.pca_mse == pytest.approx(counted.pca_mse[i], rel=1e-3)
        np.testing.assert_array_equal(seen.original, fixed_draw(data).picture(i))
        np.testing.assert_allclose(seen.mean, codes.mean[i], atol=1e-5)  # where its point lies
        restored = Restore(model, data, i, fitted, codes, noise=0.0).answer()
        assert restored.restored_mse == pytest.approx(shown[i], rel=1e-5)
    first = fitted.project(fixed_draw(data).unit(slice(0, 1)))[0, : scores.shape[1]]
    np.testing.assert_allclose(scores[0], first, atol=1e-5)


def test_an_error_is_of_the_fixed_draw() -> None:
    """By hand: grey pictures would have far smaller errors than their black and white draw."""
    data = binarised(toy_dataset(60), "dynamic")
    model = model_of("vae", data)
    drawn = fixed_draw(data).unit(slice(0, 60))
    assert set(np.unique(drawn)) == {0.0, 1.0}
    module = from_snapshot(model)
    import torch

    with torch.inference_mode():
        x = torch.from_numpy(drawn.reshape(60, 1, 8, 8))
        made = module.decode(module.encode(x).mean).numpy().reshape(60, -1)
    found = MeasureErrors(model, data).answer()
    np.testing.assert_allclose(found, ((made - drawn) ** 2).mean(1), rtol=1e-5)
