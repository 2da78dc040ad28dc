"""Answers about paths against a linear model, whose pictures and lengths are known."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from explorer.analysis.pca import fit
from explorer.compute import paths as questions
from explorer.compute.paths import Film, FilmRequest, RouteRequest, SurveyRequest
from explorer.data.dataset import Preparation
from explorer.errors import Cancelled, ExplorerError
from explorer.export.exporting import export
from explorer.models import autoencoder
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.task import NO_TASK, Task
from tests.fakes import LinearModel, toy_dataset

ROUTE = np.array([[0, 0], [3, 4]], np.float32)


@pytest.fixture
def linear(monkeypatch: pytest.MonkeyPatch) -> LinearModel:
    """Stands in for the live module of every snapshot."""
    made = LinearModel(Preparation(8, 8), scale=2.0).float()
    monkeypatch.setattr(questions, "live", lambda _model: made)
    return made


@pytest.fixture
def model() -> ModelSnapshot:
    config, preparation = ModelConfig(latent_dim=2, hidden=8), Preparation(8, 8)
    weights = autoencoder.weights_of(autoencoder.build(config, preparation, seed=0))
    return ModelSnapshot("m", config, preparation, weights)


@pytest.fixture
def film(model: ModelSnapshot) -> Film:
    return questions.film(FilmRequest(model, ROUTE, 7), NO_TASK)


def test_a_linear_decoder_stretches_lengths_by_its_scale(linear: Any, model: Any) -> None:
    made = questions.film(FilmRequest(model, ROUTE, 7), NO_TASK)
    assert made.length == pytest.approx(5)
    survey = questions.survey(SurveyRequest(model, made), NO_TASK)
    assert survey.image_length == pytest.approx(10, rel=1e-5)
    assert survey.ground is None and survey.scores is None
    assert made.images.shape == (7, 8, 8, 1)
    np.testing.assert_allclose(made.z[3], ROUTE[1] / 2, atol=1e-6)


def test_a_film_of_a_cancelled_task_stops(model: ModelSnapshot) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        questions.film(FilmRequest(model, ROUTE, 7), task)


def test_the_survey_looks_at_the_codes_and_at_pca(linear: Any, model: Any) -> None:
    data = toy_dataset()
    mean = np.stack([np.arange(5) / 2, np.zeros(5)], 1).astype(np.float32)
    codes = Codes("m", mean, np.ones_like(mean), np.arange(5))
    made = questions.film(FilmRequest(model, mean[[0, 4]] * 2, 9), NO_TASK)  # from 0 to 4
    survey = questions.survey(SurveyRequest(model, made, codes, fit(data, 5)), NO_TASK)
    off = survey.ground.off  # beyond 2, where the codes end, and half a step more
    np.testing.assert_array_equal(off, survey.z[:, 0] > 2.5)
    assert survey.scores.shape == (257, 5)
    steps = np.diff(survey.scores, axis=0)  # a straight line stays one under a linear map
    np.testing.assert_allclose(steps, steps[:1].repeat(256, 0), atol=1e-4)


def test_the_route_steps_on_the_means() -> None:
    mean = np.stack([np.arange(20), np.zeros(20)], 1).astype(np.float32)
    codes = Codes("m", mean, np.ones_like(mean), np.arange(20))
    way = questions.route(RouteRequest(mean[[0, 19]], codes), NO_TASK)
    assert way[:, 0].max() == 19 and set(way[:, 1]) == {0.0}


def test_a_strip_holds_the_pictures_side_by_side(film: Film, model: Any, tmp_path: Path) -> None:
    target = export(questions.kept(model, film), tmp_path / "a.png")
    with Image.open(target) as strip:
        factor = strip.height // 8
        assert strip.size == (7 * 8 * factor, 8 * factor)
        small = np.asarray(strip)[::factor, ::factor]
    np.testing.assert_array_equal(small, np.concatenate(list(film.images[..., 0]), axis=1))


def test_the_codes_can_be_read_back(film: Film, model: Any, tmp_path: Path) -> None:
    target = export(questions.kept(model, film), tmp_path / "a.csv")
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["step", "z1", "z2"] and len(rows) == 7
    np.testing.assert_allclose([[float(r["z1"]), float(r["z2"])] for r in rows], film.z, rtol=1e-6)


def test_an_animation_goes_there_and_back(film: Film, model: Any, tmp_path: Path) -> None:
    target = export(questions.kept(model, film), tmp_path / "a.gif")
    with Image.open(target) as gif:
        assert gif.info["loop"] == 0 and gif.size == (256, 256)
        assert 28 <= gif.n_frames <= 54  # equal pictures in a row may be joined


@pytest.mark.parametrize("name", ["a.svg", "no/such/folder/a.png"])
def test_what_cannot_be_written_is_said(film: Film, model: Any, tmp_path: Path, name: str) -> None:
    with pytest.raises(ExplorerError):
        export(questions.kept(model, film), tmp_path / name)
