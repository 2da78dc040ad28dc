"""explorer.compute.library: what references name is found as it was, or not at all."""

from __future__ import annotations

import dataclasses
import math
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer import paths
from explorer.compute.library import LocalLibrary
from explorer.compute.opening.looking import prepared
from explorer.compute.references import (
    DataReference,
    ModelReference,
    OwnPictureReference,
    OwnReference,
    Reference,
)
from explorer.data.choices import Choices
from explorer.data.dataset import Preparation
from explorer.data.opening import open_dataset
from explorer.data.pictures.own import Own
from explorer.errors import Cancelled, CheckpointError, DataError, ExplorerError
from explorer.models import checkpoint
from explorer.task import Task

DIGITS = Preparation(8, 8, 1, 0.0, 16.0, 16)


def _table(folder: Path) -> str:
    rows = np.random.default_rng(0).normal(size=(40, 3)).round(4)
    lines = ["height,width,depth,kind", *(",".join(map(str, (*row, "ab"[i % 2])))
             for i, row in enumerate(rows))]  # fmt: skip
    (folder / "table.csv").write_text("\n".join(lines))
    return str(folder / "table.csv")


def _signals(folder: Path) -> str:
    np.save(folder / "waves.npy", np.random.default_rng(0).normal(size=(30, 64)))
    return str(folder / "waves.npy")


OPENED = {
    "a bundled name": (lambda _: "digits", {}),
    "binarised": (lambda _: "digits", {"binarisation": "fixed"}),
    "a table with choices": (_table, {"choices": Choices(label="kind", drop=("width",))}),
    "signals": (_signals, {"choices": Choices(kind="signals")}),
    "of another size": (lambda _: "digits", {"size": 12}),
}


@pytest.mark.parametrize(("source", "how"), OPENED.values(), ids=OPENED)
def test_data_is_found_as_it_was(tmp_path, source, how):
    data = open_dataset(source(tmp_path), **how)
    found = DataReference.of(data).found(LocalLibrary())
    assert (found.content_hash, found.choices) == (data.content_hash, data.choices)
    assert found.preparation == data.preparation


def test_data_that_has_changed_is_not_found(tmp_path):
    path = _table(tmp_path)
    reference = DataReference.of(open_dataset(path))
    text = Path(path).read_text()
    Path(path).write_text(text.replace(",a", ",b", 1))
    with pytest.raises(DataError, match="other data now"):
        LocalLibrary().dataset(reference)
    Path(path).unlink()
    with pytest.raises(DataError, match="no such file"):
        LocalLibrary().dataset(reference)


def test_a_bundled_model_is_found_wherever_the_program_is():
    model = checkpoint.load(paths.checkpoints() / "digits-vae")
    reference = dataclasses.replace(ModelReference.of(model), path="/another/machine/digits-vae")
    assert reference.found(LocalLibrary()).id == model.id


def test_a_model_is_found_in_its_folder_and_another_one_there_is_not(tmp_path):
    shutil.copytree(paths.checkpoints() / "digits-vae", tmp_path / "run")
    reference = ModelReference.of(checkpoint.load(tmp_path / "run"))
    assert reference.found(LocalLibrary()).path == str(tmp_path / "run")
    with pytest.raises(CheckpointError, match="other weights now"):
        LocalLibrary().model(dataclasses.replace(reference, id="another"))


def test_a_model_that_was_never_saved_says_so():
    with pytest.raises(CheckpointError, match="never saved"):
        LocalLibrary().model(ModelReference("id", "vae of digits"))


# -- pictures of one's own --------------------------------------------------------------------


@pytest.fixture
def own(tmp_path) -> Own:
    shape = open_dataset("digits").preparation
    pictures = []
    for name, value in (("a", 40), ("b", 90), ("c", 200)):
        Image.fromarray(np.full((8, 8), value, np.uint8)).save(tmp_path / f"{name}.png")
        pictures.append(prepared(tmp_path / f"{name}.png", shape))
    return Own((pictures[0], pictures[1].inverted, pictures[2]), at=2)


def test_own_pictures_are_found_as_they_were(own):
    found = OwnReference.of(own).found(LocalLibrary())
    assert found.at == 2 and len(found.pictures) == 3
    for was, now in zip(own.pictures, found.pictures, strict=True):
        np.testing.assert_array_equal(now.whole, was.whole)
        assert (now.name, now.notes, now.path) == (was.name, was.notes, was.path)


def test_looking_for_pictures_stops_when_it_is_told_to(own):
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        OwnReference.of(own).found(LocalLibrary(task))


@pytest.mark.parametrize(("gone", "at"), [(0, 1), (2, 0)])
def test_those_that_are_still_there_are_found(own, gone, at):
    Path(own.pictures[gone].path).unlink()
    found = OwnReference.of(own).found(LocalLibrary())
    assert (len(found.pictures), found.at) == (2, at)


def test_pasted_pictures_cannot_be_found(own):
    pasted = Own((dataclasses.replace(own.pictures[0], path="", name="pasted"),))
    with pytest.raises(DataError, match="pasted"):
        OwnReference.of(pasted).found(LocalLibrary())


DAMAGED = {
    "a name with a zero in it": ModelReference("m", "vae", None, "a\0b"),
    "a name longer than any": ModelReference("m", "vae", None, "x" * 5000),
    "no picture": OwnReference((), DIGITS),
    "a picture that cannot be": OwnReference((OwnPictureReference("a", "x" * 5000),), DIGITS),
    "a size that cannot be": DataReference("a", "digits", "", replace(DIGITS, height=0)),
    "a kind that is none": DataReference("a", "digits", "", replace(DIGITS, kind="smells")),
    "pictures of no brightness": OwnReference((), replace(DIGITS, low=math.inf)),
}


@pytest.mark.parametrize("reference", DAMAGED.values(), ids=DAMAGED)
def test_what_no_file_and_no_data_can_be_is_not_found(reference: Reference) -> None:
    with pytest.raises(ExplorerError):
        reference.found(LocalLibrary())
