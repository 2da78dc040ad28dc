"""The gaps of a model whose gaps are known, and of models that lack some."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy.stats import norm

from explorer.analysis.basis import Values
from explorer.analysis.evidence import amortisation, estimate
from explorer.analysis.evidence.gaps import gaps, notes_of, numbers_of, warnings_of
from explorer.analysis.latent.aggregate import cholesky
from explorer.data.dataset import Dataset
from explorer.models import autoencoder
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from tests.fakes import toy_dataset


def snapshot(preset: str) -> ModelSnapshot:
    config, made_for = ModelConfig(preset, hidden=16), toy_dataset(5).preparation
    return ModelSnapshot(preset, config, made_for, weights_of(build(config, made_for, seed=0)))


def gaps_of(snapshot: ModelSnapshot, dataset: Dataset) -> Values:
    model = autoencoder.from_snapshot(snapshot)
    return gaps(model, dataset, np.arange(len(dataset)))


@pytest.mark.parametrize("preset", ["vae", "full-cov-vae", "gmm-vae"])
def test_gaps_of_gaussian_posteriors(preset: str) -> None:
    found = gaps_of(snapshot(preset), toy_dataset(20))
    numbers = {key: value for key, value in found.items() if isinstance(value, (int, float))}
    assert None not in numbers_of(found).values()
    assert np.isfinite(list(numbers.values())).all()
    assert numbers["amortisation_gap"] >= 0.0
    assert -0.1 <= numbers["mutual_information"] <= np.log(16) + 1e-9
    assert 0.0 <= numbers["holes"] <= 1.0


@pytest.mark.parametrize("d", [2, 3, 4, 7])
@pytest.mark.parametrize("preset", ["vae", "full-cov-vae"])
def test_information_and_kl_to_the_prior_are_the_kl(
    preset: str, d: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hoffman & Johnson 2016: of the posteriors as they are, whatever the dimension."""
    monkeypatch.setattr(amortisation, "refine", lambda *a, **k: None)  # of no interest, and slow
    model, data = leaning(preset, d), toy_dataset(40)
    index = data.train_index  # whatever part is asked for
    found = gaps_of(model, data)
    measured = estimate.measure(autoencoder.from_snapshot(model), data, index, 2)
    assert measured is not None
    parts = [float(found[key]) for key in ("mutual_information", "kl_to_prior")]  # type: ignore[arg-type]
    errors = [float(found[f"{key}_error"]) for key in ("mutual_information", "kl_to_prior")]  # type: ignore[arg-type]
    assert sum(parts) == pytest.approx(measured.kl.mean(), abs=4.0 * sum(errors))


def leaning(preset: str, d: int) -> ModelSnapshot:
    """Posteriors far from round, where the preset has any: its lean is not 0."""
    config, made_for = ModelConfig(preset, hidden=16, latent_dim=d), toy_dataset(5).preparation
    model = build(config, made_for, seed=0)
    lean = getattr(model.posterior, "lean", None)
    if lean is not None:
        torch.nn.init.constant_(lean.linear.bias, 1.5)
    return ModelSnapshot(preset, config, made_for, weights_of(model))


def test_a_covariance_without_a_root_is_mended() -> None:
    """float32 rounds a narrow one: no crash, and nearly the same."""
    narrow = np.array([[[1.0, 1.0], [1.0, 1.0 - 1e-7]], [[4.0, 0.0], [0.0, 1.0]]], np.float32)
    with pytest.raises(np.linalg.LinAlgError):
        np.linalg.cholesky(narrow.astype(np.float64))
    root = cholesky(narrow)
    assert root @ root.swapaxes(1, 2) == pytest.approx(narrow, abs=1e-5)


def test_a_plain_autoencoder_has_none() -> None:
    assert set(gaps_of(snapshot("ae"), toy_dataset(20)).values()) == {None}


VALUES: Values = {
    "amortisation_gap": 0.5, "amortisation_gap_error": 0.1, "refined_elbo": -9.0, "refined_n": 20,
    "mutual_information": 2.0, "kl_to_prior": 0.1, "holes": 0.2, "mutual_information_error": 0.01,
    "kl_to_prior_error": 0.01, "holes_error": 0.01, "aggregate_n": 1000, "aggregate_part": "train",
    "kl_to_prior_least": 0.05, "aggregate_kl": 2.1, "aggregate_kl_error": 0.01,
}  # fmt: skip
ALL_NULL: Values = dict.fromkeys(VALUES)


def test_sound_numbers_need_few_words() -> None:
    (codes,) = warnings_of(snapshot("vae"), VALUES, 0.5)
    assert "estimated from n = 1,000 codes of the train part" in codes


