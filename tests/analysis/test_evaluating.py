"""explorer.analysis.evaluating: the numbers of a model that is known in closed form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from explorer.analysis import evaluating, lengths, pca
from explorer.analysis.basis import measured_on
from explorer.analysis.evaluating import Evaluation, Wanted, evaluate, evaluation, kept_in
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.task import Task
from tests.compute.small import DATA, linear_model, snapshot

PER_SAMPLE = {"log_likelihood", "elbo", "reconstruction", "kl", "effective_sample_size", "mse"}


def known(**more: Any) -> Evaluation:
    model, module = linear_model()
    return evaluation(model, DATA, wanted=Wanted(200, **more), module=module)


def test_the_evidence_of_a_linear_model_is_that_of_its_gaussian() -> None:
    """Its posterior is the true one: ELBO and log p(x) are the same number, nothing is loose."""
    found = known()
    _, module = linear_model()
    x = torch.from_numpy(DATA.unit(DATA.test_index)).double()
    truth = module.log_evidence(x).numpy()
    columns = found.columns()
    assert set(columns) == PER_SAMPLE
    np.testing.assert_allclose(columns["log_likelihood"], truth, atol=1e-3)
    values: dict[str, Any] = found.values
    assert values["log_likelihood"] == pytest.approx(columns["log_likelihood"].mean())
    assert values["elbo"] == pytest.approx(columns["elbo"].mean())
    assert values["kl"] == pytest.approx(sum(values["kl_per_dim"]))
    assert values["mse"] == pytest.approx(columns["mse"].mean())
    assert values["log_likelihood_exact"] is True and found.warnings == ()
    assert values["log_likelihood_way"] == "closed form"
    assert values["log_likelihood_importance"] == pytest.approx(truth.mean(), abs=0.05)
    assert (values["n"], values["split"], values["importance_samples"]) == (20, "test", 200)
    assert (values["latent_dim"], values["seed"]) == (2, 0) and "codebook" not in values
    np.testing.assert_array_equal(found.index, DATA.test_index)
    linear, seen = pca.fit(DATA, 2), DATA.unit(DATA.test_index)
    wanted = ((linear.reconstruct(linear.project(seen)) - seen).astype(float) ** 2).mean()
    assert values["pca_mse"] == pytest.approx(wanted, rel=1e-5)


@pytest.mark.parametrize(("split", "n"), [("test", 20), ("train", 80), ("all", 100)])
def test_the_part_that_is_measured(split: str, n: int) -> None:
    found = known(split=split, seed=3)
    assert (found.values["n"], found.values["split"], found.values["seed"]) == (n, split, 3)
    assert len(found.codes.mean) == len(found.index) == n


def test_errors_are_left_out_where_nobody_asks_for_them() -> None:
    found, whole = known(errors=False), known()
    assert found.mse is None and set(found.columns()) == PER_SAMPLE - {"mse"}
    errors = {"mse", "pca_mse", "difference_mse"}
    more = errors | {f"{key}_standard_error" for key in errors}
    assert whole.values.keys() - found.values.keys() == more
    assert found.values["elbo"] == whole.values["elbo"]
    np.testing.assert_array_equal(found.codes.mean, whole.codes.mean)


def test_bits_are_known_of_each_sample_that_they_are_measured_of() -> None:
    found = known()
    assert found.levels is not None and found.levels.bits is not None
    assert found.values["bits_per_dim_n"] == len(found.levels.bits)
    assert found.values["bits_per_dim"] == pytest.approx(found.levels.bits.mean())


def test_a_point_has_errors_and_codes_only() -> None:
    found = evaluation(snapshot("ae"), DATA, wanted=Wanted(5))
    assert found.evidence is None and found.levels is None and set(found.columns()) == {"mse"}
    null = [key for key, value in found.values.items() if value is None]
    assert set(null) == {*evaluating.BOUNDS, *lengths.KEYS} - {"log_jacobian"}
    assert found.values["log_likelihood_exact"] is False
    (why, scale, bits, units) = found.warnings
    assert bits.startswith("bits_per_dim, ") and units.startswith("elbo_original_units and ")
    assert bits.endswith(evaluating.POINT) and units.endswith(evaluating.POINT)
    assert why.startswith("elbo, reconstruction, kl, kl_per_dim, log_likelihood, ")
    assert why.endswith(
        " are null: a plain autoencoder's code is a point: it has no elbo and no log p(x)"
    )
    assert scale.startswith("active_units counts dimensions with Var(mu) > 0.01, but nothing sets")


def coded(preset: str, **more: Any) -> ModelSnapshot:
    config = ModelConfig(preset, hidden=16, **more)
    made = DATA.preparation
    return ModelSnapshot(preset, config, made, weights_of(build(config, made, seed=0)))


def test_a_codebook_draws_nothing_and_says_so() -> None:
    found = evaluation(coded("vq-vae"), DATA, wanted=Wanted(5))
    assert "codebook" in found.values
    said = " | ".join(found.warnings)
    assert "are null: z is a code of a book, so that nothing is drawn" in said
    assert "nothing sets the scale of this model's codes" in said
    if found.values["log_likelihood"] is None:
        assert "log_likelihood is null: log p(x) is a sum over all grids of codes" in said


def test_gaps_come_last_behind_what_is_known() -> None:
    model, module = linear_model()
    told: list[Any] = []
    task = Task(on_partial=told.append)
    found = evaluation(model, DATA, task, Wanted(20, gaps=True), module=module)
    plain = evaluation(model, DATA, wanted=Wanted(20), module=module)
    assert plain.gaps == {} and found.gaps["aggregate_n"] == 80  # of the training part
    known_before = [made for made in told if isinstance(made, Evaluation)]
    assert [made.values for made in known_before] == [plain.values] and not known_before[0].gaps
    assert found.warnings[: len(plain.warnings)] == plain.warnings
    assert any(
        "were estimated from n = 80 codes of the train part" in said for said in found.warnings
    )


def test_a_measurement_that_was_stopped_has_a_file_of_its_own(tmp_path: Path) -> None:
    """Other samples, draws, seeds, data and weights are other measurements."""
    data, index = measured_on(DATA), DATA.test_index
    base = kept_in(tmp_path, coded("vae"), data, index, 20, 0)
    assert base.parent == tmp_path and base.suffix == ".npz"
    assert base == kept_in(tmp_path, coded("vae"), data, index, 20, 0)
    others = {
        kept_in(tmp_path, coded("ae"), data, index, 20, 0),
        kept_in(tmp_path, coded("vae"), data, index[1:], 20, 0),
        kept_in(tmp_path, coded("vae"), data, index, 21, 0),
        kept_in(tmp_path, coded("vae"), data, index, 20, 1),
    }
    assert len(others) == 4 and base not in others
    done = evaluation(coded("vae"), DATA, wanted=Wanted(20, unfinished=tmp_path))
    assert list(tmp_path.iterdir()) == []  # it was done
    assert done.values == evaluate(coded("vae"), DATA, samples=20)
