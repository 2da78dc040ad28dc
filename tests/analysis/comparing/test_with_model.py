"""Two models on the same samples, against closed forms, scipy and scikit-learn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from scipy.stats import multivariate_normal, sem, ttest_rel
from sklearn.manifold import trustworthiness
from sklearn.neighbors import KNeighborsClassifier

from explorer.analysis.basis import Values
from explorer.analysis.comparing.with_model import compare_models, incomparable, require_same_data
from explorer.analysis.evaluating import Wanted
from explorer.data.binarising import binarised
from explorer.data.dataset import Dataset
from explorer.errors import Cancelled, ModelError
from explorer.models.autoencoder import build, from_snapshot, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.task import Task
from tests.analysis.comparing.test_with_pca import hard
from tests.fakes import toy_dataset

DATA = hard(100)
TRAIN, TEST = DATA.train_index, DATA.test_index
LABELS = DATA.labels if DATA.labels is not None else TRAIN
Doubles = NDArray[np.float64]


def made(
    preset: str = "linear-vae", seed: int = 0, data: Dataset = DATA, **more: object
) -> ModelSnapshot:
    config = ModelConfig(preset=preset, hidden=16, **more)  # type: ignore[arg-type]
    weights = weights_of(build(config, data.preparation, seed=seed))
    return ModelSnapshot(f"{preset}-{seed}", config, data.preparation, weights)


@pytest.fixture(scope="module")
def pair() -> tuple[ModelSnapshot, ModelSnapshot]:
    """Apart by their means mostly, so that draws tell the ELBO to a few hundredths of a nat."""
    return quiet(made(seed=0), 0.3), quiet(made(seed=1), 0.45)


def quiet(model: ModelSnapshot, mean: float) -> ModelSnapshot:
    """Little of z in x, whose mean without it is ``mean``."""
    weights = dict(model.weights)
    for name, array in model.weights.items():
        if name.startswith("decoder"):
            bias = np.full(array.shape, mean, array.dtype)
            weights[name] = bias if name.endswith("bias") else array * array.dtype.type(0.05)
    return replace(model, weights=weights)


@pytest.fixture(scope="module")
def found(pair: tuple[ModelSnapshot, ModelSnapshot]) -> Values:
    return compare_models(*pair, DATA, wanted=Wanted(2000))


def affine(model: ModelSnapshot) -> tuple[Doubles, Doubles, float]:
    """b, W and sigma of x = b + W z + sigma eps, from what the decoder makes of 0 and the axes."""
    module = from_snapshot(model)
    with torch.no_grad():
        rows = module.raw(torch.cat([torch.zeros(1, 2), torch.eye(2)])[:, None])[:, 0]
        sigma = float(module.likelihood.log_sigma().exp())  # type: ignore[operator]
    rows = rows.flatten(1).double().numpy()
    return rows[0], (rows[1:] - rows[0]).T, sigma


def codes_of(model: ModelSnapshot, index: NDArray[np.int64]) -> tuple[Doubles, Doubles]:
    """Mean and variance of q(z|x): (m, 2) each."""
    x = torch.from_numpy(DATA.unit(index)).reshape(-1, 1, 8, 8)
    with torch.no_grad():
        posterior = from_snapshot(model).encode(x)
    mean, std = posterior.mean.double().numpy(), posterior.std.double().numpy()
    return mean, std**2


def by_hand(model: ModelSnapshot) -> dict[str, Doubles]:
    """log p(x), the ELBO and the squared error of each test sample in closed form: (m,)."""
    b, w, sigma = affine(model)
    rows, (mean, var) = DATA.unit(TEST).astype(float), codes_of(model, TEST)
    squares = ((rows - b - mean @ w.T) ** 2).sum(1)
    spread = squares + (var * (w**2).sum(0)).sum(1)
    reconstruction = 0.5 * spread / sigma**2 + 32 * np.log(2 * np.pi * sigma**2)
    kl = 0.5 * (var + mean**2 - 1 - np.log(var)).sum(1)
    cov = w @ w.T + sigma**2 * np.eye(64)
    return {
        "log_likelihood": multivariate_normal(b, cov).logpdf(rows),
        "elbo": -reconstruction - kl,
        "mse": squares / 64,
    }


@pytest.mark.parametrize(
    ("name", "near"), [("log_likelihood", 1e-3), ("elbo", 0.05), ("mse", 1e-5)]
)
def test_means_and_their_difference_are_those_of_closed_forms(
    pair: tuple[ModelSnapshot, ModelSnapshot], found: Values, name: str, near: float
) -> None:
    ours, theirs = (by_hand(model)[name] for model in pair)
    wanted = {"": ours, "other_": theirs, "difference_": ours - theirs}
    for of, values in wanted.items():
        assert found[f"{of}{name}"] == pytest.approx(values.mean(), abs=near)
        error = found[f"{of}{name}_standard_error"]
        assert error == pytest.approx(sem(values), rel=0.02)
    low, high = ttest_rel(ours, theirs).confidence_interval(0.95)
    assert found[f"difference_{name}_interval"] == pytest.approx((low, high), abs=2 * near)
    assert abs(found[f"difference_{name}"]) > 3 * near  # type: ignore[arg-type]


def test_neighbours_are_those_of_an_independent_library(
    pair: tuple[ModelSnapshot, ModelSnapshot], found: Values
) -> None:
    rows = DATA.unit(TEST)
    for of, model in zip(("", "other_"), pair, strict=True):
        train, codes = codes_of(model, TRAIN)[0], codes_of(model, TEST)[0]
        trust = trustworthiness(rows, codes, n_neighbors=5)
        assert found[f"{of}trustworthiness"] == pytest.approx(trust, abs=1e-6)
        voters = KNeighborsClassifier(5).fit(train, LABELS[TRAIN])
        assert found[f"{of}knn_accuracy"] == pytest.approx(voters.score(codes, LABELS[TEST]))
    for name in ("trustworthiness", "knn_accuracy"):
        away = found[f"difference_{name}"]
        assert away == pytest.approx(found[name] - found[f"other_{name}"])  # type: ignore[operator]
        low, high = found[f"difference_{name}_interval"]  # type: ignore[misc]
        assert low <= away <= high and low < high
    assert (found["trustworthiness_n"], found["knn_n"], found["neighbours"]) == (20, 20, 5)


def test_what_both_are_is_said(found: Values) -> None:
    facts = (found["n"], found["split"], found["seed"], found["binarisation"])
    assert facts == (20, "test", 0, "none")
    for of in ("", "other_"):
        assert found[f"{of}likelihood"] == "gaussian-learned" and found[f"{of}latent_dim"] == 2
        assert found[f"{of}log_likelihood_exact"] is True
        assert found[f"{of}log_likelihood_way"] == "closed form"
        assert found[f"{of}importance_samples"] == 2000
    assert found["warnings"] == []


def test_a_model_is_ahead_of_itself_by_nothing() -> None:
    model = made("vae", latent_dim=3)
    found = compare_models(model, model, DATA, wanted=Wanted(5, "train", 3))
    assert (found["n"], found["seed"], found["split"]) == (80, 3, "train")
    for name in ("elbo", "log_likelihood", "mse"):
        assert found[name] == found[f"other_{name}"]
        assert found[f"difference_{name}"] == 0 and found[f"difference_{name}_interval"] == (0, 0)
    told = [said for said in found["warnings"] if "loose" in said]  # type: ignore[attr-defined]
    assert [said.startswith("of the other model, ") for said in told] == [False, True]


def with_data(model: ModelSnapshot, name: str, digest: str) -> ModelSnapshot:
    return replace(model, data={"name": name, "hash": digest})


@pytest.mark.parametrize(
    ("names", "said"),
    [(("wine", "iris"), "wine and iris"), (("wine", "wine"), "wine, but not the same")],
)
def test_models_of_other_data_are_refused_in_a_sentence(names: tuple[str, str], said: str) -> None:
    ours, theirs = with_data(made(), names[0], "a"), with_data(made(), names[1], "b")
    with pytest.raises(ModelError, match=f"saw other data: {said}.*trained on the same data"):
        compare_models(ours, theirs, DATA)
    require_same_data(ours, replace(theirs, data=ours.data))
    require_same_data(ours, replace(theirs, data={}))  # it came from elsewhere


def test_models_of_data_made_in_two_ways_are_refused() -> None:
    wider = replace(DATA.preparation, high=100.0)
    with pytest.raises(ModelError, match="data without a name, but not the same or not made alike"):
        require_same_data(made(), replace(made(), preparation=wider))


NATS = [f"difference_{n}{e}" for n in ("elbo", "log_likelihood") for e in ("", "_interval")]


def unsaid(found: Values) -> list[str]:
    """The keys that are null and of which no warning speaks."""
    words = " ".join(found["warnings"])  # type: ignore[arg-type]
    return [key for key, value in found.items() if value is None and key not in words]


@pytest.mark.parametrize("turned", [False, True])
def test_densities_of_another_kind_have_no_difference(turned: bool) -> None:
    both = [made("vae"), made("vae", likelihood="bernoulli")]
    found = compare_models(*(both[::-1] if turned else both), DATA, wanted=Wanted(5))
    assert all(found[key] is None for key in NATS) and found["other_elbo"] is not None
    assert found["difference_mse_interval"] is not None and unsaid(found) == []
    names = ["gaussian-learned", "cross-entropy (not a likelihood)"]
    told = " and ".join(names[::-1] if turned else names) + " are densities of another kind"
    assert any(said.endswith(told) for said in found["warnings"])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("ours", "theirs", "binary", "compare"),
    [
        ("gaussian", "gaussian-learned", False, True),
        ("gaussian", "continuous-bernoulli", False, True),
        ("bernoulli", "bernoulli", False, True),
        ("bernoulli", "continuous-bernoulli", False, False),
        ("bernoulli", "bernoulli", True, True),
        ("bernoulli", "gaussian", True, False),
        ("bernoulli", "discretised-gaussian", True, True),
        ("discretised-logistic", "discretised-gaussian", False, True),
        ("discretised-logistic", "gaussian-learned", False, False),
    ],
)
def test_which_nats_compare(ours: str, theirs: str, binary: bool, compare: bool) -> None:
    data = binarised(DATA, "fixed") if binary else DATA
    models = (made("vae", data=data, likelihood=name) for name in (ours, theirs))
    assert (incomparable(*models, data) == "") == compare


def test_two_forms_of_density_compare_with_a_caution() -> None:
    theirs = made("vae", likelihood="continuous-bernoulli")
    found = compare_models(made("vae"), theirs, DATA, wanted=Wanted(5))
    assert found["difference_elbo"] is not None
    told = [said for said in found["warnings"] if "whole levels" in said]  # type: ignore[attr-defined]
    assert len(told) == 1 and told[0].startswith("gaussian-learned and continuous-bernoulli are")


def test_two_forms_of_probability_compare_without() -> None:
    forms = (made("vae", likelihood=f"discretised-{name}") for name in ("gaussian", "logistic"))
    found = compare_models(*forms, DATA, wanted=Wanted(5))
    assert found["difference_elbo"] is not None
    assert not any("whole levels" in said for said in found["warnings"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("other", ["ae", "vq-vae"])
@pytest.mark.parametrize("first", [True, False])
def test_what_a_model_does_not_have_is_null_and_said(other: str, first: bool) -> None:
    more = {"latent_dim": 16} if other == "vq-vae" else {}  # too many grids of codes to sum over
    models = [made("vae", **more), made(other, **more)]
    found = compare_models(*(models[::-1] if first else models), DATA, wanted=Wanted(5))
    of = "" if first else "other_"
    assert found[f"{of}log_likelihood"] is None and found["difference_log_likelihood"] is None
    assert (found["difference_elbo"] is None) == (other == "ae")
    assert unsaid(found) == [] and found["difference_mse"] is not None


def test_one_sample_without_a_label_has_its_reasons() -> None:
    one = replace(DATA, test=np.arange(100) == 7, labels=None, classes=())
    found = compare_models(made(), made(seed=1), one, wanted=Wanted(5))
    assert found["difference_mse_interval"] is None and found["knn_accuracy"] is None
    assert found["trustworthiness"] is None and unsaid(found) == []


def test_tables_have_no_levels_to_warn_of() -> None:
    toy = toy_dataset(40)
    table = replace(toy.preparation, height=1, width=64, levels=1, kind="table")
    rows = (toy.x / 255.0).astype(np.float32).reshape(40, 1, 64, 1)
    data = replace(toy, x=rows, preparation=table)
    models = (made("vae", data=data, likelihood=n) for n in ("gaussian", "gaussian-learned"))
    found = compare_models(*models, data, wanted=Wanted(5))
    assert found["difference_elbo"] is not None
    assert not any("whole levels" in said for said in found["warnings"])  # type: ignore[attr-defined]


def test_it_stops_when_it_is_told_to(pair: tuple[ModelSnapshot, ModelSnapshot]) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        compare_models(*pair, DATA, task)
