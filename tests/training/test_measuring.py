"""What a model is worth at the end: of which samples, with how many draws, and what is no ELBO."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from explorer.data.dataset import Dataset
from explorer.errors import Cancelled
from explorer.models.batches import to_bytes
from explorer.models.config import ModelConfig
from explorer.training import measuring
from explorer.training.bound import measure
from explorer.training.config import TrainingConfig
from explorer.training.measuring import final_metrics
from explorer.training.parts import sampled
from explorer.training.run import Run
from tests.fakes import toy_dataset

DATA = toy_dataset(100)  # 80 to train on, 20 held out
MODEL = ModelConfig(hidden=8)
TRAINING = TrainingConfig(batch_size=16, device="cpu")


def run_of(preset: str = "vae", data: Dataset = DATA) -> tuple[Run, ModelConfig]:
    model = replace(MODEL, preset=preset)
    return Run(model, TRAINING, data, "cpu"), model


def bound_at(run: Run, index: np.ndarray, draws: int) -> float:
    return measure(run.model, to_bytes(DATA.x[index]), 255, draws).elbo


def test_all_held_out_samples_share_the_draws_and_training_samples_have_one_each() -> None:
    run, model = run_of()
    found = final_metrics(run, model, DATA)
    assert (found["n_train"], found["n_test"], found["draws"]) == (80, 20, 500)  # 10,000 in all
    assert found["train_elbo"] == bound_at(run, DATA.train_index, 1)
    assert found["test_elbo"] == bound_at(run, DATA.test_index, 500)
    assert found["test_elbo"] == pytest.approx(-found["test_reconstruction"] - found["test_kl"])
    assert (found["bound"], found["binarisation"], found["split"]) == ("ELBO", "none", "test")


def test_a_brief_look_is_at_some_samples_with_a_draw_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "BRIEF", 9)
    run, model = run_of()
    found = final_metrics(run, model, DATA, brief=True)
    assert (found["n_train"], found["n_test"], found["draws"]) == (9, 9, 1)
    assert found["train_elbo"] == bound_at(run, sampled(DATA.train_index, 9), 1)
    assert found["test_elbo"] == bound_at(run, sampled(DATA.test_index, 9), 1)


@pytest.mark.parametrize(("n", "brief"), [(2500, False), (700, True)])
def test_of_many_training_samples_some_are_measured(n: int, brief: bool) -> None:
    data = replace(toy_dataset(n), test=np.zeros(n, bool))
    most = measuring.BRIEF if brief else measuring.TRAIN_PART
    assert final_metrics(*run_of(data=data), data, brief=brief)["n_train"] == most


@pytest.mark.parametrize("brief", [False, True])
def test_where_samples_are_dear_fewer_are_looked_at_but_all_held_out_ones_at_the_end(
    monkeypatch: pytest.MonkeyPatch, brief: bool
) -> None:
    """Four times the work may go into the end as into a brief look."""
    asked: list[float] = []

    def most_of(most: int) -> Callable[[object, object, float], int]:
        return lambda *given: asked.append(given[2]) or most  # type: ignore[func-returns-value]

    monkeypatch.setattr(measuring, "most_samples", most_of(7))
    monkeypatch.setattr(measuring, "most_draws", most_of(70))
    run, model = run_of()
    found = final_metrics(run, model, DATA, brief=brief)
    assert (found["n_train"], found["n_test"]) == (7, 7 if brief else 20)
    assert found["draws"] == (1 if brief else 3)  # 70 // 20
    assert asked == [measuring.FINAL_WORK / 4] if brief else [measuring.FINAL_WORK] * 2


def test_every_sample_has_a_draw_however_dear_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "most_draws", lambda *_: 19)
    run, model = run_of()
    assert final_metrics(run, model, DATA)["draws"] == 1


def test_without_a_held_out_part_nothing_is_said_of_it() -> None:
    whole = replace(DATA, test=np.zeros(len(DATA), bool))
    for brief in (False, True):
        found = final_metrics(*run_of(data=whole), whole, brief=brief)
        assert {name: found[name] for name in found if name.startswith("test_")} == {
            "test_elbo": None, "test_reconstruction": None, "test_kl": None,
        }  # fmt: skip
        assert (found["n_train"], found["n_test"]) == (100, 0) and found["train_elbo"] < 0


def test_a_point_posterior_has_errors_and_no_elbo() -> None:
    found = final_metrics(*run_of("ae"), DATA)
    assert found["bound"] == "log p(x|z)"
    assert (found["train_elbo"], found["test_elbo"], found["test_kl"]) == (None, None, None)
    assert np.isfinite([found["train_reconstruction"], found["test_reconstruction"]]).all()


def test_what_is_asked_between_parts_ends_it() -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        final_metrics(*run_of(), DATA, stop)
