"""``train``: keys, settings, resuming, refusing, stopping."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.cli import main
from explorer.commands.train import TrainCommand
from explorer.compute.opening.source import Open
from explorer.errors import SettingsError
from explorer.models import checkpoint as checkpoints
from explorer.models.config import ModelConfig
from explorer.task import Task
from explorer.training import measuring
from explorer.training.clock import Clock
from explorer.training.config import TrainingConfig
from tests.commands.conftest import Call

KEYS = (
    *("checkpoint", "model", "likelihood", "latent_dim", "epochs", "train_elbo", "test_elbo"),
    *("seconds", "samples_per_second", "device", "seed"),
)
SMALL = ("--set", "hidden=16", "--epochs", "1")


def test_trains_and_saves(data: str, tmp_path: Path, done: Call) -> None:
    out = tmp_path / "new" / "model"
    found = done("train", data, "--out", out, *SMALL, "--latent-dim", "3", "--seed", "5")
    assert set(KEYS) <= set(found)
    assert found["checkpoint"] == str(out)
    assert (found["latent_dim"], found["seed"], found["epochs"]) == (3, 5, 1)
    assert checkpoints.load(out).config.hidden == 16


def test_autoencoder_by_convolutions(data: str, tmp_path: Path, done: Call) -> None:
    words = ("--model", "ae", "--body", "conv", "--likelihood", "bernoulli")
    found = done("train", data, "--out", tmp_path / "ae", *SMALL, *words)
    assert found["model"] == "ae"
    assert found["likelihood"] == "cross-entropy (not a likelihood)"


def test_resumes_to_the_epochs_in_all(data: str, tmp_path: Path, done: Call) -> None:
    out = tmp_path / "model"
    done("train", data, "--out", out, *SMALL)
    found = done("train", data, "--out", out, "--epochs", "3", "--resume")
    assert found["epochs"] == 3


def test_says_whether_it_has_converged_and_stops_on_wish(
    data: str, tmp_path: Path, done: Call
) -> None:
    out = tmp_path / "model"
    found = done("train", data, "--out", out, *SMALL)
    assert (found["converged_epoch"], found["validation_samples"]) == (None, 0)
    assert "no validation part" in found["convergence"]
    wish = ("--set", "validation=0.2", "--set", "stop_when_converged=true", "--set", "patience=2")
    words = (*SMALL[:2], "--epochs", "30", "--lr", "0", *wish)
    found = done("train", data, "--out", out, "--overwrite", *words)
    assert (found["converged_epoch"], found["epochs"], found["stopped"]) == (3, 3, False)
    assert found["convergence"].startswith("converged at epoch 3: the last 2 epochs changed")
    assert found["validation_samples"] > 1
    again = done("train", data, "--out", out, "--resume")
    assert {**again, "seconds": 0, "samples_per_second": 0} == {
        **found, "seconds": 0, "samples_per_second": 0,
    }  # fmt: skip


def configs(*words: str, **flags: Any) -> tuple[ModelConfig, TrainingConfig]:
    return TrainCommand("digits", Path("out"), set=words, **flags).configs()


def test_presets_bring_their_settings_and_give_way_to_those_asked_for() -> None:
    assert configs(model="beta-vae")[1].beta == 4.0
    assert configs("beta=1", model="beta-vae")[1].beta == 1.0
    assert configs(model="iwae")[1].draws == 5
    linear = configs(model="linear-ae")[1]
    assert (linear.epochs, linear.lr, linear.schedule) == (150, 0.02, "cosine")
    asked = configs(model="linear-ae", epochs=60, lr=0.001)[1]
    assert (asked.epochs, asked.lr) == (60, 0.001)
    assert configs("flow-steps=2", model="flow-vae")[0].options == {"flow_steps": 2.0}
    assert configs()[1] == TrainingConfig()


def test_a_resumed_training_has_the_settings_it_had(data: str, tmp_path: Path, done: Call) -> None:
    out = tmp_path / "model"
    done("train", data, "--out", out, *SMALL, "--model", "beta-vae", "--set", "optimiser=adamw")
    found = done("train", data, "--out", out, "--epochs", "2", "--resume")
    assert (found["epochs"], found["model"]) == (2, "beta-vae")
    training = checkpoints.load(out).training
    assert (training["beta"], training["optimiser"], training["epochs"]) == (4.0, "adamw", 2)


def test_a_wrong_likelihood_names_the_choices(tmp_path: Path, failed: Call) -> None:
    line = failed(2, "train", "digits", "--out", tmp_path / "m", "--likelihood", "poisson")
    assert "choose one of" in line
    for name in ("gaussian-learned", "continuous-bernoulli", "bernoulli", "gaussian-optimal"):
        assert name in line


def test_settings_reach_model_training_and_preset() -> None:
    words = ("hidden=32", "beta=0.5", "dropout=0.1", "warm-up=2")
    model, training = TrainCommand("digits", Path("out"), set=words).configs()
    assert model.hidden == 32 and model.options == {"dropout": 0.1}
    assert training.beta == 0.5 and training.warm_up == 2.0


@pytest.mark.parametrize("word", ["nosuch=1", "beta", "dropout=a", "beta=-1", "hidden=x"])
def test_settings_that_are_none(word: str) -> None:
    with pytest.raises(SettingsError):
        TrainCommand("digits", Path("out"), set=(word,)).configs()


def test_refuses_a_folder_with_other_things(data: str, tmp_path: Path, failed: Call) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    assert "other things" in failed(1, "train", data, "--out", tmp_path)
    assert "no training to resume" in failed(1, "train", data, "--out", tmp_path, "--resume")
    assert "file" in failed(1, "train", data, "--out", tmp_path / "letter.txt")


def test_nothing_is_left_where_the_data_is_bad(tmp_path: Path, failed: Call) -> None:
    out = tmp_path / "model"
    assert "no such file" in failed(1, "train", tmp_path / "nosuch.npz", "--out", out)
    assert not out.exists()


@pytest.mark.parametrize(
    "words",
    [("--model", "nosuch"), ("--likelihood", "nosuch"), ("--latent-dim", "0"), ("--lr", "nan")],
)
def test_wrong_values_are_wrong_usage(
    words: tuple[str, str], data: str, tmp_path: Path, failed: Call
) -> None:
    failed(2, "train", data, "--out", tmp_path / "model", *words)


def test_ctrl_c_saves_what_there_is(
    data: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, check, steps = tmp_path / "model", Clock.check, []

    def interrupted(clock: Clock, task: Task) -> None:
        steps.append(task)
        if len(steps) == 5:
            os.kill(os.getpid(), signal.SIGINT)
        check(clock, task)

    monkeypatch.setattr(Clock, "check", interrupted)
    code = main(["train", data, "--out", str(out), "--epochs", "100000", "--set", "hidden=16"])
    assert code == 130
    assert "--resume" in capsys.readouterr().err
    assert checkpoints.load_resume(out).values["step"] > 0


def test_ctrl_c_while_the_end_result_is_measured(
    data: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It went unheard for a minute, and kill -9 took the training along."""
    measure, calls = measuring.measure, []

    def interrupted(*args: Any, **more: Any) -> Any:
        calls.append(args)
        if len(calls) == 1:
            os.kill(os.getpid(), signal.SIGINT)
        return measure(*args, **more)

    monkeypatch.setattr(measuring, "measure", interrupted)
    out = tmp_path / "model"
    words = ["train", data, "--out", str(out), "--epochs", "2", "--set", "hidden=16"]
    assert main(words) == 130
    assert "--resume" in capsys.readouterr().err
    saved = checkpoints.load(out)
    assert saved.training["epoch"] == 2
    assert saved.metrics["draws"] == 1
    assert main([*words, "--resume"]) == 0
    assert checkpoints.load(out).metrics["draws"] == 10_000 // 6


