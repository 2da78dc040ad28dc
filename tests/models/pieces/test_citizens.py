"""Every piece has words and settings, makes its network, and is told by a form and a flag."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from explorer.config import settings_of
from explorer.data.dataset import Preparation
from explorer.data.kinds import kinds
from explorer.errors import ModelError, SettingsError
from explorer.models.allowed import allowed, pieces_of
from explorer.models.autoencoder import build
from explorer.models.bodies import bodies
from explorer.models.config import ModelConfig
from explorer.models.likelihoods import LINKS, likelihoods
from explorer.models.pieces import Piece, ordered, settings_by_name, with_settings
from explorer.models.pieces.bodies import body_pieces
from explorer.models.pieces.likelihoods import likelihood_pieces
from explorer.models.pieces.posteriors import posterior_pieces
from explorer.models.pieces.priors import prior_pieces
from explorer.models.posteriors import posteriors
from explorer.models.presets import presets
from explorer.models.priors import priors
from tests.guards import PATIENCE

REGISTRIES: tuple[Any, ...] = (body_pieces, likelihood_pieces, posterior_pieces, prior_pieces)
PIECES = [pytest.param(one, id=f"{r.kind}-{one.name}") for r in REGISTRIES for one in r.values()]
GREY = Preparation(8, 8, levels=16)

SCRATCH = '''
"""The Laplace likelihood: absolute errors."""
from dataclasses import dataclass
from explorer.config import setting
from explorer.models.pieces.likelihoods import LikelihoodPiece, likelihood_pieces

@likelihood_pieces.register("laplace")
@dataclass(frozen=True)
class Laplace(LikelihoodPiece):
    """Of absolute errors."""

    name, title, help = "laplace", "Laplace", "Absolute errors, which odd pixels bend less."
    order, formula = 70, r"-\\log p = \\sum_i |x_i - m_i| / b"
    width: float = setting(0.5, "Width", "b, in the units of x.", low=0.01, high=10.0)

    def network(self, link):
        import torch
        from explorer.models.likelihoods import Likelihood, summed

        class Network(Likelihood):
            def log_prob(network, raw, x):
                return summed(-(network.link(raw) - x).abs() / self.width)
            def mean(network, raw):
                return network.link(raw)
            def sample(network, raw, generator=None):
                return network.link(raw)

        return Network(link)
'''


@pytest.mark.parametrize("piece", PIECES)
def test_it_has_words(piece: type[Piece]) -> None:
    assert piece.title and piece.help and piece.__doc__
    assert any(piece.name in r and r[piece.name] is piece for r in REGISTRIES)


@pytest.mark.parametrize("piece", PIECES)
def test_each_setting_has_a_label_a_sentence_and_a_range(piece: type[Piece]) -> None:
    settings = settings_of(piece)
    assert {one.name for one in settings} == {f.name for f in dataclasses.fields(piece)}
    for one in settings:
        assert one.label and one.help.endswith(".") and one.type in (int, float)
        assert one.low is not None and one.high is not None
        assert one.low <= one.default <= one.high


@pytest.mark.parametrize("piece", PIECES)
def test_a_setting_out_of_range_is_refused_by_name(piece: type[Piece]) -> None:
    for one in settings_of(piece):
        for wrong in (one.low - 1.0, one.high + 1.0, float("nan"), float("inf")):
            with pytest.raises(SettingsError, match=f"{one.name} = .* is out of range"):
                with_settings(piece, {one.name: wrong})
        if one.type is int:
            with pytest.raises(SettingsError, match=f"{one.name} = .* is no whole number"):
                with_settings(piece, {one.name: one.default + 0.5})
        assert getattr(with_settings(piece, {one.name: float(one.high)}), one.name) == one.high


def test_settings_of_others_are_left_to_them() -> None:
    assert with_settings(likelihood_pieces["gaussian"], {"codes": 3.0, "sigma": 2.0}) == (
        likelihood_pieces["gaussian"](sigma=2.0)
    )


def test_settings_that_pieces_share_are_there_once() -> None:
    both = settings_by_name([posterior_pieces["quantised"], prior_pieces["codes"]])
    assert list(both) == ["codes", "code_dim"] and both["codes"].label == "Codebook size"


def test_every_network_has_a_piece_and_makes_it() -> None:
    link = LINKS["sigmoid"]
    for name in likelihoods:
        assert type(likelihood_pieces[name]().network(link)) is likelihoods[name]
    for name in priors:
        assert type(prior_pieces[name]().network(4)) is priors[name]
    for name in posteriors:
        assert type(posterior_pieces[name]().network(8, 4)) is posteriors[name]
    for name in bodies:
        assert body_pieces[name]().network() is bodies[name]


def test_settings_reach_the_networks() -> None:
    def made(preset: str, **options: float) -> Any:
        likelihood = "gaussian" if "sigma" in options else ""
        config = ModelConfig(
            preset, latent_dim=4, hidden=16, likelihood=likelihood, options=options
        )
        return build(config, GREY, seed=0)

    assert made("vq-vae", codes=5.0, code_dim=4.0).posterior.codebook().shape == (5, 4)
    assert made("vq-vae", codes=5.0).prior.codes == 5
    assert made("gmm-vae", components=3).prior.means.shape == (3, 4)
    assert len(made("flow-vae", flow_steps=2).posterior.steps) == 2
    assert made("vae", sigma=0.25).likelihood.log_sigma().exp() == pytest.approx(0.25)
    dropped = made("vae", dropout=0.5).encoder.corrupt.dropped
    assert dropped == 128 and isinstance(
        made("vae", dropout=0.0).encoder.corrupt, torch.nn.Identity
    )


@pytest.mark.parametrize("kind", list(kinds))
@pytest.mark.parametrize("name", list(presets))
def test_exactly_the_settings_of_the_chosen_pieces(name: str, kind: str) -> None:
    preset = presets[name]
    for likelihood in preset.likelihoods_for(kind):
        for body in preset.bodies_for(kind):
            config = ModelConfig(name, body, likelihood)
            found = {one.name: one.default for one in preset.settings(config, kind)}
            assert ("sigma" in found) == (likelihood == "gaussian")
            assert ("dropout" in found) == (body != "linear")
            assert ("codes" in found) == (name == "vq-vae")
            assert ("flow_steps" in found) == (name == "flow-vae")
            assert ("components" in found) == (name == "gmm-vae")
            assert found.items() <= preset.options.items()


def test_what_presets_offer() -> None:
    """The default first, then the order of the pieces."""
    assert presets["vae"].likelihoods == tuple(one.name for one in ordered(likelihood_pieces))
    assert presets["ae"].likelihoods[:2] == ("gaussian", "gaussian-learned")
    assert presets["vae"].bodies == ("mlp", "conv", "burda")
    assert presets["vae"].bodies_for("signals") == ("mlp", "conv1d", "burda")
    assert presets["vae"].bodies_for("table") == ("mlp", "burda")
    assert presets["linear-vae"].all_bodies == ("linear",)
    assert presets["vae"].body_for("conv", "signals") == "conv1d"
    assert presets["vae"].body_for("conv", "table") == "conv"  # which is refused by name
    assert presets["linear-ae"].body_for("mlp") == "linear"


def test_a_presets_own_default_of_a_setting() -> None:
    own = dataclasses.replace(presets["vae"], defaults={"dropout": 0.4})
    assert own.options["dropout"] == 0.4
    assert {s.name: s.default for s in own.settings(ModelConfig())}["dropout"] == 0.4
    assert pieces_of(ModelConfig(), own, "images").body == body_pieces["mlp"](dropout=0.4)


@pytest.mark.parametrize(
    ("preset", "options", "said"),
    [
        ("vq-vae", {"codes": 1.0}, "codes = 1 is out of range"),
        ("vq-vae", {"codes": 3.5}, "codes = 3.5 is no whole number"),
        ("vae", {"dropout": 1.0}, "dropout = 1.0 is out of range"),
        ("vae", {"codes": 3.0}, "vae has no option 'codes'"),
        ("vae", {"sigma": float("nan")}, "sigma = nan is out of range"),
    ],
)
def test_a_model_with_wrong_settings_is_refused(
    preset: str, options: dict[str, float], said: str
) -> None:
    with pytest.raises(ModelError, match=said):
        allowed(ModelConfig(preset, options=options), GREY)


def test_settings_of_a_piece_that_is_not_chosen_do_no_harm() -> None:
    """As checkpoints have them whose likelihood was chosen later."""
    allowed(ModelConfig("vae", likelihood="bernoulli", options={"sigma": 0.5}), GREY)


def test_names_are_honest() -> None:
    bernoulli = likelihood_pieces["bernoulli"]
    assert bernoulli.title_for(binary=True) == "Bernoulli"
    assert bernoulli.title_for(binary=False) == "cross-entropy (not a likelihood)"
    assert "probability" in bernoulli.card(binary=True)[1]
    assert "not a likelihood" in bernoulli.card(binary=False)[1]
    assert bernoulli.warning_for(binary=True) == ""
    assert bernoulli.warning_for(binary=False).startswith("Grey values: a cross-entropy")
    assert bernoulli.bound_title("ELBO", binary=False) == "-(cross-entropy + KL)"
    assert bernoulli.bound_title("log p(x|z)", binary=False) == "-cross-entropy"
    assert bernoulli.bound_title("ELBO", binary=True) == "ELBO"


@pytest.mark.parametrize("name", [n for n in likelihood_pieces if n != "bernoulli"])
def test_others_are_likelihoods_of_any_data(name: str) -> None:
    piece = likelihood_pieces[name]
    for binary in (True, False):
        assert piece.title_for(binary=binary) == piece.title
        assert piece.card(binary=binary) == (piece.formula, piece.help)
        assert piece.warning_for(binary=binary) == piece.warning
        assert piece.bound_title("ELBO", binary=binary) == "ELBO"
        assert piece.short_for(binary=binary) == name.replace("-", " ")


def test_a_new_likelihood_is_one_file(tmp_path: Path) -> None:
    """It is in the flags, in the list of models, in the form, and can be trained and reopened."""
    (tmp_path / "laplace.py").write_text(SCRATCH)
    start = f"""
import sys, runpy, explorer.models.pieces.likelihoods
runpy.run_path({str(tmp_path / "laplace.py")!r})
from explorer.cli import main
sys.exit(main(sys.argv[1:]))
"""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", start, *words]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, check=False
        )

    listed = json.loads(run("models", "--json").stdout)
    assert "laplace" in listed["vae"]["likelihoods"] and listed["vae"]["options"]["width"] == 0.5
    assert "laplace" not in listed["linear-vae"]["likelihoods"]
    assert "laplace" in run("train", "--help").stdout
    words = ("train", "digits", "--epochs", "1", "--likelihood", "laplace", "--set", "hidden=8")
    trained = run(*words, "--set", "width=2", "--out", str(tmp_path / "model"), "--json")
    assert trained.returncode == 0, trained.stderr
    assert json.loads(trained.stdout.splitlines()[-1])["likelihood_title"] == "Laplace"
    for wrong, said in (("width=0", "width = 0.0 is out of range"), ("sigma=1", "no setting of")):
        failed = run(*words, "--set", wrong, "--out", str(tmp_path / "other"))
        assert failed.returncode in (1, 2) and said in failed.stderr
        assert len(failed.stderr.strip().splitlines()) == 1
