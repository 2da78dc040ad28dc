"""The clock of a training, and what of it is shown when."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from explorer.data.binarising import binarised, fixed_draw
from explorer.data.choices import Choices
from explorer.data.dataset import Dataset
from explorer.models.config import ModelConfig
from explorer.models.encoding import encode
from explorer.task import Task
from explorer.training import clock as module
from explorer.training import publishing
from explorer.training.bound import Bound, measure
from explorer.training.clock import Clock, Standing
from explorer.training.config import TrainingConfig
from explorer.training.publishing import Publisher
from explorer.training.record.curve import Curve
from explorer.training.record.moment_file import files
from explorer.training.record.time_line import TimeLine
from explorer.training.run import Run
from tests.fakes import toy_dataset
from tests.training.test_clock import Hand

MODEL = ModelConfig(hidden=16)
TRAINING = TrainingConfig(epochs=4, batch_size=16, device="cpu", lr=3e-3)


def publisher(hand: Hand, run: Run, task: Task | None = None) -> Publisher:
    return Publisher(run, MODEL, toy_dataset(), task or Task(), Clock(), on=True)


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    hand = Hand()
    monkeypatch.setattr(module, "time", hand)
    return hand


def test_the_remaining_time_follows_from_the_progress(hand: Hand) -> None:
    run = Run(MODEL, TRAINING, toy_dataset(), "cpu")  # 48 samples an epoch, 192 in all
    seen = publisher(hand, run)
    assert seen.seconds_left == 0
    for done, seconds, left in ((48, 10.0, 30.0), (96, 20.0, 20.0), (144, 40.0, 40 / 3)):
        run.samples, hand.now = done, seconds
        assert seen.seconds_left == pytest.approx(left)
    run.samples = 192
    assert seen.seconds_left == 0


def test_the_pace_of_a_resumed_training_is_of_this_session(hand: Hand) -> None:
    run = Run(MODEL, TRAINING, toy_dataset(), "cpu")
    run.samples = 96
    seen = publisher(hand, run)
    run.samples, hand.now = 144, 10.0
    assert seen.samples_per_second == pytest.approx(4.8)
    assert seen.seconds_left == pytest.approx(10.0)


def test_curve_and_moment_are_of_the_clock_that_was_told(hand: Hand) -> None:
    told: list[object] = []
    run = Run(MODEL, TRAINING, toy_dataset(), "cpu")
    seen = publisher(hand, run, Task(on_partial=told.append))
    run.step()
    run.done, run.samples, hand.now = 1, 48, 10.0
    seen.progress()
    hand.now = 11.0
    seen.look(always=True)
    standing, curve, line = told
    assert isinstance(standing, Standing) and isinstance(line, TimeLine)
    assert isinstance(curve, Curve) and curve.last is not None
    assert curve.last.epoch == standing.epoch == line.newest.epoch
    assert standing.text == "epoch 0.3 of 4, 0:30 left"


def test_what_is_seen_of_dynamic_data_is_of_the_one_draw(hand: Hand) -> None:
    """Codes and the held-out curve alike: on other draws, or grey, they would be other numbers."""
    model = replace(MODEL, likelihood="bernoulli")
    data, told = binarised(toy_dataset(80), "dynamic"), list[object]()
    run = Run(model, TRAINING, data, "cpu")
    seen = Publisher(run, model, data, Task(on_partial=told.append), Clock(), on=True)
    drawn, made = fixed_draw(data), run.model
    held_out = torch.from_numpy(np.moveaxis(drawn.x[data.test_index], -1, 1).copy())
    assert seen.test_elbo() == pytest.approx(measure(made, held_out, 1).elbo)
    seen.look(always=True)
    _, line = told
    assert isinstance(line, TimeLine) and line.newest.codes is not None
    codes = line.newest.codes
    made.eval()
    wanted = encode(made, drawn, codes.index).mean
    np.testing.assert_allclose(codes.mean, wanted, atol=1e-5)


@pytest.mark.parametrize(
    ("epoch", "words"), [(0, "0.0"), (10.99, "10.9"), (11, "11.0"), (59.999, "59.9"), (0.3, "0.3")]
)
def test_no_epoch_is_done_before_it_is(epoch: float, words: str) -> None:
    assert Standing(epoch, 60, 21, 1).text == f"epoch {words} of 60, 0:21 left"
    assert Standing(epoch, 60, 21, 1).during("paused") == f"paused at epoch {words} of 60"


def test_the_beginning_is_seen_at_once_and_then_more_and_more_seldom(hand: Hand) -> None:
    """Each moment costs 0.1 s of the hand's clock; the share in the long run stays what it is."""
    run, times = Run(MODEL, TRAINING, toy_dataset(), "cpu"), list[float]()
    seen = publisher(hand, run)

    def publish() -> None:
        times.append(hand.now)
        hand.now += 0.1

    seen._publish = publish  # type: ignore[method-assign]
    while hand.now < 200:
        seen.look()
        hand.now += 0.1
    assert times[0] == 0 and times[4] < 2  # the first ones follow upon each other
    gaps = np.diff(times)
    assert gaps[:4].max() < gaps[6:].min()
    assert 0.1 * len(times) < publishing.CODES_SHARE * 200 + publishing.CODES_CREDIT + 0.2


