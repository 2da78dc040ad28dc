"""What one does with a model, as commands: what they print and write, and what they refuse."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer import paths
from explorer.cli import main
from tests.analysis.applications.test_anomalies import anomalies
from tests.commands.conftest import Call


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_anomalies(data: str, checkpoint: str, tmp_path: Path, done: Call) -> None:
    out = tmp_path / "scores.csv"
    words = ("anomalies", checkpoint, data, "--out", out, "--normal", "0", "1")
    assert done(*words)["n"] == len(table(out)) == 6  # the held-out part, unless it is told
    found = done(*words, "--split", "all")
    assert out.read_text().splitlines()[0] == "index,label,score,reconstruction,kl"
    rows = table(out)
    assert found["n"] == len(rows) == 60
    score = np.array([float(row["score"]) for row in rows])
    parts = [float(row["reconstruction"]) + float(row["kl"]) for row in rows]
    assert score == pytest.approx(np.array(parts), abs=1e-3)
    odd = np.array([row["label"] == "2" for row in rows])
    assert found["auroc"] == pytest.approx(anomalies.auroc(odd, score))
    assert 0.0 <= found["pca_auroc"] <= 1.0 and found["pca_learned"] == "the whole training part"
    assert found["pca_n"] == 54


def test_a_model_of_the_normal_alone_is_held_against_such_a_pca(
    data: str, tmp_path: Path, done: Call, failed: Call
) -> None:
    model, out = tmp_path / "model", tmp_path / "scores.csv"
    words = ("train", data, "--out", model, "--epochs", "1", "--set", "hidden=16", "--only")
    assert "'nosuch'" in failed(1, *words, "nosuch")
    done(*words, "0", "1")
    found = done("anomalies", model, data, "--out", out, "--normal", "0", "1")
    assert found["pca_learned"] == "the normal training part" and found["pca_n"] < 54
    found = done("anomalies", model, data, "--out", out, "--normal", "1")
    assert found["pca_learned"] == "the whole training part"


def test_a_model_that_knows_the_anomalies_is_said_to(
    data: str, checkpoint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, out = str(tmp_path / "model"), str(tmp_path / "scores.csv")
    train = ["train", data, "--out", model, "--epochs", "1", "--set", "hidden=16"]
    assert main([*train, "--only", "0", "1"]) == 0
    for name, normal, said in (
        (checkpoint, ["0", "1"], True),
        (model, ["0"], True),
        (model, ["0", "1"], False),
        (model, [], False),
    ):
        capsys.readouterr()
        flags = ["--normal", *normal] if normal else []
        assert main(["anomalies", name, data, "--out", out, *flags]) == 0
        err = capsys.readouterr().err
        assert (f"train --only {' '.join(normal)} makes one" in err) == said


def test_anomalies_without_normal(
    data: str, checkpoint: str, plain: str, tmp_path: Path, done: Call
) -> None:
    out = tmp_path / "scores.csv"
    found = done("anomalies", checkpoint, data, "--out", out, "--split", "test")
    assert found["auroc"] is None and found["pca_auroc"] is None
    assert found["n"] == len(table(out)) < 60
    found = done("anomalies", plain, data, "--out", out)
    assert found["score"] == "reconstruction"
    assert {row["kl"] for row in table(out)} == {""}


def test_anomalies_refuses(
    data: str, checkpoint: str, plain: str, tmp_path: Path, failed: Call
) -> None:
    out = tmp_path / "scores.csv"
    assert "'nosuch'" in failed(
        1, "anomalies", checkpoint, data, "--out", out, "--normal", "nosuch"
    )
    failed(1, "anomalies", plain, data, "--out", out, "--score", "elbo")
    failed(2, "anomalies", checkpoint, data, "--out", tmp_path / "scores.txt")
    bare = tmp_path / "bare.npy"
    np.save(bare, np.random.default_rng(0).integers(0, 255, (20, 8, 8), dtype=np.uint8))
    assert "labels" in failed(1, "anomalies", checkpoint, bare, "--out", out, "--normal", "0")
    assert not out.exists()


@pytest.mark.parametrize("suffix", [".csv", ".npz"])
def test_evidence_of_every_sample(
    suffix: str, data: str, checkpoint: str, tmp_path: Path, done: Call
) -> None:
    out = tmp_path / f"evidence{suffix}"
    words = ("evaluate", checkpoint, data, "--samples", "20", "--split", "all")
    found = done(*words, "--out", out)
    if suffix == ".csv":
        column = np.array([float(row["log_likelihood"]) for row in table(out)])
    else:
        column = np.load(out)["log_likelihood"]
    assert len(column) == 60
    assert column.mean() == pytest.approx(found["log_likelihood"])
    assert done(*words, "--fresh")["log_likelihood"] == found["log_likelihood"]
    assert not list(paths.unfinished().glob("*"))


def test_gaps(data: str, checkpoint: str, plain: str, done: Call) -> None:
    found = done("evaluate", checkpoint, data, "--samples", "20", "--gaps")
    assert found["amortisation_gap"] >= 0.0 and 0.0 <= found["holes"] <= 1.0
    assert found["mutual_information"] <= np.log(6) + 1e-6
    found = done("evaluate", plain, data, "--samples", "20", "--gaps")
    assert found["amortisation_gap"] is None and found["kl_to_prior"] is None
    assert found["log_likelihood"] is None


def test_denoise(data: str, checkpoint: str, tmp_path: Path, done: Call) -> None:
    out = tmp_path / "strip.png"
    found = done("denoise", checkpoint, data, "--out", out, "--count", "4", "--split", "all")
    assert {"mse", "noisy_mse", "pca_mse", "mean_mse"} <= set(found)
    assert found["noisy_mse"] == pytest.approx(0.25, rel=0.1)
    assert found["pca_mse"] < found["noisy_mse"]
    with Image.open(out) as picture:
        assert picture.size == (10 * 4 * 8, 10 * (3 * 8 + 2 * 2))


@pytest.mark.parametrize("hole", ["quarter", "centre", "half"])
def test_inpaint(hole: str, data: str, checkpoint: str, tmp_path: Path, done: Call) -> None:
    out = tmp_path / "strip.png"
    words = ("--hole", hole, "--count", "3", "--steps", "3", "--split", "all", "--scale", "1")
    found = done("inpaint", checkpoint, data, "--out", out, *words)
    assert {"mse", "pca_mse", "mean_mse"} <= set(found)
    with Image.open(out) as picture:
        assert picture.size == (3 * 8, 3 * 8 + 2 * 2)


def test_probe(data: str, checkpoint: str, done: Call, capsys: pytest.CaptureFixture[str]) -> None:
    found = done("probe", checkpoint, data, "--repeats", "2")
    assert {p["labels_per_class"] for p in found["curve"]} == {1, 5, 10}
    assert main(["probe", checkpoint, data, "--repeats", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 + 9 and lines[1].split()[-3:] == ["1", "5", "10"]


@pytest.mark.parametrize("sampler", ["mixture", "prior", "around", "truncated"])
def test_sample(sampler: str, data: str, checkpoint: str, tmp_path: Path, done: Call) -> None:
    words = ("sample", checkpoint, data, "--sampler", sampler, "--n", "5")
    done(*words, "--out", tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == (16 * 24, 16 * 16)
    done(*words, "--out", tmp_path / "a.npz")
    kept = np.load(tmp_path / "a.npz")
    assert kept["z"].shape == (5, 2) and kept["x"].shape == (5, 8, 8, 1)


def test_sample_refuses(
    data: str, checkpoint: str, plain: str, tmp_path: Path, failed: Call
) -> None:
    out = tmp_path / "a.png"
    failed(1, "sample", plain, data, "--out", out, "--sampler", "prior")
    failed(1, "sample", checkpoint, data, "--out", out, "--sampler", "around", "--about", "60")


@pytest.mark.parametrize("model", ["linear-ae", "linear-vae"])
def test_linear_truth(model: str, data: str, done: Call) -> None:
    found = done("linear-truth", data, "--model", model, "--epochs", "60")
    first, last = found["curve"][0], found["curve"][-1]
    assert 1.0 - 1e-6 <= found["ratio"] < first["ratio"]
    assert last["angles_degrees"][0] < first["angles_degrees"][0]
    assert (found["evidence"] is None) == (model == "linear-ae")
    assert found["n"] == 54