@pytest.mark.parametrize("typed", ["blobs.npz", "./blobs.npz"])
def test_data_named_from_here_is_found_from_anywhere(
    data: str, typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(data).parent)
    assert (
        main(["train", typed, "--out", str(tmp_path), "--epochs", "1", "--set", "hidden=16"]) == 0
    )
    monkeypatch.chdir("/")
    opened = Open(str(tmp_path)).answer()
    assert opened.dataset is not None and opened.notes == ()
    assert opened.dataset.source == data


def test_an_older_checkpoint_with_a_relative_source_opens_beside_its_data(
    data: str, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = json.loads((copied / "model.json").read_text())
    card["data"]["source"] = "blobs.npz"
    (copied / "model.json").write_text(json.dumps(card))
    monkeypatch.chdir(Path(data).parent)
    assert Open(str(copied)).answer().dataset is not None
    monkeypatch.chdir("/")
    elsewhere = Open(str(copied)).answer()
    assert elsewhere.model is not None and "not here" in elsewhere.notes[0]


def test_other_data_is_named_and_no_tensor(data: str, copied: Path, failed: Call) -> None:
    colour = copied.parent / "tinted.npy"
    np.save(colour, np.random.default_rng(0).integers(0, 256, (60, 8, 8, 3), np.uint8))
    line = failed(1, "train", colour, "--out", copied, "--resume")
    assert "blobs (60 pictures of 8 x 8 x 1), this is tinted (60 pictures of 8 x 8 x 3)" in line
    assert str(copied) in line and "weight" not in line


def test_a_training_that_runs_away_is_a_failure(data: str, tmp_path: Path, failed: Call) -> None:
    line = failed(1, "train", data, "--out", tmp_path / "m", "--epochs", "30", "--lr", "1e30")
    assert "lower learning rate" in line