def test_dear_samples_are_fewer(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    data = toy_dataset(2000)
    run = Run(MODEL, TRAINING, data, "cpu")
    shown = [Publisher(run, MODEL, data, Task(), Clock(), on=True)]
    monkeypatch.setattr(publishing, "SUBSET_WORK", 1.0)
    shown += [Publisher(run, MODEL, data, Task(), Clock(), on=True), publisher(hand, run)]
    assert [len(one._subset) for one in shown] == [500, 100, 60]  # the last one's data are few
    assert [one.curve.tested for one in shown] == [400, 100, 12]  # held out


def test_a_long_training_gives_a_fortieth_of_its_time_to_those_who_look_on(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it costs: here each curve, each moment and each test value 0.1 s."""
    spent = {"curve": 0, "moment": 0, "test": 0}

    def costs(what: str) -> None:
        spent[what] += 1
        hand.now += 0.1

    monkeypatch.setattr(
        publishing, "measure", lambda *_, **__: costs("test") or Bound(0, 0, 0, 1, 1)
    )
    run = Run(MODEL, TRAINING, toy_dataset(), "cpu")
    seen = publisher(hand, run, Task(on_partial=lambda _: costs("curve")))
    seen._publish = lambda: costs("moment")  # type: ignore[method-assign]
    for _ in range(20_000):
        hand.now += 0.1
        seen.look()
        seen.test_elbo()
    shares = {what: 0.1 * times / hand.now for what, times in spent.items()}
    wanted = {"curve": 0.005, "moment": 0.015, "test": 0.005}
    assert shares == pytest.approx(wanted, rel=0.1)


def test_what_costs_nothing_is_shown_five_times_a_second(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As often as it is seen to move, and not more often than an eye follows."""
    shown = {"curve": 0, "moment": 0, "test": 0}

    def came(what: str) -> None:
        shown[what] += 1

    monkeypatch.setattr(
        publishing, "measure", lambda *_, **__: came("test") or Bound(0, 0, 0, 1, 1)
    )
    run = Run(MODEL, TRAINING, toy_dataset(), "cpu")
    seen = publisher(hand, run, Task(on_partial=lambda _: came("curve")))
    seen._publish = lambda: came("moment")  # type: ignore[method-assign]
    for _ in range(300):
        hand.now += 0.01
        seen.look()
        seen.test_elbo()
    assert all(13 <= times <= 17 for times in shown.values())


def test_where_nobody_looks_on_nothing_is_published(hand: Hand) -> None:
    told: list[object] = []
    run = Run(MODEL, TRAINING, toy_dataset(), "cpu")
    task = Task(on_partial=told.append)
    seen = Publisher(run, MODEL, toy_dataset(), task, Clock(), on=False)
    run.step()
    for _ in range(3):
        hand.now += 10
        seen.progress()
        seen.look(always=True)
        seen.look()
    assert told == []


def test_the_curve_comes_more_often_than_moments_do(hand: Hand) -> None:
    told: list[object] = []
    run = Run(MODEL, TRAINING, toy_dataset(), "cpu")
    seen = publisher(hand, run, Task(on_partial=told.append))
    seen._codes_budget.due = lambda: False  # type: ignore[method-assign]
    for _ in range(4):
        run.step()
        seen.look()
        hand.now += publishing.CURVE_EVERY / 2
    assert [len(one) for one in told if isinstance(one, Curve)] == [1, 3]
    assert len(told) == 2


def test_progress_is_a_share_that_never_says_all(hand: Hand) -> None:
    """The bar is full only when the result is there."""
    told: list[tuple[float | None, str]] = []
    task = Task(lambda fraction, text: told.append((fraction, text)), interval=0)
    run = Run(MODEL, TRAINING, toy_dataset(), "cpu")
    seen = publisher(hand, run, task)
    for samples, share in ((0, 0.0), (48, 0.25), (96, 0.5), (192, 0.99)):
        run.samples, hand.now = samples, hand.now + 1
        run.done = samples // 16
        seen.progress()
        assert told[-1][0] == pytest.approx(share), samples
    seen.progress("measuring")
    assert told[-1][0] == 0.99 and "measuring" in told[-1][1]


def test_what_is_said_beside_the_progress(hand: Hand) -> None:
    run = Run(MODEL, TRAINING, toy_dataset(), "cpu")
    seen = publisher(hand, run)
    assert seen.fault == ""
    seen.aside = " (a word beside)"
    seen.progress()
    assert seen.standing.text.endswith("(a word beside)")
    assert seen.standing.samples_per_second == 0


def test_without_a_held_out_part_there_is_no_curve_of_it(hand: Hand) -> None:
    data = toy_dataset()
    whole = replace(data, test=np.zeros(len(data), bool))
    run = Run(MODEL, TRAINING, whole, "cpu")
    seen = Publisher(run, MODEL, whole, Task(), Clock(), on=True)
    assert seen.test_elbo() is None and seen.curve.tested == 0
    assert publisher(hand, Run(MODEL, TRAINING, data, "cpu")).curve.tested == int(data.test.sum())


def test_a_measurement_is_given_up_for_a_stop(hand: Hand) -> None:
    task = Task()
    seen = publisher(hand, Run(MODEL, TRAINING, toy_dataset(), "cpu"), task)
    task.cancel()
    assert seen.test_elbo() is None
    again = publisher(hand, Run(MODEL, TRAINING, toy_dataset(), "cpu"))
    assert again.test_elbo() is not None
    hand.now += 0.19
    assert again.test_elbo() is None  # not more than five times a second
    hand.now += 0.02
    assert again.test_elbo() is not None


def test_codes_that_are_no_numbers_are_not_published(hand: Hand) -> None:
    told: list[object] = []
    run = Run(MODEL, TRAINING, toy_dataset(), "cpu")
    seen = publisher(hand, run, Task(on_partial=told.append))
    with torch.no_grad():
        for weight in run.model.parameters():
            weight.fill_(torch.nan)
    seen.look(always=True)
    assert not any(isinstance(one, TimeLine) for one in told)


def test_a_look_leaves_the_model_in_training(hand: Hand) -> None:
    run = Run(MODEL, TRAINING, toy_dataset(), "cpu")
    seen = publisher(hand, run)
    run.model.train()
    seen.look(always=True)
    assert run.model.training
    snapshot = seen.model_snapshot()
    codes = seen.codes(snapshot)
    assert codes is not None and codes.model_id == snapshot.id


def test_every_step_has_a_model_of_its_own_name(hand: Hand) -> None:
    run = Run(MODEL, TRAINING, toy_dataset(), "cpu")
    seen = publisher(hand, run)
    first = seen.model_snapshot()
    assert first.id == seen.model_snapshot().id
    run.done += 1
    second = seen.model_snapshot()
    assert second.id != first.id
    seen.rename()
    assert seen.model_snapshot().id not in (first.id, second.id)


def test_where_nobody_looks_on_there_are_no_codes_and_no_moments(hand: Hand) -> None:
    run = Run(MODEL, TRAINING, toy_dataset(), "cpu")
    seen = Publisher(run, MODEL, toy_dataset(), Task(), Clock(), on=False)
    snapshot = seen.model_snapshot()
    assert seen.codes(snapshot) is None and seen.ended(4.0, snapshot, None) == ()
    shown = publisher(hand, run)
    shown.look(always=True)
    moments = shown.ended(4.0, snapshot, shown.codes(snapshot))
    assert [moment.epoch for moment in moments] == [0.0, 4.0]


def test_what_is_kept_of_the_data_in_a_model(hand: Hand) -> None:
    data = toy_dataset(60)
    found = publishing.data_summary(data)
    assert (found["n"], found["n_train"], found["n_test"]) == (60, 48, 12)
    assert (found["name"], found["kind"], found["hash"]) == (data.name, "images", data.content_hash)
    assert found["classes"] == list(data.classes) and "choices" not in found
    chosen = replace(data, choices=Choices(label="none"))
    assert publishing.data_summary(chosen)["choices"] == {"label": "none"}
    assert data_summary_of(Run(MODEL, TRAINING, data, "cpu"), data) == found


def data_summary_of(run: Run, data: Dataset) -> object:
    """As a published model brings it."""
    return Publisher(run, MODEL, data, Task(), Clock(), on=False).model_snapshot().data


def test_moments_are_kept_in_the_folder_and_found_by_a_resumed_run(
    hand: Hand, tmp_path: Path
) -> None:
    run = Run(MODEL, TRAINING, toy_dataset(), "cpu")

    def begun(on: bool = True) -> tuple[Publisher, list[TimeLine]]:
        told: list[object] = []
        task = Task(on_partial=told.append)
        made = Publisher(run, MODEL, toy_dataset(), task, Clock(), on, tmp_path)
        made.look(always=True)
        return made, [one for one in told if isinstance(one, TimeLine)]

    _, (line,) = begun()
    assert [moment.epoch for moment in line.moments] == [0.0]
    assert len(files(tmp_path / "moments")) == 1
    run.step()
    _, (line,) = begun()
    assert [moment.epoch for moment in line.moments] == [0.0, run.epoch]
    run.name = "another"
    _, (line,) = begun()
    assert [moment.epoch for moment in line.moments] == [run.epoch]
    assert begun(on=False)[1] == []
