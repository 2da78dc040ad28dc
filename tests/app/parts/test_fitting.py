"""explorer.app.parts.fitting: what of a file makes sense beside the data and the model."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.analysis.latent.paths import LatentPath
from explorer.app.parts import fitting
from explorer.app.parts.planes import PlaneState
from explorer.app.parts.subject import SubjectPart
from explorer.app.parts.values import Bookmark, LayerAppearance
from explorer.data.pictures.own import Own, OwnPicture
from explorer.models.config import ModelConfig, ModelSnapshot
from tests.fakes import toy_dataset

DATA = toy_dataset(20)


def subject(d: int = 3) -> SubjectPart:
    model = ModelSnapshot("m", ModelConfig(latent_dim=d), DATA.preparation, {})
    return SubjectPart(dataset=DATA, model=model)


EMPTY = SubjectPart()


@pytest.mark.parametrize(("shape", "fits"), [((3,), True), ((2,), False), ((1, 3), False)])
def test_a_code_has_the_models_length(shape: tuple[int, ...], *, fits: bool) -> None:
    assert fitting.is_code(np.zeros(shape, np.float32), subject()) == fits
    assert not fitting.is_code(np.zeros(shape, np.float32), EMPTY)


@pytest.mark.parametrize(
    ("shape", "fits"), [((2, 3), True), ((1, 3), False), ((2, 2), False), ((6,), False)]
)
def test_a_path_has_two_ends_in_the_models_space(shape: tuple[int, ...], *, fits: bool) -> None:
    path = LatentPath.__new__(LatentPath)
    object.__setattr__(path, "points", np.zeros(shape, np.float32))
    assert fitting.is_path(path, subject()) == fits


@pytest.mark.parametrize(
    ("axes", "d", "fits"),
    [
        ((0, 1), 3, True),
        ((2, 0), 3, True),
        ((3, 0), 3, False),
        ((0, 3), 3, False),
        ((-1, 0), 3, False),
        ((1, 1), 3, False),
        ((0, 1), 1, True),
        ((0, 2), 1, False),
    ],
)
def test_axes_are_two_dimensions_that_there_are(axes: Any, d: int, *, fits: bool) -> None:
    assert fitting.are_dimensions(axes, subject(d)) == fits
    assert not fitting.are_dimensions(axes, EMPTY)


@pytest.mark.parametrize(
    ("name", "plane", "fits"),
    [
        ("latent", PlaneState((1, 2)), True),
        ("latent", PlaneState((1, 3)), False),
        ("pca", PlaneState((63, 0)), True),
        ("pca", PlaneState((64, 0)), False),
        ("pca", PlaneState((5, 5)), False),
        ("pca", PlaneState(view=(0.0, 1.0, 0.0, 1.0)), True),
        ("pca", PlaneState(view=(1.0, 1.0, 0.0, 1.0)), False),
        ("pca", PlaneState(view=(0.0, 1.0, 2.0, 1.0)), False),
        ("pca", PlaneState(view=(0.0, 1.0, 1.0, 1.0)), False),
        ("pca", PlaneState(view=(0.0, math.inf, 0.0, 1.0)), False),
        ("pca", PlaneState(cursor=(1.0, -2.0)), True),
        ("pca", PlaneState(cursor=(1.0, math.nan)), False),
    ],
)
def test_a_plane_has_axes_a_view_and_a_cursor_that_may_be(
    name: str, plane: PlaneState, *, fits: bool
) -> None:
    assert fitting.are_planes({name: plane}, subject()) == fits
    assert fitting.are_planes({"latent": PlaneState(), name: plane}, subject()) == fits


def test_the_first_two_axes_are_of_whatever_is_shown() -> None:
    assert fitting.are_planes({"latent": PlaneState(), "pca": PlaneState()}, EMPTY)
    assert not fitting.are_planes({"pca": PlaneState((1, 0))}, EMPTY)


@pytest.mark.parametrize(
    ("index", "fits"), [([0, 19], True), ([20], False), ([-1], False), ([], True), ([[0]], False)]
)
def test_samples_are_those_of_the_data(index: list[Any], *, fits: bool) -> None:
    assert fitting.are_samples(np.array(index, np.int64), subject()) == fits
    assert fitting.are_samples(np.array(index, np.int64), EMPTY) == (index == [])


@pytest.mark.parametrize(("classes", "fits"), [({0, 2}, True), ({3}, False), (set(), True)])
def test_classes_are_those_of_the_data(classes: set[int], *, fits: bool) -> None:
    assert fitting.are_classes(frozenset(classes), subject()) == fits
    assert fitting.are_classes(frozenset(classes), EMPTY) == (not classes)


def test_a_mask_is_as_large_as_a_sample() -> None:
    for shape, fits in (((8, 8), True), ((8, 7), False), ((8, 8, 1), False)):
        assert fitting.is_mask(np.zeros(shape, bool), subject()) == fits
        assert not fitting.is_mask(np.zeros(shape, bool), EMPTY)


def test_own_pictures_are_made_like_the_samples() -> None:
    own = Own((OwnPicture("a", DATA.x[0], DATA.preparation),))
    assert fitting.is_sample_like(own, subject()) and not fitting.is_sample_like(own, EMPTY)
    other = replace(DATA.preparation, width=9)
    assert not fitting.is_sample_like(Own((replace(own.picture, preparation=other),)), subject())


def test_a_kind_of_noise_is_one_that_there_is() -> None:
    assert fitting.is_noise_kind("patch", EMPTY) and not fitting.is_noise_kind("hum", EMPTY)


@pytest.mark.parametrize(
    ("value", "epoch", "share", "noise"),
    [
        (-0.01, False, False, False),
        (0.0, True, True, True),
        (1.0, True, True, True),
        (1.01, True, False, True),
        (math.inf, False, False, False),
        (math.nan, False, False, False),
    ],
)
def test_numbers_within_their_limits(
    value: float, *, epoch: bool, share: bool, noise: bool
) -> None:
    assert fitting.is_epoch(value, subject()) == epoch and not fitting.is_epoch(value, EMPTY)
    assert fitting.is_share(value, EMPTY) == share
    assert fitting.is_noise(value, EMPTY) == noise
    appearances = {"a": LayerAppearance(), "b": LayerAppearance(opacity=value)}
    assert fitting.are_opacities(appearances, EMPTY) == share


def test_a_preset_and_bookmarks() -> None:
    assert fitting.is_model(ModelConfig("ae"), EMPTY)
    assert not fitting.is_model(ModelConfig("bea"), EMPTY)
    for body, likelihood, options, good in (
        ("conv", "gaussian", {"sigma": 0.1}, True),
        ("conv1d", "", {}, True),
        ("heavenly", "", {}, False),
        ("mlp", "magic", {}, False),
        ("mlp", "gaussian", {"sigma": -1.0}, False),
        ("mlp", "gaussian", {"luck": 1.0}, False),
    ):
        config = ModelConfig("vae", body, likelihood, options=options)
        assert fitting.is_model(config, EMPTY) == good, config
    marks = [Bookmark("a", np.zeros(shape), "here") for shape in ((2,), (0,), (1, 2))]
    assert fitting.are_bookmarks(marks[:1], EMPTY) and fitting.are_bookmarks([], EMPTY)
    assert not fitting.are_bookmarks(marks[:2], EMPTY)
    assert not fitting.are_bookmarks([marks[0], marks[2]], EMPTY)


@pytest.mark.parametrize(
    ("views", "fits"),
    [
        ((), True),
        (("latent:2", "pca:2", "latent:3"), True),
        (("latent:2", "latent:2"), False),
        (("latent:2", "pca"), False),
    ],
)
def test_further_views_have_names_of_their_own(views: tuple[str, ...], *, fits: bool) -> None:
    assert fitting.are_further(views, subject()) == fits


def test_a_further_view_has_axes_of_its_kind() -> None:
    """There are three latent dimensions, and more features."""
    there = {"pca:2": PlaneState((3, 4)), "latent:2": PlaneState((2, 1))}
    assert fitting.are_planes(there, subject())
    assert not fitting.are_planes({"latent:2": PlaneState((3, 1))}, subject())
