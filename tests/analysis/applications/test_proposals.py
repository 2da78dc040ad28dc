"""What to try where a baseline won: only what is known to matter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.analysis.applications.baselines import Baseline, Scored
from explorer.analysis.applications.proposals import proposal
from explorer.data.dataset import Preparation
from explorer.models.config import ModelConfig
from tests.compute.small import snapshot


def won(name: str = "ppca", auroc: float = 0.9, k: int = 2) -> Baseline:
    scored = Scored(name, "PCA", np.zeros(2), {"k": k})
    return Baseline(scored, auroc, None, -0.1, (-0.15, -0.05), (-0.2, -0.01))


def said(
    one: Baseline | None = None, *, alone: bool = True, same: float | None = 0.8, **changed: Any
) -> str:
    one = one or won()
    model = replace(snapshot(), **{"training": {"step": 500, "epochs": 5}, **changed})
    return proposal(model, ("a", "the rest"), alone, [one], same)


def test_nothing_is_proposed_without_a_reason() -> None:
    assert said() == ""


def test_nothing_is_proposed_where_no_baseline_won() -> None:
    lost = replace(won(), wide=(-0.2, 0.01))
    assert said(lost, data={"classes": ["a", "b"]}, alone=False) == ""


@pytest.mark.parametrize(
    ("classes", "alone", "heard"),
    [(["a", "b"], False, True), (("a", "b"), False, True), (["a", "b"], True, False),
     (["a"], False, False), (["the rest", "a"], False, False), ("ab", False, False),
     (None, False, False)],
)  # fmt: skip
def test_a_model_that_saw_the_odd_ones(classes: object, alone: bool, heard: bool) -> None:
    wanted = "train with --only a 'the rest': the model learned the odd samples, too"
    assert said(alone=alone, data={"classes": classes}) == (wanted if heard else "")


@pytest.mark.parametrize(
    ("preset", "likelihood", "heard"),
    [("vae", "gaussian", True), ("vae", "", False), ("vae", "gaussian-optimal", False),
     ("ae", "gaussian", False), ("beta-vae", "gaussian", True)],
)  # fmt: skip
def test_a_sigma_that_is_fixed(preset: str, likelihood: str, heard: bool) -> None:
    config = ModelConfig(preset, hidden=16, likelihood=likelihood)
    wanted = "train with --likelihood gaussian-learned: a fixed sigma does not fit the noise"
    assert said(config=config) == (wanted if heard else "")


@pytest.mark.parametrize(
    ("training", "epochs"),
    [({"step": 120, "epochs": 60}, 250), ({"step": 499, "epochs": 60}, 61),
     ({"step": 500, "epochs": 60}, 0), ({"step": 0, "epochs": 60}, 0), ({"epochs": 60}, 0),
     ({"step": 120}, 0), ({}, 0), ({"step": "120", "epochs": 60}, 0)],
)  # fmt: skip
def test_a_training_that_was_short(training: dict[str, object], epochs: int) -> None:
    wanted = f"train with --epochs {epochs}: it took {training.get('step')} steps only"
    assert said(training=training) == (wanted if epochs else "")


@pytest.mark.parametrize(
    ("one", "same", "heard"),
    [(won("ppca", 0.9, 8), 0.8, True), (won("pca", 0.9, 8), 0.8, True),
     (won("pca-raw", 0.9, 1), 0.8, True), (won("pca", 0.9, 2), 0.8, False),
     (won("pca", 0.8, 8), 0.8, False), (won("pca", 0.9, 8), None, False),
     (won("neighbours", 0.9, 8), 0.8, False)],
)  # fmt: skip
def test_another_number_of_components(one: Baseline, same: float | None, heard: bool) -> None:
    wanted = f"train with --latent-dim {one.scored.setting['k']}, as many as PCA has here: its"
    assert said(one, same=same).startswith(wanted) == heard == bool(said(one, same=same))
    if heard:
        assert said(one, same=same).endswith("its AUROC is 0.900, with 2 it is 0.800")


SIGNALS = Preparation(
    1, 2, 2, levels=1, kind="signals", centre=(0.0,) * 4, scale=(1.0, 3.0, 2.0, 3.0)
)
BY_CHANNEL = replace(SIGNALS, scale=(1.0, 3.0, 1.0, 3.0))


@pytest.mark.parametrize(
    ("name", "auroc", "made", "heard"),
    [("pca-raw", 0.9, SIGNALS, True), ("ppca", 0.9, SIGNALS, False),
     ("pca-raw", 0.85, SIGNALS, False), ("pca-raw", 0.9, BY_CHANNEL, False),
     ("pca-raw", 0.9, replace(SIGNALS, kind="table"), False)],
)  # fmt: skip
def test_signals_whose_points_were_scaled_one_by_one(
    name: str, auroc: float, made: Preparation, heard: bool
) -> None:
    model = replace(snapshot(), training={"step": 500, "epochs": 5}, preparation=made)
    best, prepared = won(name, auroc), replace(won("pca", 0.85), wide=None)
    found = proposal(model, ("a",), True, [best, prepared], None)
    wanted = "train with --scaling channel: PCA of points that each have a scale of their own has"
    assert found == (f"{wanted} 0.850" if heard else "")
    assert proposal(model, ("a",), True, [best], None) == ""


def test_components_of_another_training_part_say_nothing() -> None:
    assert said(won("pca", 0.9, 8), alone=False) == ""


def test_the_first_reason_is_heard() -> None:
    everything = said(
        won("pca", 0.9, 8), alone=False, data={"classes": ["a", "b"]},
        config=ModelConfig(hidden=16, likelihood="gaussian"), training={"step": 3, "epochs": 1},
    )  # fmt: skip
    assert everything.startswith("train with --only")
