"""explorer.compute.encoding.code: what one sample's code is about, and of which values."""

from __future__ import annotations

import numpy as np

from explorer.compute.encoding.code import FindCode
from tests.compute.small import DATA, linear_model, rows_of


def test_it_is_the_posterior_mean_of_the_linear_model() -> None:
    model, module = linear_model(3)
    question = FindCode(model, DATA, 17)
    total = module.scale**2 + module.sigma**2
    mean = (rows_of([17]).flatten(1) - 0.5) @ module.basis / total
    np.testing.assert_allclose(question.answer(), mean[0].numpy(), atol=1e-5)


def test_it_is_about_the_sample_that_is_selected() -> None:
    model, _ = linear_model()
    assert FindCode(model, DATA, 5).subject == {"model": model, "dataset": DATA, "sample": 5}
