"""explorer.app.parts.values: what z means, and what pictures must be made like."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from explorer.app.parts.values import (
    NOTHING,
    Action,
    Bookmark,
    LayerAppearance,
    Message,
    preparation_of,
    space_of,
)
from explorer.data.preparation import Preparation
from explorer.models.config import ModelConfig, ModelSnapshot
from tests.fakes import toy_dataset

DATA = toy_dataset(20)
MODEL = ModelSnapshot("m", ModelConfig(), Preparation(9, 9), {}, data={"hash": "0f"})


def test_nothing_selected_is_shared_and_cannot_be_written_to() -> None:
    assert len(NOTHING) == 0 and NOTHING.dtype == np.int64 and not NOTHING.flags.writeable


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (Action("Open", int), "text"),
        (Message("Said"), "text"),
        (LayerAppearance(), "opacity"),
        (Bookmark("a", np.zeros(2, np.float32), "here"), "name"),
    ],
)
def test_values_of_the_state_do_not_change(value: object, name: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, "other")


def test_a_layer_is_seen_and_a_message_is_a_hint_unless_said_otherwise() -> None:
    assert (LayerAppearance().visible, LayerAppearance().opacity) == (True, 1.0)
    said = Message("Said")
    assert (said.tone, said.details, said.actions) == ("hint", "", ())
    assert said.seen is None and said.holds is None


def test_z_means_alike_for_one_configuration_on_one_data_set() -> None:
    again = replace(MODEL, id="n", weights={"w": np.zeros(1)}, path="/kept")
    assert space_of(again) == space_of(MODEL)
    assert space_of(replace(MODEL, data={"hash": "1f"})) != space_of(MODEL)
    assert space_of(replace(MODEL, config=ModelConfig(latent_dim=3))) != space_of(MODEL)
    assert space_of(replace(MODEL, data={})).startswith(" ")


def test_pictures_are_made_like_the_data_or_else_the_model() -> None:
    assert preparation_of(DATA, MODEL) is DATA.preparation
    assert preparation_of(None, MODEL) is MODEL.preparation
    assert preparation_of(None, None) is None
