"""explorer.compute.decoding.line: each picture is decoded at the middle of its cell of z."""

from __future__ import annotations

import numpy as np

from explorer.compute.decoding.line import DecodeLine
from explorer.compute.decoding.place import DecodePlace
from tests.compute.small import snapshot


def test_each_picture_is_what_is_decoded_at_the_middle_of_its_cell() -> None:
    model = snapshot(latent_dim=1)
    seen = DecodeLine(model, -2.0, 4.0, 3).answer()
    np.testing.assert_allclose(seen.z, [-1, 1, 3])
    for z, image in zip(seen.z, seen.images, strict=True):
        alone = DecodePlace(model, np.array([z], np.float32)).answer()
        np.testing.assert_allclose(image[..., 0], alone[..., 0], atol=1)


def test_it_is_of_the_model_and_only_the_newest_counts() -> None:
    model = snapshot(latent_dim=1)
    question = DecodeLine(model, -1.0, 1.0, 2)
    assert question.subject == {"model": model}
    assert (question.policy, question.lane, question.quiet) == ("latest", "live", True)
