"""explorer.compute.latent.codebook: the grid of each sample, by hand."""

from __future__ import annotations

import numpy as np

from explorer.compute.latent.codebook import CountCodes, has_codebook
from explorer.models.config import Codes, ModelSnapshot
from tests.compute.small import snapshot


def quantised(d: int = 4) -> ModelSnapshot:
    return snapshot("vq-vae", latent_dim=d, options={"codes": 40.0})


def test_only_a_quantised_model_has_a_book() -> None:
    assert has_codebook(quantised()) and not has_codebook(snapshot())


def test_without_data_there_is_the_book_alone() -> None:
    model = quantised()
    use = CountCodes(model, None).answer()
    assert use.index.shape == (0, 2) and use.codes.shape == (40, 2)


def test_a_sample_holds_the_codes_that_it_is_made_of() -> None:
    model = quantised()
    book = CountCodes(model, None).answer().codes
    mean = np.concatenate([book[[3, 3, 7]], book[[1, 0, 3]]], axis=1)
    codes = Codes(model.id, mean, np.zeros_like(mean), np.arange(3))
    use = CountCodes(model, codes).answer()
    assert use.index.tolist() == [[3, 1], [3, 0], [7, 3]]
    assert (use.counts[3], use.counts[0], use.used) == (3, 1, 4)
