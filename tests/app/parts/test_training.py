"""explorer.app.parts.training: a run goes on whatever is shown; what it made goes with the data."""

from __future__ import annotations

from explorer.app.state import State
from explorer.models.config import ModelConfig
from explorer.training.clock import Standing
from explorer.training.config import TrainingConfig
from explorer.training.record.curve import empty
from explorer.training.record.moment import Moment, moment_of
from tests.app.history.test_past import codes, model
from tests.fakes import toy_dataset

RUN = {
    "training": "paused", "standing": Standing(2.0, 3, 9.0, 100.0),
    "model_config": ModelConfig(latent_dim=7), "training_config": TrainingConfig(epochs=3),
}  # fmt: skip


def _moment() -> Moment:
    return moment_of(1, 1.0, model("a"), codes(model("a")))


def test_another_data_set_leaves_the_run_and_forgets_what_it_made(state: State) -> None:
    state.update(dataset=toy_dataset(5), **RUN)
    state.update(curve=empty(2, 3), moments=(_moment(),), asked_epoch=1.0)
    state.renew(dataset=toy_dataset(6))
    assert {name: getattr(state.now, name) for name in RUN} == RUN
    made = state.now.curve, state.now.moments, state.now.asked_epoch
    assert made == (None, (), None)
