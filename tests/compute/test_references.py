"""explorer.compute.references: what stands for data, models and pictures in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from explorer import paths
from explorer.compute.references import DataReference, ModelReference, OwnReference
from explorer.config import from_json, to_json
from explorer.data.choices import Choices
from explorer.data.pictures.own import Own, OwnPicture
from explorer.models.config import ModelConfig, ModelSnapshot
from tests.fakes import toy_dataset

DATA = toy_dataset()


def _model(path: str | None) -> ModelSnapshot:
    return ModelSnapshot("id", ModelConfig(), DATA.preparation, {}, data={"name": "toy"}, path=path)


def test_data_is_named_by_its_content_and_how_it_was_read():
    reference = DataReference.of(DATA)
    assert (reference.hash, reference.preparation) == (DATA.content_hash, DATA.preparation)


@pytest.mark.parametrize(
    "reference",
    [
        DataReference("a", "/a.csv", "0f", DATA.preparation, Choices(label="y", drop=("id",))),
        ModelReference("id", "vae of a", "/runs/a"),
        ModelReference("id", "vae of a"),
        OwnReference.of(Own((OwnPicture("a.png", DATA.x[0], DATA.preparation, (), "/a.png"),))),
    ],
)
def test_a_reference_is_json(reference):
    text = json.dumps(to_json(reference))
    assert from_json(type(reference), json.loads(text)) == reference


def test_a_model_is_named_by_a_folder_that_holds_from_everywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert ModelReference.of(_model("run")).path == str(tmp_path / "run")
    assert ModelReference.of(_model(None)).path is None
    assert ModelReference.of(_model(None)).name == "vae of toy"


def test_a_model_that_came_with_the_program_is_named_by_that():
    own = paths.checkpoints() / "digits-vae"
    assert ModelReference.of(_model(str(own))).bundled == "digits-vae"
    assert ModelReference.of(_model(str(Path("/elsewhere/digits-vae")))).bundled == ""


def test_a_picture_that_was_inverted_is_kept_as_such():
    one = OwnPicture("a.png", DATA.x[0], DATA.preparation, ("cut",), "/a.png")
    kept = OwnReference.of(Own((one, one.inverted, one.inverted.inverted), at=1))
    assert [picture.inverted for picture in kept.pictures] == [False, True, False]
    assert kept.at == 1 and {picture.path for picture in kept.pictures} == {"/a.png"}
