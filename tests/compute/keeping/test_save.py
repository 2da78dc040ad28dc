"""explorer.compute.keeping.save: what is answered is what lies on the disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from explorer.compute.analyses.encode import FindCodes
from explorer.compute.keeping.save import Save
from explorer.models import checkpoint
from tests.compute.small import DATA, snapshot

MODEL = replace(snapshot(), data={"name": "toy", "hash": DATA.content_hash})


def test_the_model_is_read_back(tmp_path: Path) -> None:
    saved = Save(tmp_path / "model", MODEL).answer()
    assert saved.snapshot.path == str(tmp_path / "model")
    for name, weights in MODEL.weights.items():
        np.testing.assert_array_equal(saved.snapshot.weights[name], weights)


def test_its_codes_lie_beside_it(tmp_path: Path) -> None:
    codes = FindCodes(MODEL, DATA).answer()
    saved = Save(tmp_path / "model", MODEL, codes, dataset=DATA).answer()
    read = checkpoint.load_codes(tmp_path / "model", DATA, saved.snapshot)
    assert read is not None
    np.testing.assert_array_equal(read.mean, codes.mean)


def test_codes_of_other_data_are_not_saved(tmp_path: Path) -> None:
    codes, other = FindCodes(MODEL, DATA).answer(), replace(DATA, x=DATA.x // 2)
    Save(tmp_path / "model", MODEL, codes, dataset=other).answer()
    assert not (tmp_path / "model" / "codes.npz").exists()
