"""The session's own rules; its verbs on real data are in the journeys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.app import session as rules
from explorer.app.session import Session
from explorer.app.state import State
from explorer.data.dataset import Dataset, Preparation
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.training.config import TrainingConfig


@pytest.mark.parametrize("n", [2, 288, 1500, 6000, 54_000])
def test_a_small_set_gets_many_epochs(n: int) -> None:
    data = Dataset(
        "toy", np.zeros((n, 8, 8, 1), np.uint8), Preparation(8, 8), np.zeros(n, np.bool_)
    )
    config = rules.suggested(TrainingConfig(), data)
    assert config.epochs * n / config.batch_size >= 2000
    assert config.epochs >= TrainingConfig.epochs


def test_what_cannot_be_done_yet_is_said(session: Session, state: State) -> None:
    session.save("/nowhere")
    assert "no model to save" in state.now.message.text
    session.train()
    assert "no data to train" in state.now.message.text


def test_a_broken_checkpoint_is_one_sentence_and_the_state_stays(
    session: Session, state: State, qtbot: Any, tmp_path: Path
) -> None:
    (tmp_path / "model.json").write_text("{")
    before = state.now
    session.open(tmp_path)
    qtbot.waitUntil(lambda: state.now.message is not None, timeout=20_000)
    assert state.now.message.tone == "bad" and "\n" not in state.now.message.text
    assert state.now.dataset is before.dataset and state.now.model is before.model


def test_a_model_without_its_data_can_still_be_explored(
    session: Session, state: State, qtbot: Any, tmp_path: Path
) -> None:
    from explorer.models import autoencoder, checkpoint

    config, form = ModelConfig(hidden=8), Preparation(8, 8)
    weights = autoencoder.weights_of(autoencoder.build(config, form, seed=0))
    data = {"name": "gone", "source": str(tmp_path / "gone"), "hash": ""}
    checkpoint.save(tmp_path / "model", ModelSnapshot("m", config, form, weights, data=data))
    session.open(tmp_path / "model")
    qtbot.waitUntil(lambda: state.now.decoded is not None, timeout=20_000)
    assert state.now.dataset is None and state.now.decoded.image.shape == (8, 8, 1)
    assert "data is not here" in state.now.message.text
