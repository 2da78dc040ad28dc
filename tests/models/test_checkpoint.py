"""Checkpoints come back as they were saved; whatever else is in the folder gets one sentence."""

from __future__ import annotations

import json
import math
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy
import torch

from explorer.data.dataset import Preparation
from explorer.errors import CheckpointError, EnvironmentFault
from explorer.models import checkpoint
from explorer.models.autoencoder import build, from_snapshot, weights_of
from explorer.models.checkpoint import ResumeState
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.models.encoding import encode
from explorer.models.files import staging
from tests.fakes import toy_dataset

CONFIG = ModelConfig(hidden=16)


def make(seed: int = 0, config: ModelConfig = CONFIG) -> ModelSnapshot:
    data = toy_dataset()
    model = build(config, data.preparation, seed=seed)
    return ModelSnapshot(
        id=f"model-{seed}",
        config=config,
        preparation=data.preparation,
        weights=weights_of(model),
        metrics={"test_elbo": -1.5, "nothing": float("nan")},
        training={"epochs": 3},
        data={"name": "toy", "hash": data.content_hash},
    )


def codes_of(snapshot: ModelSnapshot) -> Codes:
    return encode(from_snapshot(snapshot), toy_dataset(), model_id=snapshot.id)


def same_weights(first: ModelSnapshot, second: ModelSnapshot) -> bool:
    return first.weights.keys() == second.weights.keys() and all(
        np.array_equal(first.weights[name], second.weights[name]) for name in first.weights
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    checkpoint.save(tmp_path / "model", make())
    return tmp_path / "model"


def test_round_trip(folder: Path) -> None:
    saved, loaded = make(), checkpoint.load(folder)
    assert (loaded.id, loaded.config, loaded.preparation) == (
        saved.id,
        saved.config,
        saved.preparation,
    )
    assert loaded.metrics == {"test_elbo": -1.5, "nothing": None}
    assert loaded.path == str(folder)
    assert same_weights(saved, loaded)
    assert not any(w.flags.writeable for w in loaded.weights.values())
    z = torch.randn(5, 2)
    assert torch.equal(from_snapshot(loaded).decode(z), from_snapshot(saved).decode(z))


def test_the_folder_holds_what_the_contract_says(folder: Path) -> None:
    assert sorted(p.name for p in folder.iterdir()) == ["model.json", "model.safetensors"]
    card = json.loads((folder / "model.json").read_text())
    assert card["schema"] == 1
    assert {"config", "shapes", "data", "training", "metrics", "versions"} <= card.keys()
    assert checkpoint.is_checkpoint(folder)
    assert not checkpoint.is_checkpoint(folder.parent)
    assert not checkpoint.is_checkpoint(folder / "model.json")


def test_non_ascii_path(tmp_path: Path) -> None:
    checkpoint.save(tmp_path / "mod\u00e8le \u6a21\u578b", make())
    assert same_weights(checkpoint.load(tmp_path / "mod\u00e8le \u6a21\u578b"), make())


def test_resume_state_round_trip(tmp_path: Path) -> None:
    state = ResumeState({"a": np.arange(3), "scalar": np.float32(2)}, {"step": 7, "x": [0.1]})
    checkpoint.save(tmp_path, make(), resume=state)
    loaded = checkpoint.load_resume(tmp_path)
    assert loaded.values == state.values
    np.testing.assert_array_equal(loaded.tensors["a"], [0, 1, 2])
    assert loaded.tensors["scalar"].shape == ()


def test_codes_are_of_these_weights_and_this_data(tmp_path: Path) -> None:
    snapshot = make()
    codes = codes_of(snapshot)
    checkpoint.save(tmp_path, snapshot, codes=codes)
    loaded = checkpoint.load_codes(tmp_path, toy_dataset())
    assert loaded is not None
    np.testing.assert_array_equal(loaded.mean, codes.mean)
    assert loaded.kl_per_dim is not None
    assert loaded.model_id == snapshot.id
    assert checkpoint.load_codes(tmp_path, toy_dataset(seed=1)) is None
    shutil.copy(tmp_path / "codes.npz", tmp_path / "kept")
    checkpoint.save(tmp_path, make(seed=1))
    assert checkpoint.load_codes(tmp_path, toy_dataset()) is None
    shutil.move(tmp_path / "kept", tmp_path / "codes.npz")
    assert checkpoint.load_codes(tmp_path, toy_dataset()) is None


def test_a_training_does_not_go_on_from_other_weights(tmp_path: Path) -> None:
    """Its moments and random states were of those that it was saved with."""
    mine, other = tmp_path / "mine", tmp_path / "other"
    checkpoint.save(mine, make(), resume=ResumeState({"a": np.arange(3)}, {"step": 7}))
    checkpoint.save(other, make(seed=1), resume=ResumeState({"a": np.arange(3)}, {"step": 8}))
    assert checkpoint.load_resume(mine).values == {"step": 7}
    for path in other.glob("training.*"):
        shutil.copy(path, mine)
    with pytest.raises(CheckpointError, match="belongs to other weights"):
        checkpoint.load_resume(mine)


def test_saving_again_takes_old_training_state_away(tmp_path: Path) -> None:
    checkpoint.save(tmp_path, make(), resume=ResumeState({}, {}))
    checkpoint.save(tmp_path, make(seed=1))
    with pytest.raises(CheckpointError, match="cannot be resumed"):
        checkpoint.load_resume(tmp_path)


def test_loading_needs_no_torch(folder: Path) -> None:
    code = (
        "import sys; from explorer.models import checkpoint, presets, allowed; import explorer."
        f"training.config; checkpoint.load({str(folder)!r}); assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EnvironmentFault, match="could not be saved"):
        checkpoint.save(tmp_path / "file" / "model", make())


@pytest.mark.parametrize("n", range(1, 6))
def test_failing_at_the_nth_rename(folder: Path, monkeypatch: pytest.MonkeyPatch, n: int) -> None:
    calls, real = [0], staging.os.replace

    def failing(*args: Any) -> None:
        calls[0] += 1
        if calls[0] == n:
            raise OSError(5, "Input/output error")
        real(*args)

    monkeypatch.setattr(staging.os, "replace", failing)
    new = make(seed=1)
    try:
        checkpoint.save(folder, new, codes=codes_of(new))
    except EnvironmentFault:
        assert n <= 4  # one for the folder, one for each of three files
    loaded = checkpoint.load(folder)
    assert same_weights(loaded, make() if n == 1 else new)
    from_snapshot(loaded)


# -- what is not a checkpoint ------------------------------------------------------------------


def edit(folder: Path, **changes: object) -> None:
    card = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps({**card, **changes}))


def edit_config(folder: Path, **changes: object) -> None:
    card = json.loads((folder / "model.json").read_text())
    edit(folder, config={**card["config"], **changes})


def truncate(folder: Path, name: str, keep: float) -> None:
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: int(len(content) * keep)])


