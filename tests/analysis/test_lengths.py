"""Which nats have a length in bits and which a unit: of densities, probabilities and points."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from explorer.analysis import lengths
from explorer.analysis.evidence import bits, estimate
from explorer.analysis.evidence.estimate import Evidence
from explorer.data.dataset import Dataset, Preparation
from explorer.models.autoencoder import Autoencoder, build
from explorer.models.config import ModelConfig
from explorer.models.encoding import encode
from tests.fakes import toy_dataset

DATA = toy_dataset(30, levels=16)  # of 64 features
INDEX = DATA.test_index


def built(likelihood: str | None, preset: str = "vae") -> tuple[Autoencoder, ModelConfig]:
    config = ModelConfig(preset, hidden=8, likelihood=likelihood)
    return build(config, DATA.preparation, seed=0).eval(), config


def evidence(model: Autoencoder) -> Evidence:
    found = estimate.measure(model, DATA, INDEX, 20, exactly=False)
    assert found is not None
    return found


def of(
    model: Autoencoder, config: ModelConfig, found: Evidence | None, data: Dataset = DATA
) -> dict[str, object]:
    levels = lengths.of_levels(model, config, data, encode(model, DATA, INDEX), found, seed=3)
    return dict(lengths.lengths(model, config, data, found, levels))


def test_a_density_in_levels_has_bits_and_a_unit() -> None:
    model, config = built("gaussian")
    found = evidence(model)
    values = of(model, config, found)
    assert set(values) == set(lengths.KEYS)
    measured = bits.lengths(model, DATA, encode(model, DATA, INDEX), found, seed=3).values()
    assert {key: values[key] for key in bits.KEYS} == measured
    jacobian = -64 * math.log(16)  # from black to white in 16 steps
    assert found.log_likelihood is not None
    assert values["log_jacobian"] == pytest.approx(jacobian)
    assert values["elbo_original_units"] == pytest.approx(found.elbo.mean() + jacobian)
    known = found.log_likelihood.mean() + jacobian
    assert values["log_likelihood_original_units"] == pytest.approx(known)
    assert lengths.warnings_of(values, config, DATA, "")[1:] == []  # of bits alone


def test_a_probability_has_no_unit() -> None:
    model, config = built("discretised-logistic")
    found = evidence(model)
    values = of(model, config, found)
    assert values["log_jacobian"] == 0.0
    assert values["elbo_original_units"] == pytest.approx(found.elbo.mean())
    assert values["bits_per_dim_bound"] == pytest.approx(
        -found.elbo.mean() / (64 * math.log(2)), rel=1e-6
    )


def test_a_cross_entropy_has_neither() -> None:
    model, config = built("bernoulli")
    values = of(model, config, evidence(model))
    assert set(values.values()) == {None}
    of_bits, of_units = lengths.warnings_of(values, config, DATA, "why not")
    assert of_bits.endswith(bits.NO_LIKELIHOOD) and "cross-entropy" in of_units


def test_a_point_has_no_more_than_the_jacobian() -> None:
    model, config = built("gaussian", "ae")
    values = of(model, config, None)
    assert [key for key, value in values.items() if value is not None] == ["log_jacobian"]
    of_bits, of_units = lengths.warnings_of(values, config, DATA, "it is a point")
    assert of_bits.endswith("are null: it is a point")
    assert of_units.endswith("are null: it is a point")


def test_where_log_p_is_not_known_its_bound_has_both() -> None:
    model, config = built("discretised-logistic")
    values = of(model, config, replace(evidence(model), log_likelihood=None))
    assert values["bits_per_dim"] is values["log_likelihood_original_units"] is None
    assert values["bits_per_dim_bound"] is not None and values["elbo_original_units"] is not None


def test_a_density_of_a_table_has_a_unit_and_no_bits() -> None:
    made = Preparation(1, 64, levels=1, kind="table", centre=(0.0,) * 64, scale=(2.0,) * 64)
    table = replace(DATA, preparation=made, x=np.zeros((30, 1, 64, 1), np.float32))
    model, config = built("gaussian")
    values = of(model, config, evidence(model), table)
    assert values["bits_per_dim"] is values["bits_per_dim_bound"] is None
    assert values["log_jacobian"] == pytest.approx(-64 * math.log(2.0))
    assert values["elbo_original_units"] is not None