@pytest.mark.parametrize(("gap", "low"), [(0.41, False), (0.39, True), (None, False)])
def test_an_amortisation_gap_beyond_the_whole_gap_is_said(gap: float | None, low: bool) -> None:
    """Up to its error."""
    said = warnings_of(snapshot("vae"), VALUES, gap)
    assert any(text.startswith("log p(x) is too low") for text in said) == low


@pytest.mark.parametrize(("information", "high"), [(6.6, False), (6.7, True)])
def test_information_at_the_log_of_the_codes_is_said(information: float, high: bool) -> None:
    """log 1000 = 6.91, a quarter of a nat below it."""
    said = warnings_of(snapshot("vae"), VALUES | {"mutual_information": information}, 1.0)
    assert any("at its ceiling, log n = 6.91 for n = 1,000" in text for text in said) == high


@pytest.mark.parametrize(
    ("preset", "why"),
    [
        ("ae", "q(z|x) is a point"),
        ("vq-vae", "q(z|x) is a point"),
        ("flow-vae", "only Gaussian posteriors are refined, and this model's are not"),
    ],
)
def test_why_there_is_no_number_is_said(preset: str, why: str) -> None:
    others: Values = ALL_NULL | {"elbo": None}
    said = warnings_of(snapshot(preset), others, None)
    (null,) = [text for text in said if " null: " in text]
    assert null.endswith(f" are null: {why}") and "elbo," not in null.replace("refined_elbo,", "")
    assert all(key in null for key in VALUES)


def test_a_limit_that_is_not_known_is_no_number_that_the_model_lacks() -> None:
    """The note on the curve says why; without any codes there is no such note."""
    unknown: Values = {"kl_to_prior_limit": None, "mutual_information_limit": None}
    assert not any(" null: " in text for text in warnings_of(snapshot("vae"), VALUES | unknown, 1))
    (null,) = [t for t in warnings_of(snapshot("ae"), ALL_NULL | unknown, None) if " null: " in t]
    assert all(key in null for key in unknown)


def test_nothing_is_noted_of_no_codes() -> None:
    assert notes_of(ALL_NULL) == [] and notes_of(VALUES) != []


def test_where_the_curve_leads_is_noted() -> None:
    found = gaps_of(snapshot("vae"), toy_dataset(40))
    curve, interval = found["aggregate_curve"], found["kl_to_prior_limit_interval"]
    assert isinstance(curve, list) and isinstance(interval, list)
    (note,) = [text for text in notes_of(found) if "by the number of codes" in text]
    for at in curve:
        assert f"{at['kl_to_prior']:.2f} ({at['n']})" in note
    low, high = interval
    assert f"({low:.2f} to {high:.2f})" in note
    unknown = notes_of({**found, "kl_to_prior_limit": None})[-1]
    assert f"at least {low:.2f} and at most {high:.2f}" in unknown


def test_the_ceiling_is_that_of_the_codes_not_of_the_part_evaluated() -> None:
    values = VALUES | {"mutual_information": 6.8}
    assert any("for n = 1,000 codes" in text for text in warnings_of(snapshot("vae"), values, 1.0))
    few = values | {"aggregate_n": 6000}
    assert not any("ceiling" in text for text in warnings_of(snapshot("vae"), few, 1.0))


def test_numbers_with_a_place_of_their_own() -> None:
    found = numbers_of({**VALUES, "aggregate_curve": [], "limit_way": "bounds"})
    assert found["holes"] == 0.2 and not {"aggregate_curve", "limit_way"} & found.keys()
    assert set(numbers_of(ALL_NULL).values()) == {None}
    half = 0.2 * norm.ppf(0.975)
    known = {"kl_to_prior_limit": 1.0, "kl_to_prior_limit_interval": [1 - half, 1 + half]}
    with_limit = numbers_of({**VALUES, **known})
    assert with_limit["kl_to_prior_limit"] == 1.0
    assert with_limit["kl_to_prior_limit_error"] == pytest.approx(0.2)
    unknown = numbers_of({**VALUES, **known, "kl_to_prior_limit": None})
    assert "kl_to_prior_limit" not in found.keys() | unknown.keys()


def test_how_many_samples_the_numbers_are_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.analysis.evidence.gaps.MOST_REFINED", 5)
    found = gaps_of(snapshot("vae"), toy_dataset(20))
    assert (found["refined_n"], found["aggregate_n"]) == (5, 16)
    none = gaps_of(snapshot("ae"), toy_dataset(20))
    assert (none["refined_n"], none["aggregate_n"]) == (None, None)
