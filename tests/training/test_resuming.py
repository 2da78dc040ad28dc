"""A training taken up from its folder: with its curve, or with one that begins there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from explorer.errors import CheckpointError
from explorer.models import checkpoint
from explorer.models.config import ModelConfig
from explorer.training.config import TrainingConfig
from explorer.training.history import Trained
from explorer.training.loop import train
from explorer.training.record import curve_file
from explorer.training.resuming import curve_of, nothing_left, resumed
from tests.fakes import toy_dataset

MODEL, DATA = ModelConfig(hidden=16), toy_dataset(80)
TRAINING = TrainingConfig(epochs=2, batch_size=16, device="cpu", lr=3e-3)


def saved(folder: Path) -> Trained:
    trained = train(MODEL, TRAINING, DATA, publish=False)
    checkpoint.save(folder, trained.snapshot, resume=trained.resume_state,
                    curve=curve_file.packed(trained.curve))  # fmt: skip
    return trained


def test_a_run_goes_on_with_its_name_and_its_curve(tmp_path: Path) -> None:
    trained = saved(tmp_path)
    more = replace(TRAINING, epochs=5)
    model, run = resumed(tmp_path, MODEL, more, DATA, "cpu")
    assert model == MODEL and run.name == trained.snapshot.training["run"]
    assert run.done == 8 and len(run.curve) == 8
    assert run.curve.epochs == 5 and run.curve.steps == 4


def test_a_curve_that_reaches_beyond_the_weights_is_cut(tmp_path: Path) -> None:
    trained = saved(tmp_path)
    assert trained.resume_state is not None
    state = replace(trained.resume_state, values={**trained.resume_state.values, "step": 5})
    assert len(curve_of(tmp_path, state, 4, 2)) == 5


@pytest.mark.parametrize("spoil", ["gone", "no curve", "other steps"])
def test_without_its_curve_a_training_goes_on(tmp_path: Path, spoil: str) -> None:
    trained = saved(tmp_path)
    assert trained.resume_state is not None
    if spoil == "gone":
        (tmp_path / "curve.json").unlink()
    elif spoil == "no curve":
        (tmp_path / "curve.json").write_text("[]")
    steps = 7 if spoil == "other steps" else 4
    found = curve_of(tmp_path, trained.resume_state, steps, 9)
    assert len(found) == 0 and (found.steps, found.epochs) == (steps, 9)


def test_nothing_is_left_of_what_is_done_and_the_rest_is(tmp_path: Path) -> None:
    trained = saved(tmp_path)
    done = nothing_left(tmp_path, MODEL, TRAINING, DATA)
    assert done is not None and "2 epochs are done and 2 were asked for" in done.note
    assert done.curve.last == trained.curve.last and done.device == "cpu"
    assert nothing_left(tmp_path, MODEL, replace(TRAINING, epochs=3), DATA) is None
    assert nothing_left(tmp_path, MODEL, replace(TRAINING, epochs=1), DATA) is not None
    stopped = replace(trained.snapshot, training={**trained.snapshot.training, "state": "stopped"})
    checkpoint.save(tmp_path, stopped, resume=trained.resume_state)
    assert nothing_left(tmp_path, MODEL, TRAINING, DATA) is None
    assert nothing_left(tmp_path, MODEL, replace(TRAINING, epochs=1), DATA) is not None
    with pytest.raises(CheckpointError):
        nothing_left(tmp_path, MODEL, TRAINING, toy_dataset(60))


def test_nothing_is_left_of_what_has_converged_until_something_else_is_asked_for(
    tmp_path: Path,
) -> None:
    still = replace(TRAINING, epochs=20, lr=0.0, validation=0.25, patience=3)
    asked = replace(still, stop_when_converged=True)
    trained = train(MODEL, asked, DATA, publish=False)
    packed = curve_file.packed(trained.curve)
    checkpoint.save(tmp_path, trained.snapshot, resume=trained.resume_state, curve=packed)
    assert trained.snapshot.training["epoch"] == 4
    done = nothing_left(tmp_path, MODEL, asked, DATA)
    assert done is not None and done.curve.verdict == trained.curve.verdict
    assert done.note.startswith("nothing is left to do: converged at epoch 4: the last 3 epochs")
    for other, epochs in (
        (replace(asked, stop_when_converged=False), 20),
        (replace(asked, patience=6), 7),
        (replace(asked, lr=1e-30), 8),  # what may bring gains again is judged anew
        (replace(asked, beta=2.0), 8),
    ):
        assert nothing_left(tmp_path, MODEL, other, DATA) is None
        rest = train(MODEL, other, DATA, resume=tmp_path, publish=False)
        assert rest.snapshot.training["epoch"] == pytest.approx(epochs)
    for more in (replace(asked, epochs=90), replace(asked, patience=2)):
        assert nothing_left(tmp_path, MODEL, more, DATA) is not None
    stopped = replace(trained.snapshot, training={**trained.snapshot.training, "state": "stopped"})
    checkpoint.save(tmp_path, stopped, resume=trained.resume_state)
    assert nothing_left(tmp_path, MODEL, asked, DATA) is None
    assert train(MODEL, asked, DATA, resume=tmp_path).snapshot.training["state"] == "finished"
    with pytest.raises(CheckpointError, match=r"validation 0\.5 \(it used 0\.25\)"):
        nothing_left(tmp_path, MODEL, replace(asked, validation=0.5), DATA)
