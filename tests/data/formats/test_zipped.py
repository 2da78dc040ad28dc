"""A zip of a folder is read like the folder; harmful archives are in test_bad_input."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.data.opening import describe, open_dataset
from tests.data import makers
from tests.data.makers import pixels, png


@pytest.mark.parametrize("wrapper", ["", "wrapper/", "my data/really/"])
def test_a_zip_is_read_like_its_folder(wrapper: str, tmp_path: Path) -> None:
    folder = tmp_path / "p"
    makers.pictures(folder / "a", 5)
    makers.pictures(folder / "b", 5, start=5)
    members = {
        wrapper + p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*.png"))
    }
    members["__MACOSX/a/._000.png"] = b"litter"
    path = makers.zipped(tmp_path, members)
    packed, plain = open_dataset(path), open_dataset(folder)
    assert packed.content_hash == plain.content_hash
    assert packed.classes == plain.classes == ("a", "b")
    assert describe(path).labels == {"a": 5, "b": 5}


def test_names_that_differ_by_case_are_two_files(tmp_path: Path) -> None:
    members = {name: png(pixels(9, 9, seed=i)) for i, name in enumerate(("a/x.png", "a/X.png"))}
    assert len(open_dataset(makers.zipped(tmp_path, members))) == 2


def test_a_damaged_member_is_left_out(tmp_path: Path) -> None:
    members = makers.good_members(6) | {"a/bad.png": b"text"}
    data = open_dataset(makers.zipped(tmp_path, members))
    assert len(data) == 6
    assert "a/bad.png" in data.warnings[0]
