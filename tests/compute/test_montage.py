from __future__ import annotations

import numpy as np
import pytest

from explorer.compute import montage
from explorer.compute.montage import DrawMontage, said_of
from explorer.data.dataset import Dataset, Preparation
from explorer.errors import Cancelled
from explorer.task import Task


def pictures(n: int = 50, **more: object) -> Dataset:
    x = np.repeat(np.arange(n, dtype=np.uint8), 64).reshape(n, 8, 8, 1)
    held_out = np.arange(n) % 5 == 0
    return Dataset("toy", x, Preparation(8, 8), held_out, **more)


def labelled(n: int = 50) -> Dataset:
    labels = np.where(np.arange(n) % 3 == 0, 2, 0).astype(np.int64)
    return pictures(n, labels=labels, classes=("apple", "none of it", "plum"))


def test_classes_are_drawn_with_the_counts_of_what_is_learned_from():
    data = labelled()
    drawn = DrawMontage(data).answer().classes
    assert [one.name for one in drawn] == ["apple", "plum"]
    train = data.labels[data.train_index]
    assert [one.count for one in drawn] == [(train == 0).sum(), (train == 2).sum()]
    for one, label in zip(drawn, (0, 2), strict=True):
        samples = one.pictures[:, 0, 0, 0]
        assert (data.labels[samples] == label).all()
        assert not data.test[samples].any()
        assert len(set(samples.tolist())) == len(samples) == one.count


def test_without_labels_all_samples_are_one_block():
    (one,) = DrawMontage(pictures()).answer().classes
    assert (one.name, one.count) == ("", 40) and one.pictures.shape == (40, 8, 8, 1)


def test_many_pictures_are_thinned_evenly_and_many_classes_are_counted(monkeypatch):
    monkeypatch.setattr(montage, "PICTURES", 12)
    (one,) = DrawMontage(pictures()).answer().classes
    samples = one.pictures[:, 0, 0, 0]
    assert len(samples) == 12 and samples[0] == 1 and samples[-1] == 49
    assert np.diff(samples.astype(int)).max() <= 6
    monkeypatch.setattr(montage, "CLASSES", 1)
    answer = DrawMontage(labelled()).answer()
    assert len(answer.classes) == 1 and answer.more == 1


@pytest.mark.parametrize(("kind", "shape"), [("table", (1, 5, 1)), ("signals", (1, 32, 2))])
def test_rows_of_numbers_are_drawn(kind, shape):
    x = np.random.default_rng(0).normal(size=(10, *shape)).astype(np.float32)
    made = Preparation(*shape, kind=kind, levels=1)
    (one,) = DrawMontage(Dataset("toy", x, made, np.zeros(10, np.bool_))).answer().classes
    assert one.pictures.shape == (10, 64, 96, 3)


def test_shape_and_counts_are_said():
    assert said_of(labelled()) == (
        "40 samples to learn from \u00b7 10 held out \u00b7 8 \u00d7 8 grey \u00b7 3 classes"
    )
    x = np.zeros((3, 1, 32, 2), np.float32)
    made = Preparation(1, 32, 2, kind="signals", levels=1)
    said = said_of(Dataset("toy", x, made, np.zeros(3, np.bool_)))
    assert said == "3 samples to learn from \u00b7 2 channels of 32 values"
    made = Preparation(1, 1, kind="table", levels=1)
    one = Dataset("toy", np.zeros((3, 1, 1, 1), np.float32), made, np.zeros(3, np.bool_))
    assert said_of(one).endswith("1 column")


def test_it_stops_when_it_is_told_to():
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        DrawMontage(pictures()).answer(task)


def test_large_pictures_are_fewer(monkeypatch):
    """So many that their numbers have room, shared by the classes; a few of each at least."""
    x = np.zeros((50, 8, 4, 3), np.uint8)
    data = Dataset("toy", x, Preparation(8, 4, 3), np.zeros(50, np.bool_))
    monkeypatch.setattr(montage, "BYTES", 20 * 8 * 4 * 3)
    assert montage._each(data, 1) == 20 and montage._each(data, 2) == 10
    assert montage._each(data, 0) == 20 and montage._each(data, 50) == montage.LEAST
