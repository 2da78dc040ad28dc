"""explorer.compute.decoding.place: each place that is asked for is answered, about one model."""

from __future__ import annotations

import numpy as np

from explorer.compute.decoding.latent import Decode
from explorer.compute.decoding.place import DecodePlace
from tests.compute.small import snapshot


def test_it_is_of_the_model_and_takes_nobodys_place() -> None:
    model, z = snapshot(), np.ones(2, np.float32)
    question = DecodePlace(model, z)
    assert question.subject == {"model": model}
    assert (question.policy, question.lane, question.quiet) == ("queue", "live", True)
    np.testing.assert_array_equal(question.answer(), Decode(model, z).answer().image)
