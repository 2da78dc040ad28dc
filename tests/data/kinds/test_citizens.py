"""Every kind keeps what it promises; a new file is tested by being there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from explorer.data.binarising import binarised
from explorer.data.dataset import Dataset
from explorer.data.kinds import BINARISATIONS, FIRST, Kind, kind_of, kinds
from explorer.data.layout import Layout
from explorer.data.pictures.drawing import LARGE, drawn, picture_shape, weights_drawn
from explorer.data.preparation import Preparation
from explorer.errors import DataError
from tests.guards import PATIENCE

SCRATCH = '''
"""Answers to a questionnaire: whole numbers from -2 to 2, one a question."""
from explorer.data.pictures.charts import bars_drawn
from explorer.data.kinds import Kind, kinds
from explorer.data.layout import Layout

class Answers(Kind):
    name, one, many = "answers", "sheet", "sheets"
    mse_unit = "per question"
    array_names = ("answers",)
    ends = (-2.0, 2.0)

    def laid_out(self, source):
        return Layout("answers", (1, source.shape[1], 1), "flat")

    def drawn(self, row, preparation, scale=1):
        return bars_drawn(row, scale)

kinds.register("answers")(Answers())
'''


def prepared(kind: Kind) -> Preparation:
    """Of small samples, as an opened data set would have them."""
    if not kind.standardised:
        return Preparation(9, 8, levels=16, kind=kind.name)
    return Preparation(1, 9, 1, levels=1, kind=kind.name)


def dataset(kind: Kind, n: int = 20) -> Dataset:
    made, rng = prepared(kind), np.random.default_rng(0)
    x = rng.normal(size=(n, *made.shape)).astype(np.float32)
    if not kind.standardised:
        x = rng.integers(0, made.levels + 1, x.shape, np.uint8)
    return Dataset(kind.name, x, made, np.arange(n) % 5 == 4)


@pytest.fixture(params=list(kinds))
def kind(request: pytest.FixtureRequest) -> Kind:
    return kinds[request.param]


def test_it_is_found_by_its_name(kind: Kind) -> None:
    assert kinds[kind.name] is kind is kind_of(prepared(kind)) is kind_of(dataset(kind))
    assert kind_of(Layout(kind.name, (1, 1, 1), "flat")) is kind


def test_before_there_is_data_pictures_are_meant() -> None:
    assert kind_of(None).name == FIRST == Preparation(1, 1).kind


def test_it_has_words_of_its_own(kind: Kind) -> None:
    others = [other for other in kinds.values() if other is not kind]
    assert kind.one and kind.many and kind.one not in {other.one for other in others}
    assert kind.mse_unit.startswith("per ") and kind.values
    mine = set(kind.array_names)
    assert not mine & {name for other in others for name in other.array_names}


def test_the_words_of_ours() -> None:
    words = {name: (kinds[name].one, kinds[name].many) for name in ("images", "signals", "table")}
    assert words == {
        "images": ("picture", "pictures"), "signals": ("signal", "signals"),
        "table": ("row", "rows"),
    }  # fmt: skip
    assert kinds["images"].mse_unit == "per feature, brightness from 0 to 1"
    assert {kinds[n].mse_unit for n in ("signals", "table")} == {
        "per feature, in standard deviations"
    }


def test_samples_of_another_type_are_refused(kind: Kind) -> None:
    other = np.uint8 if kind.standardised else np.float32
    with pytest.raises(DataError, match=kind.dtype):
        Dataset("d", np.zeros((2, *prepared(kind).shape), other), prepared(kind), np.ones(2, bool))


def test_what_a_model_sees_lies_between_the_ends(kind: Kind) -> None:
    data = dataset(kind)
    rows = data.unit(np.arange(len(data)))
    assert rows.dtype == np.float32 and rows.shape == (len(data), data.preparation.features)
    low, high = kind.ends
    assert low < high and low <= kind.blank <= high
    if kind.bounded:
        assert rows.min() == low == 0.0 and rows.max() == high == 1.0
    rows[:] = 0.0  # its own
    assert np.asarray(data.x).any()


@pytest.mark.parametrize("scale", [1, LARGE])
def test_a_sample_is_drawn_as_its_row_is(kind: Kind, scale: int) -> None:
    data = dataset(kind)
    row, made = data.unit(slice(3, 4))[0], data.preparation
    picture, of_row = data.picture(3, scale), drawn(row, made, scale)
    assert picture.dtype == np.uint8
    assert picture.shape == of_row.shape == picture_shape(made, scale)
    assert np.abs(picture.astype(int) - of_row).max() <= 1  # levels are stretched downwards
    assert kind.shown(data.x[4], made, 1).tobytes() != kind.shown(data.x[3], made, 1).tobytes()


def test_what_is_shown_is_what_is_encoded(kind: Kind) -> None:
    data = dataset(kind)
    rows, made = data.unit(slice(0, 3)), data.preparation
    seen = kind.seen(rows, made)
    assert seen.shape == (3, *made.shape) and seen.dtype == kind.dtype
    for given, row in zip(seen, rows, strict=True):
        given_row = given if kind.standardised else given / np.float32(255)
        np.testing.assert_allclose(given_row.ravel(), row, atol=0 if kind.standardised else 0.002)
        if not kind.standardised:
            np.testing.assert_array_equal(given, drawn(row, made))


def test_weights_are_drawn_where_rows_are(kind: Kind) -> None:
    made = prepared(kind)
    if kind.chart:
        assert weights_drawn(np.ones(made.features, np.float32), made).min() < 200
        assert kind.chart in {"bars", "curves"} and kind.drawn_along in (0, 1)
    else:
        assert kind.drawn_along is None


def test_what_cannot_be_binarised_is_refused(kind: Kind) -> None:
    data = dataset(kind)
    for how in BINARISATIONS:
        if how in kind.binarisations:
            assert binarised(data, how).preparation.binarisation == how
        else:
            with pytest.raises(DataError, match="only pictures"):
                binarised(data, how)


def test_sizes_beyond_reason_have_a_sentence(kind: Kind) -> None:
    assert kind.misfit(prepared(kind).shape) is None
    what, remedy = kind.misfit((10**4, 10**4, 7)) or ("", "")
    assert "cannot be modelled" in what and remedy.startswith("use ")


@pytest.mark.parametrize(
    "shape", [(20, 64), (20, 40, 2), (20, 2, 40), (20, 8, 9, 3), (20, 1, 9, 1)]
)
def test_an_array_is_laid_out_or_refused(kind: Kind, shape: tuple[int, ...]) -> None:
    source = SimpleNamespace(name="x", where="x.npy", shape=shape)
    try:
        layout = kind.laid_out(source)
    except DataError as error:
        refusal = error
    else:
        _check_layout(kind, layout, shape)
        return
    assert refusal.remedy.startswith("give ")


def _check_layout(kind: Kind, layout: Layout, shape: tuple[int, ...]) -> None:
    assert layout.kind == kind.name
    assert np.prod(layout.shape) == np.prod(shape[1:])
    assert kind.misfit(layout.shape) is None or not kind.standardised
    told = kind.told_shape(layout.shape)
    assert np.prod(told) == np.prod(layout.shape)


@pytest.mark.parametrize(
    ("name", "shape", "order", "told"),
    [
        ("images", (20, 8, 9, 3), "hwc", (8, 9, 3)),
        ("images", (20, 3, 8, 9), "chw", (8, 9, 3)),
        ("images", (20, 64), "flat", (8, 8, 1)),
        ("signals", (20, 40, 2), "lc", (40, 2)),
        ("signals", (20, 2, 40), "cl", (40, 2)),
        ("signals", (20, 1, 40, 2), "lc", (40, 2)),
        ("table", (20, 13), "flat", (13,)),
    ],
)
def test_where_the_axes_lie(
    name: str, shape: tuple[int, ...], order: str, told: tuple[int, ...]
) -> None:
    layout = kinds[name].laid_out(SimpleNamespace(name="x", where="x.npy", shape=shape))
    assert (layout.order, kinds[name].told_shape(layout.shape)) == (order, told)


def test_only_named_numbers_are_told() -> None:
    row, made = np.arange(3, dtype=np.float32), Preparation(
        1, 3, levels=1, kind="table", names=("a", "b", "c"),
        centre=(0.0,) * 3, scale=(1.0,) * 3,
    )  # fmt: skip
    table = kinds["table"]
    assert [line.split(":")[0] for line in table.told(row, made)] == ["a", "b", "c"]
    assert table.largest(row, made).startswith("\n+2.00 c")
    for name in ("images", "signals"):
        assert kinds[name].told(row, made) == [] and kinds[name].largest(row, made) == ""


def test_a_new_kind_is_one_file(tmp_path: Path) -> None:
    """It is opened, drawn, described and trained on; nothing else knows of it."""
    np.savez(tmp_path / "sheets.npz", answers=np.random.default_rng(0).normal(size=(60, 7)))
    (tmp_path / "answers.py").write_text(SCRATCH)
    code = f"""
import sys, runpy
import explorer.data.kinds
runpy.run_path({str(tmp_path / "answers.py")!r})
from explorer.cli import main
sys.exit(main(sys.argv[1:]))
"""

    def said(*words: str) -> dict[str, object]:
        command = [sys.executable, "-c", code, *words, "--json"]
        run = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        assert run.returncode == 0, run.stderr
        return json.loads(run.stdout.splitlines()[-1])  # type: ignore[no-any-return]

    source, out = str(tmp_path / "sheets.npz"), str(tmp_path / "model")
    seen = said("inspect", source)
    assert (seen["kind"], seen["shape"], seen["dtype"]) == ("answers", [1, 7, 1], "float64")
    trained = said("train", source, "--out", out, "--epochs", "1", "--set", "hidden=8")
    assert trained["body"] == "mlp" and str(trained["likelihood"]).startswith("gaussian")
    assert said("inspect", out)["kind"] == "answers"
    assert said("compare", out, source)["mse_unit"] == "per question"
