"""What the user says of a file goes before every guess, and is remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from explorer.data.choices import (
    NO_CHOICES,
    ChoiceRefused,
    Choices,
    ChoiceWanted,
    memorable,
    remembered,
)
from explorer.data.opening import describe, open_dataset
from explorer.errors import DataError, SettingsError
from explorer.training.publishing import data_summary
from tests.data import makers
from tests.data.makers import pixels


def test_what_is_given_goes_over_what_was() -> None:
    before = Choices(label="a", drop=("b",), header=True)
    given = Choices(label="c", axis=1)
    assert given.over(before) == Choices(label="c", drop=("b",), header=True, axis=1)
    assert NO_CHOICES.over(before) == before and before.over(NO_CHOICES) == before
    assert before.without("label").given == {"drop": ("b",), "header": True}


@pytest.mark.parametrize(
    "choices", [NO_CHOICES, Choices(drop=("a", "b"), header=False), Choices(axis=-1, kind="table")]
)
def test_a_checkpoint_gives_them_back(choices: Choices) -> None:
    assert remembered(memorable(choices)) == choices
    assert bool(memorable(choices)) is bool(choices.given)


@pytest.mark.parametrize("wrong", [{"choices": 3}, {"choices": {"axis": "x"}}])
def test_damaged_memories_are_said(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match=r"model\.json"):
        remembered(wrong)


REFUSED = {
    "header": ("npz", Choices(header=True)),
    "axis": ("folder", Choices(axis=1)),
    "label": ("folder", Choices(label="a")),
    "drop": ("images", Choices(drop=("1",))),
    "lengths": ("images", Choices(lengths="pad")),
    "scaling": ("images", Choices(scaling="channel")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_means_nothing_is_refused_by_its_name(name: str, tmp_path: Path) -> None:
    of, choices = REFUSED[name]
    folder = tmp_path / "p"
    path = {
        "npz": lambda: makers.npz(tmp_path, x=pixels(9, 9, 9)),
        "folder": lambda: makers.pictures(folder),
        "images": lambda: makers.npy(tmp_path, pixels(9, 9, 9)),
    }[of]()
    for door in (open_dataset, describe):
        with pytest.raises(ChoiceRefused, match=r"--|signals") as refused:
            door(path, choices=choices)
        assert refused.value.choice == name
        makers.sentence(refused.value)


def test_a_kind_that_the_model_was_not_made_for_is_refused(tmp_path: Path) -> None:
    path = makers.npy(tmp_path, np.random.default_rng(0).normal(size=(20, 5)))
    data = open_dataset(path)
    again = open_dataset(path, preparation=data.preparation, choices=Choices(kind="table"))
    assert again.content_hash == data.content_hash
    with pytest.raises(DataError, match="the model was made for table, not signals"):
        open_dataset(path, preparation=data.preparation, choices=Choices(kind="signals"))


def _signals(folder: Path) -> Path:
    rng = np.random.default_rng(0)
    loud = np.array([1.0, 5.0, 2.0, 9.0] * 10)
    return makers.npz(folder, x=rng.normal(size=(30, 40)) * loud, kind=np.array("signals"))


def test_a_signal_has_a_scale_for_each_point_or_one(tmp_path: Path) -> None:
    path = _signals(tmp_path)
    usual, each, one = (
        open_dataset(path, choices=Choices(scaling=how)) for how in (None, "point", "channel")
    )
    assert usual.content_hash == each.content_hash != one.content_hash
    assert usual.preparation.centre == one.preparation.centre
    scale = np.array(usual.preparation.scale)
    assert not usual.preparation.by_channel and len(set(usual.preparation.scale)) == 40
    assert one.preparation.by_channel
    np.testing.assert_allclose(one.preparation.scale, np.sqrt((scale**2).mean()), rtol=1e-9)
    assert remembered(data_summary(one)) == Choices(scaling="channel")
    raw = one.preparation.original(one.unit(slice(None)))
    np.testing.assert_allclose(
        raw, usual.preparation.original(usual.unit(slice(None))), rtol=1e-4, atol=1e-5
    )


def test_a_model_keeps_the_scale_that_it_was_made_with(tmp_path: Path) -> None:
    path = _signals(tmp_path)
    for how, other in (("point", "channel"), ("channel", "point")):
        made = open_dataset(path, choices=Choices(scaling=how))
        for choices in (NO_CHOICES, Choices(scaling=how)):
            again = open_dataset(path, preparation=made.preparation, choices=choices)
            assert again.content_hash == made.content_hash
        with pytest.raises(ChoiceRefused, match=f"not made with --scaling {other}") as refused:
            open_dataset(path, preparation=made.preparation, choices=Choices(scaling=other))
        assert refused.value.choice == "scaling"


@pytest.mark.parametrize("kind", ["table", "signals"])
def test_a_scale_is_chosen_of_signals_only(kind: str, tmp_path: Path) -> None:
    path = makers.npy(tmp_path, np.random.default_rng(0).normal(size=(20, 5)))
    choices = Choices(kind=kind, scaling="channel")
    if kind == "signals":
        assert open_dataset(path, choices=choices).preparation.by_channel
        return
    for door in (open_dataset, describe):
        with pytest.raises(ChoiceRefused, match="nothing for rows, it is of signals"):
            door(path, choices=choices)


def test_the_data_set_carries_them_to_the_checkpoint(tmp_path: Path) -> None:
    path = makers.npz(tmp_path, x=pixels(20, 9, 9), a=np.arange(20) % 2, b=np.arange(20) % 3)
    data = open_dataset(path, choices=Choices(label="b"))
    assert data.classes == ("0", "1", "2")
    assert remembered(data_summary(data)) == data.choices == Choices(label="b")
    assert "choices" not in data_summary(open_dataset(path))


def _ragged(folder: Path) -> Path:
    rows = ["\t".join("1" for _ in range(30 + i)) for i in range(20)]
    (folder / "ragged.tsv").write_text("\n".join(rows))
    return folder / "ragged.tsv"


def _ending_early(folder: Path) -> Path:
    values = np.random.default_rng(0).normal(size=(20, 40))
    for i, row in enumerate(values):
        row[20 + i :] = np.nan
    np.save(folder / "early.npy", values)
    return folder / "early.npy"


def _samples_last(folder: Path) -> Path:
    x = np.random.default_rng(0).integers(0, 255, (8, 8, 60)).astype(np.uint8)
    np.savez(folder / "last.npz", x=x, y=np.arange(60) % 3)
    return folder / "last.npz"


@pytest.mark.parametrize("make", [_ragged, _ending_early, _samples_last])
def test_what_opens_once_somebody_chooses_says_with_which_choices(
    make: Callable[[Path], Path], tmp_path: Path
) -> None:
    path = make(tmp_path)
    with pytest.raises(ChoiceWanted) as wanted:
        open_dataset(path)
    assert wanted.value.ways
    for way in wanted.value.ways:
        assert len(open_dataset(path, choices=way)) >= 20
        assert ": " in way.words
