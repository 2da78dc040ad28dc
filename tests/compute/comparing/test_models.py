"""explorer.compute.comparing.models: what a question hands to the analysis."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.analysis.comparing.with_model import compare_models
from explorer.analysis.evaluating import Wanted
from explorer.compute.comparing.models import CompareModels
from explorer.errors import CheckpointError
from explorer.models import checkpoint
from tests.compute.small import DATA, snapshot


def test_both_models_are_measured_as_asked() -> None:
    ours, theirs = snapshot(latent_dim=3), snapshot(seed=1)
    found = CompareModels(ours, theirs, DATA, "all", 7, 2).answer()
    assert found == compare_models(ours, theirs, DATA, wanted=Wanted(7, "all", 2))
    assert (found["latent_dim"], found["other_latent_dim"], found["n"]) == (3, 2, 100)


def test_the_held_out_part_is_the_usual_one() -> None:
    usual = CompareModels(snapshot(), snapshot(seed=1), DATA)
    assert usual.settings() == {"split": "test", "samples": 5000, "seed": 0}


def test_the_other_may_lie_in_a_folder(tmp_path: Path) -> None:
    theirs = snapshot(seed=1)
    checkpoint.save(tmp_path / "saved", theirs)
    found = CompareModels(snapshot(), str(tmp_path / "saved"), DATA, samples=7).answer()
    assert found == CompareModels(snapshot(), theirs, DATA, samples=7).answer()
    with pytest.raises(CheckpointError, match="no such checkpoint"):
        CompareModels(snapshot(), str(tmp_path / "nothing"), DATA).answer()
