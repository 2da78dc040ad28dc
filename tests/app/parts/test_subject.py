"""explorer.app.parts.subject: what follows from the data and the model that are shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explorer.app.parts.subject import SubjectPart
from explorer.models.config import ModelConfig
from tests.app.history.test_past import DATA, codes, model

MODEL = model("a")


@pytest.mark.parametrize(("n", "whole"), [(len(DATA), True), (len(DATA) - 1, False)])
def test_codes_are_whole_where_every_sample_has_one(n: int, *, whole: bool) -> None:
    found = codes(MODEL, n)
    assert SubjectPart(DATA, MODEL, found).whole_codes is (found if whole else None)
    assert SubjectPart(DATA, MODEL).whole_codes is None
    assert SubjectPart(None, MODEL, found).whole_codes is None


def test_a_space_is_of_a_configuration_on_a_data_set() -> None:
    """Two runs of one configuration share it; nothing is in the space of no model."""
    space = SubjectPart(model=MODEL).space
    assert space == SubjectPart(model=replace(MODEL, id="b")).space
    others = (replace(MODEL, data={"hash": "x"}), replace(MODEL, config=ModelConfig(latent_dim=3)))
    assert len({space, *(SubjectPart(model=other).space for other in others)}) == 3
    assert SubjectPart(DATA).space is None


def test_pictures_are_made_like_the_data_or_else_as_the_model_needs_them() -> None:
    other = replace(MODEL, preparation=replace(DATA.preparation, width=9))
    assert SubjectPart(DATA, other).preparation is DATA.preparation
    assert SubjectPart(None, other).preparation is other.preparation
    assert SubjectPart().preparation is None
