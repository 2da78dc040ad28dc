"""The session's own rules; its verbs on real data are in the journeys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.app import session as rules
from explorer.app.session import Session
from explorer.app.state import State
from explorer.data.dataset import Dataset, Preparation
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.training.config import TrainingConfig
from explorer.training.history import HistoryPoint, Trained, TrainingSnapshot


def _model(bytes_: int = 8) -> ModelSnapshot:
    weights = {"w": np.zeros(bytes_ // 4, np.float32)}
    return ModelSnapshot("m", ModelConfig(), Preparation(8, 8), weights, path="/kept")


def _moment(i: int, model: ModelSnapshot) -> TrainingSnapshot:
    codes = Codes("m", *np.zeros((2, 1, 2), np.float32), np.zeros(1, np.int64))
    return TrainingSnapshot(float(i), 100, model, codes, (), 1.0, 1.0)


@pytest.mark.parametrize(("size", "most"), [(8, 80), (2**22, 16), (2**27, 8)])
def test_the_time_line_keeps_its_ends_and_a_budget(size: int, most: int) -> None:
    model, history = _model(size), ()
    for i in range(300):
        history = rules._thinned((*history, _moment(i, model)))
        assert len(history) <= most
        assert history[0].epoch == 0 and history[-1].epoch == i
    epochs = [moment.epoch for moment in history]
    assert epochs == sorted(set(epochs))


@pytest.mark.parametrize("n", [2, 288, 1500, 6000, 54_000])
def test_a_small_set_gets_many_epochs(n: int) -> None:
    data = Dataset(
        "toy", np.zeros((n, 8, 8, 1), np.uint8), Preparation(8, 8), np.zeros(n, np.bool_)
    )
    config = rules.suggested(TrainingConfig(), data)
    assert config.epochs * n / config.batch_size >= 2000
    assert config.epochs >= TrainingConfig.epochs


def _trained(**fields: Any) -> Trained:
    points = (HistoryPoint(3.0, 1.0, -1.0, 0.0),)
    return replace(Trained(_model(), points, None, 4.2, 10.0, "cpu"), **fields)


def test_the_end_of_training_is_told_as_it_was() -> None:
    bound = replace(_model(), metrics={"test_elbo": 1.5})
    assert rules._farewell(_trained(snapshot=bound)) == (
        "Trained 3 epochs in 4 s, test elbo 1.50 nats per sample. Kept in /kept", "done"
    )  # fmt: skip
    assert rules._farewell(_trained(stopped=True))[0].startswith("Stopped after 3 epochs")
    text, tone = rules._farewell(_trained(stopped=True, message="the loss was no number"))
    assert text.startswith("The loss was no number") and tone == "warn"


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
