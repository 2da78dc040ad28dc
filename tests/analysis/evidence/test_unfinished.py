"""A measurement that was stopped goes on where it was; a bad file counts as none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from explorer.analysis.evaluating import Wanted, evaluation
from explorer.analysis.evidence import estimate, unfinished
from explorer.analysis.evidence.unfinished import Unfinished, fingerprint
from explorer.errors import Cancelled
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.task import Task
from tests.fakes import toy_dataset
from tests.guards import PATIENCE


def snapshot(seed: int = 0) -> ModelSnapshot:
    config = ModelConfig(hidden=16)
    made = build(config, toy_dataset(5).preparation, seed=seed)
    return ModelSnapshot("fresh", config, toy_dataset(5).preparation, weights_of(made))


def test_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    n = 5 * estimate.SAMPLES
    dataset, index = toy_dataset(n), np.arange(n)
    model = build(ModelConfig(hidden=16), dataset.preparation, seed=0).eval()
    whole = estimate.measure(model, dataset, index, 20, seed=3)
    task, file, seen = Task(interval=0.0), tmp_path / "a" / "b.npz", []
    real = estimate._measure_some

    def counted(*words: object) -> object:
        seen.append(1)
        if len(seen) == 3:
            task.cancel()
        return real(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(estimate, "_measure_some", counted)
    with pytest.raises(Cancelled):
        estimate.measure(model, dataset, index, 20, task, seed=3, workers=1, resume=file)
    assert file.exists()
    seen.clear()
    found = estimate.measure(model, dataset, index, 20, seed=3, workers=1, resume=file)
    assert len(seen) == 3 and not file.exists()  # of 5 parts 2 were done
    assert found is not None and whole is not None
    assert np.array_equal(found.log_likelihood, whole.log_likelihood)
    assert np.array_equal(found.elbo, whole.elbo)


def kept(path: Path, stamp: str = "5 0", n: int = 4, columns: int = 2) -> Unfinished:
    return Unfinished(path, stamp, n, columns)


def test_only_the_same_measurement_is_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "new" / "newer" / "a.npz"
    one = kept(path)
    one.add(slice(0, 2), np.ones((2, 2)))
    one.save()
    assert kept(path).done.tolist() == [True, True, False, False]
    for other in (kept(path, "6 0"), kept(path, n=5), kept(path, columns=3)):
        assert not other.done.any() and not other.values.any()


CONTENTS = {"empty": b"", "text": b"hello", "zip": b"PK\x03\x04" + bytes(50)}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_a_broken_file_is_no_file(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    path.write_bytes(content)
    found = kept(path)
    assert not found.done.any()
    found.add(slice(0, 4), np.ones((4, 2)))
    found.save()
    assert kept(path).done.all()


def test_a_place_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = kept(tmp_path / "file" / "a.npz")
    found.add(slice(0, 1), np.ones((1, 2)))
    found.save()
    assert found.done.sum() == 1 and not found.done.all()  # what is known is known all the same
    found.discard()
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_the_file_is_written_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfinished, "EVERY", 0.0)
    found = kept(tmp_path / "a.npz")
    found.add(slice(0, 1), np.ones((1, 2)))
    assert kept(tmp_path / "a.npz").done.sum() == 1


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.mark.parametrize(("seconds", "pause"), [(0.0, unfinished.EVERY), (1.0, 20.0)])
def test_what_takes_long_to_write_is_written_seldom(
    seconds: float, pause: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, file, real = Clock(), tmp_path / "a.npz", Unfinished._write
    monkeypatch.setattr(unfinished, "time", clock)

    def slowly(self: Unfinished, path: Path) -> None:
        clock.now += seconds
        real(self, path)

    monkeypatch.setattr(Unfinished, "_write", slowly)
    found = kept(file)

    def written_after(pause: float, row: int) -> bool:
        clock.now += pause
        found.add(slice(row, row + 1), np.ones((1, 2)))
        return file.exists() and bool(kept(file).done[row])

    assert not written_after(unfinished.EVERY - 0.1, 0) and written_after(0.1, 1)
    assert not written_after(pause - 0.1, 2) and written_after(0.1, 3)


@pytest.fixture
def two_cores() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def stopping(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """It is set once the parts that have not begun are given up."""
    told = threading.Event()

    class Pool(ThreadPoolExecutor):
        def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
            super().shutdown(wait=False, cancel_futures=cancel_futures)
            told.set()
            super().shutdown(wait=wait)

    monkeypatch.setattr(unfinished, "ThreadPoolExecutor", Pool)
    return told


def test_a_stop_keeps_what_is_done_and_begins_no_more(
    tmp_path: Path, two_cores: None, stopping: threading.Event
) -> None:
    """Each part has a core of its own, and how far it is can be seen."""
    begun, cores, seen, told = [], set(), [], threading.Event()

    def work(part: slice) -> np.ndarray:
        begun.append(part.start)
        cores.add(torch.get_num_threads())
        if len(begun) == 3:
            told.wait(PATIENCE)  # of the parts before
            raise ValueError("third")
        if len(begun) > 3:
            stopping.wait(PATIENCE)
        return np.full((1, 2), part.start, float)

    found = kept(tmp_path / "a.npz", n=200)

    def on_progress(share: float | None, text: str) -> None:
        seen.append((share, text))
        told.set()

    task = Task(on_progress, interval=0.0)
    with pytest.raises(ValueError, match="third"):
        unfinished.fill(found, 1, work, task, "counting", 1)
    assert len(begun) <= 4 and cores == {1}
    again = kept(tmp_path / "a.npz", n=200)
    assert again.done[[0, 1]].all() and not again.done[2]
    assert again.values[:2, 0].tolist() == [0, 1]
    assert (1 / 200, "counting") in seen


def test_a_stop_is_heard_after_each_part(tmp_path: Path) -> None:
    found, task = kept(tmp_path / "a.npz"), Task()
    task.cancel()
    with pytest.raises(Cancelled):
        unfinished.fill(found, 1, lambda _: np.ones((1, 2)), task, "counting", 1)
    assert kept(tmp_path / "a.npz").done[0]


def test_what_is_being_measured_at_a_stop_is_kept(
    tmp_path: Path, stopping: threading.Event
) -> None:
    begun, path = threading.Event(), tmp_path / "a.npz"

    def work(part: slice) -> np.ndarray:
        if part.start == 0:
            begun.wait(PATIENCE)
            raise ValueError("the first")
        begun.set()
        stopping.wait(PATIENCE)
        return np.ones((1, 2))

    with pytest.raises(ValueError, match="first"):
        unfinished.fill(kept(path, n=2), 1, work, Task(), "counting", 2)
    assert kept(path, n=2).done.tolist() == [False, True]


def test_fingerprints_are_of_content() -> None:
    assert fingerprint(snapshot(), 5, 0) == fingerprint(snapshot(), 5, 0)
    others = fingerprint(snapshot(1), 5, 0), fingerprint(snapshot(), 5, 1)
    assert fingerprint(snapshot(), 5, 0) not in others
    one = snapshot()
    (name, weights), *rest = one.weights.items()
    for wrong in ({"other": weights}, {name: weights.reshape(-1)}, {name: weights.view(np.int32)}):
        other = replace(one, weights={**dict(rest), **wrong})
        assert fingerprint(other) != fingerprint(one)


def test_evaluation_leaves_nothing_behind(tmp_path: Path) -> None:
    found = evaluation(snapshot(), toy_dataset(40), wanted=Wanted(5, unfinished=tmp_path))
    assert list(tmp_path.iterdir()) == []
    columns = found.columns()
    assert columns["log_likelihood"].mean() == pytest.approx(found.values["log_likelihood"])
    assert {len(column) for column in columns.values()} == {8}
