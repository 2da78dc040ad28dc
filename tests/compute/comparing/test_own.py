"""explorer.compute.comparing.own: a picture that equals a sample is seen as that sample is."""

from __future__ import annotations

import numpy as np

from explorer.analysis import pca
from explorer.compute.comparing.own import CompareOwn, dataset_of
from explorer.compute.comparing.sample import Compare
from explorer.data.pictures.own import Own, OwnPicture
from tests.compute.small import DATA, snapshot

MADE = DATA.preparation
PICTURE = OwnPicture("five", DATA.picture(5), MADE)


def test_it_is_compared_as_the_sample_that_it_equals() -> None:
    model, linear = snapshot(), pca.fit(DATA, 4)
    own = CompareOwn(Own((PICTURE,)), MADE, DATA, model, linear).answer()
    sample = Compare(DATA, 5, model, linear).answer()
    assert own.index is None and own.own is PICTURE
    for name in ("original", "reconstruction", "pca_reconstruction", "mse", "pca_mse", "mean"):
        np.testing.assert_array_equal(getattr(own, name), getattr(sample, name), err_msg=name)


def test_it_is_about_the_pictures_that_are_looked_at() -> None:
    question = CompareOwn(Own((PICTURE,)), MADE, DATA, None, None)
    assert question.subject["own"] is question.own and question.subject["model"] is None
    assert question.group == "compare"  # a sample takes its place


def test_it_is_data_of_one_sample() -> None:
    alone = dataset_of(PICTURE, MADE)
    assert len(alone) == 1 and not alone.test.any()
    np.testing.assert_array_equal(alone.picture(0), DATA.picture(5))