def other_shape(folder: Path) -> None:
    other = make(config=replace(CONFIG, latent_dim=3))
    (folder / "model.safetensors").write_bytes(safetensors.numpy.save(dict(other.weights)))


def nan_weights(folder: Path) -> None:
    bad = {k: np.full_like(w, np.nan) for k, w in make().weights.items()}
    (folder / "model.safetensors").write_bytes(safetensors.numpy.save(bad))


def pickled(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(pickle.dumps({"weights": [1.0] * 100}))


def torch_saved(folder: Path) -> None:
    torch.save({"a": torch.zeros(3)}, folder / "model.safetensors")


def huge_header(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes((2**60).to_bytes(8, "little") + b"{}")


def many_tensors(folder: Path) -> None:
    many = {str(i): np.zeros(1, np.float32) for i in range(2000)}
    (folder / "model.safetensors").write_bytes(safetensors.numpy.save(many))


def deep_json(folder: Path) -> None:
    (folder / "model.json").write_text("[" * 100_000)


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "no json": (lambda f: (f / "model.json").unlink(), "there is no model.json"),
    "no weights": (lambda f: (f / "model.safetensors").unlink(), "model.safetensors is missing"),
    "truncated": (lambda f: truncate(f, "model.safetensors", 0.5), "not a whole one"),
    "truncated header": (lambda f: truncate(f, "model.safetensors", 0.01), "not a whole one"),
    "empty": (lambda f: truncate(f, "model.safetensors", 0), "not a whole one"),
    "truncated json": (lambda f: truncate(f, "model.json", 0.5), "is not JSON"),
    "text": (lambda f: (f / "model.json").write_text("hello"), "is not JSON"),
    "binary": (lambda f: (f / "model.json").write_bytes(b"\xff\xfe\x00"), "is not JSON"),
    "list": (lambda f: (f / "model.json").write_text("[1]"), "does not describe a model"),
    "deep json": (deep_json, "is not JSON"),
    "newer schema": (lambda f: edit(f, schema=99), "has schema 99, this program knows 1"),
    "another shape": (other_shape, "other shapes"),
    "swapped weights": (
        lambda f: (f / "model.safetensors").write_bytes(
            safetensors.numpy.save(dict(make(seed=1).weights))
        ),
        "is not the file that model.json belongs to",
    ),
    "nan": (nan_weights, "not finite"),
    "pickle": (pickled, "not a safetensors file"),
    "torch file": (torch_saved, "not a safetensors file"),
    "huge header": (huge_header, "not a safetensors file"),
    "many tensors": (many_tensors, "too many tensors"),
    "older than the first schema": (lambda f: edit(f, schema=-1), "does not describe a model"),
    "schema true": (lambda f: edit(f, schema=True), "does not describe a model"),
    "no latents": (lambda f: edit_config(f, latent_dim=0), "latent_dim = 0 is out of range"),
    "many latents": (lambda f: edit_config(f, latent_dim=10**6), "latent_dim = 1000000 is out"),
    "wide": (lambda f: edit_config(f, hidden=10**9), "hidden = 1000000000 is out of range"),
    "text for a number": (lambda f: edit_config(f, latent_dim="2"), "latent_dim"),
    "no config": (lambda f: edit(f, config=None), "settings do not fit"),
    "no metrics": (lambda f: edit(f, metrics=3), "no proper field 'metrics'"),
    "no shapes": (lambda f: edit(f, shapes="x"), "no proper field 'shapes'"),
}


IMPOSSIBLE: list[tuple[str, dict[str, object], str]] = [
    ("config", {"preset": "nonsense"}, "there is no model called 'nonsense'"),
    ("config", {"likelihood": "nonsense"}, "vae has no likelihood 'nonsense'"),
    ("config", {"body": "nonsense"}, "vae has no body 'nonsense'"),
    ("config", {"body": "conv1d"}, "vae has no body 'conv1d'"),
    ("config", {"options": {"nonsense": 1.0}}, "vae has no option 'nonsense'"),
    ("config", {"options": {"dropout": math.nan}}, "dropout = nan"),
    ("preparation", {"kind": "x"}, "there is no kind 'x'"),
    ("preparation", {"binarisation": "x"}, "there is no binarisation 'x'"),
    ("preparation", {"height": -1}, "height = -1"),
    ("preparation", {"width": 0}, "width = 0"),
    ("preparation", {"channels": -3}, "channels = -3"),
    ("preparation", {"channels": 2}, "8 x 8 x 2 cannot be modelled"),
    ("preparation", {"levels": 0}, "levels = 0"),
    ("preparation", {"levels": 256}, "levels = 256"),
    ("preparation", {"low": math.inf}, "low = inf"),
    ("preparation", {"high": -math.inf}, "high = -inf"),
    ("preparation", {"high": math.nan}, "high = nan"),
    ("preparation", {"low": 300.0}, "low = 300 is not below high = 255"),
    ("preparation", {"centre": [0.0]}, "centre holds 1 numbers for samples of 64"),
    ("preparation", {"centre": [0.0] * 64}, "centre and scale differ"),
    ("preparation", {"centre": [math.inf] * 64, "scale": [1.0] * 64}, "centre is not finite"),
    ("preparation", {"centre": [0.0] * 64, "scale": [0.0] * 64}, "scale is not positive"),
    ("preparation", {"height": True}, "height"),
    ("preparation", {"kind": "table", "height": 1, "binarisation": "fixed"}, "be binarised"),
    ("preparation", {"kind": "signals"}, "samples of 64 numbers cannot be modelled"),
]


@pytest.mark.parametrize(("part", "change", "words"), IMPOSSIBLE)
def test_what_no_model_can_be_is_refused_at_the_door(
    part: str, change: dict[str, object], words: str, folder: Path
) -> None:
    """Found out later, it took the window's state along, or blamed the data."""
    card = json.loads((folder / "model.json").read_text())
    edit(folder, **{part: {**card[part], **change}})
    with pytest.raises(CheckpointError) as caught:
        checkpoint.load(folder)
    sentence = str(caught.value)
    assert words in sentence
    assert "model.json" in sentence and str(folder) in sentence
    assert caught.value.remedy


def test_bundled_models_are_allowed_and_name_bundled_data() -> None:
    """Their data is found by name: no path of the machine they were trained on is among them."""
    found = {name: checkpoint.load(folder) for name, folder in checkpoint.bundled().items()}
    assert found
    assert all(model.data["source"] == name for name, model in found.items())


@pytest.mark.parametrize("name", list(BROKEN))
def test_one_sentence_for(name: str, folder: Path) -> None:
    spoil, words = BROKEN[name]
    spoil(folder)
    with pytest.raises(CheckpointError) as caught:
        checkpoint.load(folder)
    sentence = str(caught.value)
    assert words in sentence
    assert "\n" not in sentence
    assert str(folder) in sentence


def test_weights_that_fit_the_json_but_not_the_model(folder: Path) -> None:
    edit_config(folder, latent_dim=3)
    loaded = checkpoint.load(folder)
    with pytest.raises(CheckpointError, match="do not fit the model"):
        from_snapshot(loaded)


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"there is no model\.json"):
        checkpoint.load(tmp_path / "nowhere")


def test_a_preparation_beyond_reason(folder: Path) -> None:
    edit(folder, preparation={"height": 10**6, "width": 10**6})
    with pytest.raises(CheckpointError, match="cannot be modelled"):
        from_snapshot(checkpoint.load(folder))


def test_a_preset_that_is_not_there(folder: Path) -> None:
    edit_config(folder, preset="from-the-future")
    with pytest.raises(CheckpointError, match="no model called"):
        from_snapshot(checkpoint.load(folder))


def test_preparation_is_kept(tmp_path: Path) -> None:
    preparation = Preparation(9, 11, 3, low=-1.0, high=16.0, levels=16)
    model = build(CONFIG, preparation, seed=0)
    checkpoint.save(tmp_path, ModelSnapshot("x", CONFIG, preparation, weights_of(model)))
    assert checkpoint.load(tmp_path).preparation == preparation
