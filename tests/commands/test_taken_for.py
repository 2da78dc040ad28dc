"""No number of any command, of any member of the family, is taken for what it is not.

What is null says why, by its name, in ``warnings``; what is no number is said, and on stderr too.
"""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer import paths
from explorer.cli import main
from explorer.models import checkpoint as checkpoints
from explorer.models.presets import presets
from tests.commands.conftest import Call

SMALL = ("--epochs", "1", "--set", "hidden=16")


@pytest.fixture(scope="session")
def trained(data: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A checkpoint of a preset, made once."""
    made: dict[str, str] = {}

    def of(preset: str, *more: str) -> str:
        key = " ".join((preset, *more))
        if key not in made:
            made[key] = str(tmp_path_factory.mktemp("model") / "m")
            words = ["train", data, "--out", made[key], "--model", preset, *SMALL, *more]
            assert main(words) == 0
        return made[key]

    return of


def unexplained(values: dict[str, Any]) -> list[str]:
    """Keys of nulls that no sentence of ``warnings`` names."""
    said = " ".join(values.get("warnings", ()))
    return [key for key, value in values.items() if value is None and key not in said]


@pytest.mark.parametrize("preset", list(presets))
def test_every_null_has_a_reason(preset: str, trained: Any, data: str, tmp_path: Path, done: Call,
                                 monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    model, out = trained(preset), tmp_path / "scores.csv"
    monkeypatch.setattr(paths, "runs", lambda: Path(model).parent)
    again = tmp_path / "again"
    answers = {
        "train": done("train", data, "--out", again, "--model", preset, *SMALL),
        "evaluate": done("evaluate", model, data, "--samples", "5", "--gaps"),
        "compare": done("compare", model, data),
        "anomalies": done("anomalies", model, data, "--out", out),
        "normal": done("anomalies", model, data, "--out", out, "--normal", "0", "1", "2"),
        "denoise": done("denoise", model, data, "--out", tmp_path / "a.png"),
        "inpaint": done("inpaint", model, data, "--out", tmp_path / "a.png", "--steps", "1"),
    }
    assert {
        name: unexplained(values) for name, values in answers.items() if unexplained(values)
    } == {}
    listed = done("runs")
    assert listed["runs"] and (listed["runs"][0]["test_elbo"] is not None or listed["warnings"])


@pytest.mark.parametrize("preset", list(presets))
def test_what_is_no_bound_is_not_called_one(
    preset: str, trained: Any, data: str, done: Call
) -> None:
    """An elbo where q(z|x) is a distribution; draws only where something is drawn."""
    found = done("evaluate", trained(preset), data, "--samples", "20")
    posterior = presets[preset].posterior
    assert (found["elbo"] is None) == (posterior == "point")
    assert (found["effective_sample_size"] is None) == (posterior in ("point", "quantised"))
    assert found["log_likelihood_exact"] == (posterior != "point")  # two dimensions, or a book
    if found["effective_sample_size"] is not None:
        assert 1.0 <= found["effective_sample_size_median"] <= found["importance_samples"] == 20
        assert 0.0 <= found["share_below_10"] <= 1.0
    if posterior == "quantised":  # log p(x) is a sum with the elbo's one term in it, and more
        assert found["log_likelihood"] > found["elbo"] + 1e-3


@pytest.mark.parametrize(("preset", "d"), [("vae", 3), ("vae", 2), ("ae", 2), ("vq-vae", 16)])
def test_a_bracket_holds_log_p_or_says_why_not(
    preset: str, d: int, trained: Any, data: str, done: Call
) -> None:
    words = ("--samples", "100", "--bracket")
    found = done("evaluate", trained(preset, "--latent-dim", str(d)), data, *words)
    assert unexplained(found) == []
    if d == 3:
        assert found["bracket_upper"] == pytest.approx(
            found["bracket_lower"] + found["bracket_gap"], abs=1e-6
        )
        assert (
            found["log_likelihood_upper"] >= found["log_likelihood"] and found["bracket_n"] == 100
        )
    elif found["log_likelihood_exact"]:
        assert found["log_likelihood_upper"] == found["log_likelihood"]
    else:
        assert found["log_likelihood_upper"] is None


def test_a_large_codebook_has_no_known_log_likelihood(trained: Any, data: str, done: Call) -> None:
    wide = trained("vq-vae", "--latent-dim", "16")
    found = done("evaluate", wide, data, "--samples", "5")
    assert found["log_likelihood"] is None and found["log_likelihood_exact"] is False
    assert unexplained(found) == [] and math.isfinite(found["elbo"])


def test_a_loose_bound_says_so(trained: Any, data: str, done: Call,
                               capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    loose = trained("vae", "--latent-dim", "3")  # with two it would be exact
    found = done("evaluate", loose, data, "--samples", "3", "--gaps")
    assert any("log p(x) is loose" in sentence for sentence in found["warnings"])
    n = found["aggregate_n"]
    assert any(f"n = {n} codes" in sentence for sentence in found["warnings"]), n
    assert main(["evaluate", loose, data, "--samples", "3"]) == 0
    assert "log p(x) is loose" in capsys.readouterr().out


@pytest.mark.parametrize("scale", [1e12, 1e38])
@pytest.mark.parametrize("part", ["decoder", "posterior"])
@pytest.mark.parametrize("preset", ["full-cov-vae", "vq-vae", "ae"])
def test_huge_weights_are_said(
    preset: str,
    part: str, scale: float, trained: Any, data: str, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Either one error, or an answer that names each number that is none, on stderr too."""
    folder = tmp_path / "huge"
    _scaled(trained(preset), part, scale, folder)
    commands = (
        ("evaluate", "--samples", "5", "--gaps"), ("compare",), ("probe", "--repeats", "1"),
        ("anomalies", "--out", str(tmp_path / "s.csv"), "--normal", "0"),
        ("denoise", "--out", str(tmp_path / "a.png")),
        ("inpaint", "--out", str(tmp_path / "a.png"), "--steps", "1"),
        ("sample", "--out", str(tmp_path / "a.png"), "--n", "4"),
    )  # fmt: skip
    for name, *words in commands:
        capsys.readouterr()
        code = main([name, str(folder), data, *words, "--json"])
        out, err = capsys.readouterr()
        assert "Traceback" not in err, (name, err)
        if code:
            assert code == 1 and err.splitlines()[-1].startswith("error: "), (name, err)
            continue
        found = json.loads(out.splitlines()[-1])
        assert unexplained(found) == [], name
        for sentence in found.get("warnings", ()):
            if "no finite number" in sentence:
                assert sentence in err


def _scaled(folder: str, part: str, scale: float, out: Path) -> None:
    """The same model, the weights of a part far out of range."""
    kept = checkpoints.load(Path(folder))
    weights = dict(kept.weights)
    for name, array in kept.weights.items():
        if name.startswith(part) and array.dtype == np.float32:
            with np.errstate(over="ignore"):
                far = np.clip(array.astype(np.float64) * scale, -3e38, 3e38)
            weights[name] = np.asarray(far, np.float32)
    checkpoints.save(out, replace(kept, weights=weights))
