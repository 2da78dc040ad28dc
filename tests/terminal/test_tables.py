"""Columns come back from both kinds of file as they were."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from explorer.terminal.tables import labels_of, write_table
from tests.fakes import toy_dataset

COLUMNS = {
    "index": np.array([3, 5]),
    "label": np.array(["a, b", "ö"]),
    "score": np.array([1.0 / 3.0, np.nan]),
}


def test_csv(tmp_path: Path) -> None:
    write_table(tmp_path / "a.csv", COLUMNS)
    text = (tmp_path / "a.csv").read_text(encoding="utf-8")
    assert text.splitlines() == ["index,label,score", '3,"a, b",0.333333333', "5,ö,"]


def test_npz(tmp_path: Path) -> None:
    write_table(tmp_path / "a.npz", COLUMNS)
    with np.load(tmp_path / "a.npz") as kept:
        assert list(kept) == list(COLUMNS)
        assert kept["score"][0] == 1.0 / 3.0 and kept["label"].tolist() == ["a, b", "ö"]


def test_labels() -> None:
    dataset = toy_dataset(6)
    assert labels_of(dataset, np.array([1, 3])).tolist() == ["b", "a"]
