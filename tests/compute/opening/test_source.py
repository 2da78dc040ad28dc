"""A model is checked whole before it takes the place of another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from explorer.compute.analyses.encode import FindCodes
from explorer.compute.live import decode_rows
from explorer.compute.opening.source import Open, check, recorded
from explorer.data import opening
from explorer.errors import CheckpointError, ModelError
from explorer.models import checkpoint
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.task import NO_TASK
from explorer.training.record import curve_file, moment_file
from explorer.training.record.curve import empty
from explorer.training.record.curve_writer import CurveWriter
from explorer.training.record.moment import moment_of
from explorer.training.record.moment_file import MOMENTS
from tests.fakes import toy_dataset

DATA = toy_dataset(60)
CONFIG = ModelConfig(hidden=16, likelihood="gaussian-learned")


def model(seed: int = 0) -> ModelSnapshot:
    weights = weights_of(build(CONFIG, DATA.preparation, seed=seed))
    data = {"source": "nowhere", "hash": DATA.content_hash}
    return ModelSnapshot("m", CONFIG, DATA.preparation, weights, data=data)


def scaled(name: str, factor: float) -> ModelSnapshot:
    """With the weights whose names begin with ``name`` made huge, though finite."""
    whole = model()
    big = np.float32(factor)
    weights = {n: w * big if n.startswith(name) else w for n, w in whole.weights.items()}
    return replace(whole, weights=weights)


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        (replace(model(), config=replace(CONFIG, latent_dim=3)), "weights do not fit the model"),
        (replace(model(), config=replace(CONFIG, preset="ae")), "weights do not fit the model"),
        (scaled("decoder", 1e38), "what it decodes is not finite"),
    ],
)
def test_a_model_that_cannot_be_shown_is_refused_as_it_is_opened(
    tmp_path: Path, spoilt: ModelSnapshot, words: str
) -> None:
    checkpoint.save(tmp_path, spoilt)
    checkpoint.load(tmp_path)  # which is content with files that fit each other
    with pytest.raises(CheckpointError, match=words) as caught:
        Open(str(tmp_path)).answer()
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize(
    ("factor", "words"), [(1e38, "not finite"), (1e8, "too far out to be plotted")]
)
def test_codes_must_be_such_that_they_can_be_plotted(factor: float, words: str) -> None:
    far = scaled("encoder", factor)
    with pytest.raises(CheckpointError, match=words) as caught:
        check(far, DATA)
    assert caught.value.where == "m"
    with pytest.raises(ModelError, match=words):
        FindCodes(far, DATA).answer()


def test_a_good_model_passes() -> None:
    check(model(), DATA)
    check(model())


def test_two_models_that_claim_one_id_are_two_models() -> None:
    z = np.ones((1, 2), np.float32)
    first, second = (decode_rows(model(seed), z) for seed in (0, 1))
    assert not np.array_equal(first, second)


def test_codes_that_were_saved_are_not_found_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first picture of the bundled data waits for no search."""

    def searched(*_: object) -> None:
        raise AssertionError("the codes lie beside the model")

    monkeypatch.setattr("explorer.compute.analyses.encode.FindCodes.answer", searched)
    opened = Open("digits").answer()
    assert opened.codes is not None and opened.dataset is not None
    assert len(opened.codes.index) == len(opened.dataset)


def some_run(folder: Path, epoch: float = 3.0) -> tuple[ModelSnapshot, Codes]:
    """A model with two moments and a curve, as a training leaves them."""
    made = replace(model(), training={"run": "mine", "epoch": epoch})
    codes = FindCodes(made, DATA).answer(NO_TASK)
    for number, at in enumerate((1.0, 2.0, 3.0, 4.0)):
        name = f"m{number}"
        own = moment_of(number, at, replace(made, id=name), replace(codes, model_id=name))
        moment_file.write(folder / MOMENTS, "mine", own)
    writer = CurveWriter(empty(2, 5))
    writer.add(6, [8] * 6, np.zeros((6, 3)))
    checkpoint.save(folder, made, curve=curve_file.packed(writer.curve))
    return made, codes


def test_a_run_comes_with_its_time_line_and_its_curve(tmp_path: Path) -> None:
    made, codes = some_run(tmp_path)
    curve, moments, notes = recorded(tmp_path, made, codes)
    assert curve is not None and len(curve) == 6 and notes == ()
    assert [(m.epoch, m.held) for m in moments] == [(1.0, False), (2.0, False), (3.0, True)]
    assert moments[-1].model is made and moments[-1].codes is codes
    assert [m.number for m in moments] == [0, 1, 2]


def test_without_its_epoch_or_its_curve_a_run_has_no_time_line(tmp_path: Path) -> None:
    made, codes = some_run(tmp_path)
    curve, moments, notes = recorded(tmp_path, replace(made, training={"run": "mine"}), codes)
    assert curve is not None and (moments, notes) == ((), ())
    (tmp_path / "curve.json").unlink()
    assert recorded(tmp_path, made, codes) == (None, (), ())


def test_saved_codes_do_not_speak_for_an_encoder_that_cannot_be_shown(tmp_path: Path) -> None:
    """A picture dropped on the window would be encoded by it."""
    data = opening.open_dataset("digits")
    weights = weights_of(build(CONFIG, data.preparation, seed=0))
    about = {"source": "digits", "hash": data.content_hash}
    good = ModelSnapshot("m", CONFIG, data.preparation, weights, data=about)
    codes = FindCodes(good, data).answer(NO_TASK)
    big = {n: w * np.float32(1e8 if n.startswith("encoder") else 1) for n, w in weights.items()}
    checkpoint.save(tmp_path, replace(good, weights=big), codes=codes)
    with pytest.raises(CheckpointError, match="too far out to be plotted"):
        Open(str(tmp_path)).answer()


def test_data_that_come_with_no_model_are_opened_alone(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("a,b\n" + "".join(f"{i},{i * i % 7}\n" for i in range(20)))
    opened = Open(str(path)).answer()
    assert opened.dataset is not None and len(opened.dataset) == 20
    assert opened.model is None and opened.codes is None and opened.moments == ()


def test_a_model_alone_has_no_time_line(tmp_path: Path) -> None:
    made = model()
    checkpoint.save(tmp_path, made)
    codes = FindCodes(made, DATA).answer(NO_TASK)
    assert recorded(tmp_path, made, codes) == (None, (), ())


def test_a_spoilt_curve_is_said_and_the_model_is_shown(tmp_path: Path) -> None:
    made, codes = some_run(tmp_path)
    (tmp_path / "curve.json").write_text("{")
    curve, moments, (note,) = recorded(tmp_path, made, codes)
    assert curve is None and moments == ()
    assert note.startswith("the model is shown without its curve: curve.json cannot be read")
