"""benchmarks/results.py: what models differ by on the same samples, and the table of it."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import sem

from benchmarks.family import jobs as family
from benchmarks.family.jobs import Job
from benchmarks.family.page import OTHERS, page, table
from benchmarks.family.pairing import differences, paired
from benchmarks.family.training import data_of, trained
from explorer.analysis.evidence.bits import BOUND

VAE = Job("vae", "vae", "digits", 2, 0, 3)
FLOW = replace(VAE, row="flow-vae", preset="flow-vae")


def asked(**more: Any) -> argparse.Namespace:
    usual = {"data": ["fashion"], "dims": [2, 16], "seeds": 2, "fifty": 1, "scale": 1.0}
    return argparse.Namespace(**{**usual, "presets": None, **more})


def test_the_first_seed_of_all_comes_before_the_second_of_any() -> None:
    jobs = list(family.planned(asked()))
    assert [job.seed for job in jobs] == sorted(job.seed for job in jobs)
    assert len({job.key for job in jobs}) == len({job.name for job in jobs}) == len(jobs)
    fifty = [job for job in jobs if job.row in family.ONLY_TWO]
    assert [(job.seed, job.latent_dim) for job in fifty] == [(0, 2)]


def test_a_name_says_what_is_trained_and_not_where_its_file_lies() -> None:
    here, there = replace(VAE, data="/a/mnist.npz"), replace(VAE, data="/b/mnist.npz")
    assert here.key == there.key and here.name == there.name == "mnist-2-vae-3-0"
    (job, *_), (other, *_) = family.published("m.npz", 1), family.burda("m.npz", 5)
    assert (job.n_train, job.epochs, job.likelihood, job.base) == (5000, 30, "bernoulli", "vae")
    assert other.base == other.row and other.binarisation == "dynamic"
    assert job.published and other.published and not VAE.published


def kept(index: list[int], **columns: list[float]) -> dict[str, np.ndarray]:
    return {"index": np.array(index), **{name: np.array(v) for name, v in columns.items()}}


def test_differences_are_taken_sample_by_sample() -> None:
    ours = kept([3, 5, 9], log_likelihood=[1.0, 4.0, 2.0], mse=[0.1, 0.2, 0.3])
    theirs = kept([3, 5, 9], log_likelihood=[0.5, 1.0, 3.0], mse=[0.2, 0.2, 0.2], elbo=[1, 2, 3])
    found = differences(ours, theirs)
    assert found["difference_log_likelihood"] == pytest.approx(2.5 / 3)
    wanted = sem([0.5, 3.0, -1.0])
    assert found["difference_log_likelihood_standard_error"] == pytest.approx(wanted)
    assert found["difference_mse"] == pytest.approx(0.0) and found["difference_elbo"] is None
    assert differences(ours, {**theirs, "mse": np.ones(2)})["difference_mse"] is None
    assert differences(ours, {**theirs, "index": np.array([3, 5, 8])}) == {}  # other samples
    assert differences({}, theirs) == {} and differences(ours, {}) == {}


def test_a_model_is_held_against_the_vae_of_its_data_size_and_seed(tmp_path: Path) -> None:
    jobs = [VAE, FLOW, replace(FLOW, seed=1), replace(FLOW, latent_dim=16)]
    for i, job in enumerate(jobs):
        np.savez(tmp_path / f"{job.name}.npz", index=np.arange(2), elbo=np.array([1.0 + i, 3.0]))
    found = paired(jobs, tmp_path)
    assert list(found) == [FLOW.key] and found[FLOW.key]["difference_elbo"] == 0.5


def test_a_published_setting_is_held_against_the_vae_of_as_many_passes(tmp_path: Path) -> None:
    jobs = [*family.burda("m.npz", 20), *family.burda("m.npz", 80)]
    for i, job in enumerate(jobs):
        np.savez(tmp_path / f"{job.name}.npz", index=np.arange(2), elbo=np.array([i, i + 1.0]))
    found = paired(jobs, tmp_path)
    assert [found[job.key]["difference_elbo"] for job in jobs if job.row != job.base] == [1, 2] * 2
    assert len(found) == 4


def row(name: str = "vae", seed: int = 0, **more: Any) -> dict[str, Any]:
    known = {
        "row": name, "data": "digits", "latent_dim": 2, "seed": seed, "likelihood": "g",
        "epochs": 3, "n": 10, "n_train": 20, "binarisation": "none", "importance_samples": None,
        "pca_mse": 0.5, "pca_knn_accuracy": None, "log_likelihood_exact": True, "seconds": 2.0,
        "log_likelihood": 1.0 + seed, "log_likelihood_standard_error": 0.25,
        "log_likelihood_loose": False,
    }  # fmt: skip
    return {**known, **more}


def cells(*rows: dict[str, Any]) -> dict[str, str]:
    """Of the last line of a table, by the heads of its columns."""
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table(rows)[2:]]
    return dict(zip(lines[0], lines[-1], strict=True))


def test_a_line_has_the_error_over_samples_and_the_deviation_over_seeds() -> None:
    found = cells(row(), row(seed=1))
    assert found["log p(x)"] == "1.50 \u00b1 0.25 (0.71)" and found["epochs, seeds"] == "3, 2"
    assert "bits/dim" not in found and "gap" not in found  # nobody has any


def test_bits_of_a_probability_that_is_known_from_below_are_known_from_above() -> None:
    known = {"bits_per_dim": 1.5, "bits_per_dim_standard_error": 0.02, "bits_per_dim_n": 100}
    assert cells(row(**known))["bits/dim"] == "1.500 \u00b1 0.020"
    assert cells(row(**known, latent_dim=3))["bits/dim"] == "\u2264 1.500 \u00b1 0.020"
    bounded = row(**known, bits_per_dim_way=BOUND)
    assert "bits/dim" not in cells(row(), bounded)  # a mean over seeds needs all of them
    assert cells(bounded)["bits/dim"] == "\u2264 1.500 \u00b1 0.020"
    above = {"bits_per_dim_bound": 2.0, "bits_per_dim_bound_standard_error": 0.1}
    assert cells(row(**above))["bits/dim"] == "\u2264 2.000 \u00b1 0.100"
    assert "bits of 100 test samples" in table([row(**known)])[0]
    assert "bits" not in table([row()])[0]


def test_runs_with_more_passes_are_no_seeds_of_the_same() -> None:
    name = f"vae, {family.BURDA}"
    lines = table([row(name, epochs=80, train_elbo=-9.0), row(name, train_elbo=-8.0), row(name)])
    assert [line.split("|")[3].strip() for line in lines[4:]] == ["3, 2", "80, 1"]
    found = cells(row(name, train_elbo=-8.0))
    assert found["ELBO, of training samples"] == "-8.00"
    assert "ELBO, of training samples" not in cells(row(train_elbo=-8.0))
    twenty, eighty = (list(family.burda("m.npz", n)) for n in (20, 80))
    assert len({job.key for job in twenty + eighty}) == 6


def test_what_is_no_exact_value_says_so() -> None:
    told = {"log_likelihood_exact": False, "importance_samples": 1000}
    assert cells(row(**told))["log p(x)"] == "\u2265 1.00 \u00b1 0.25"
    assert cells(row(**told, log_likelihood_upper=1.5))["log p(x)"] == "1.00 \u00b1 0.25 .. 1.50"
    loose = row(**{**told, "log_likelihood_loose": True}, log_likelihood_upper=1.5)
    assert cells(loose)["log p(x)"] == "1.00 \u00b1 0.25 .. 1.50 (loose)"
    assert "K = 1,000" in table([row(**told)])[0]


def test_the_page_has_a_table_for_each_data_and_size_and_the_published_ones_last() -> None:
    rows = [row("vae, as in Burda et al.", data="mnist"), row("vae, 5,000 pictures", data="mnist"),
            row(data="mnist"), row(latent_dim=16), row("iwae (K = 5)"), row()]  # fmt: skip
    text = page("# Head\n\n", rows)
    heads = [line for line in text.splitlines() if line.startswith("#")]
    assert heads == [
        "# Head", "## digits, 2 latent dimensions", "## digits, 16 latent dimensions",
        "## mnist, 2 latent dimensions", *(f"## {title}" for title in OTHERS.values()),
    ]  # fmt: skip
    assert text.index("| vae |") < text.index("| iwae (K = 5) |")  # in the order of the plan


def test_a_model_that_is_kept_is_not_trained_again(tmp_path: Path) -> None:
    job = replace(VAE, epochs=1, n_train=100, hidden=16)
    data = data_of(job)
    assert len(data.train_index) == 100 and len(data.test_index) == 359
    assert data.labels is not None and set(data.labels[data.train_index]) == set(range(10))
    first, seconds = trained(job, data, tmp_path)
    again, same = trained(job, data, tmp_path)
    assert again.id == first.id and same == seconds > 0 and again is not first
    assert first.training["epochs"] == 1 and first.training["seed"] == 0
