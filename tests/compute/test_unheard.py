"""A training whose end nobody heard is found again, unless somebody still writes to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from explorer.compute import unheard
from explorer.compute.keeping.train import Train
from explorer.errors import EnvironmentFault, ExplorerError
from explorer.models.config import ModelConfig
from explorer.models.files.holding import held
from explorer.training.config import TrainingConfig
from tests.fakes import toy_dataset

REQUEST = Train(
    toy_dataset(),
    ModelConfig(hidden=8),
    TrainingConfig(epochs=1, device="cpu"),
    None,
    marked=True,
)


def test_it_waits_until_its_end_is_heard(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    trained = replace(REQUEST, keep=folder).answer()
    (run,) = unheard.waiting(tmp_path)
    assert run.path == folder and trained.snapshot.path == str(folder)
    with held(folder):  # as while it trains
        assert unheard.waiting(tmp_path) == ()
    unheard.forget(folder)
    unheard.forget(folder)
    assert unheard.waiting(tmp_path) == ()
    assert sorted(f.name for f in folder.iterdir()) == [
        "curve.json", "model.json", "model.safetensors", "moments", "training.json",
            "training.safetensors",
    ]  # fmt: skip


def test_what_never_began_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for keep in (tmp_path / "file" / "run", tmp_path / "file"):
        with pytest.raises(EnvironmentFault):
            replace(REQUEST, keep=keep).answer()
    wrong = replace(REQUEST, keep=tmp_path / "run", model=ModelConfig(body="none"))
    with pytest.raises(ExplorerError):
        wrong.answer()
    assert [f.name for f in tmp_path.iterdir()] == ["file"]
    assert unheard.waiting(tmp_path / "nowhere") == ()


def test_nothing_is_marked_where_nothing_is_kept(tmp_path: Path) -> None:
    assert REQUEST.answer().snapshot.path is None
