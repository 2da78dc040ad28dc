"""A zip of a folder is read like the folder; harmful archives are in test_bad_input."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.data.choices import Choices
from explorer.data.files.refusals import ZIPS_INSIDE
from explorer.data.formats.zipped import Zipped
from explorer.data.opening import describe, open_dataset
from explorer.data.raw import Pictures
from explorer.errors import DataError
from explorer.task import NO_TASK
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


@pytest.mark.parametrize(
    ("name", "known"),
    [("a.zip", True), ("A.ZIP", True), ("a.bin", True), ("a", True), ("a.npz", False),
     ("a.NPY", False), *((f"a{ending}", False) for ending in ZIPS_INSIDE)],
)  # fmt: skip
def test_a_zip_is_one_unless_it_is_named_as_something_else(
    name: str, known: bool, tmp_path: Path
) -> None:
    assert Zipped.recognises(makers.zipped(tmp_path, makers.good_members(), name)) == known


def test_its_name_is_enough_and_a_folder_is_none(tmp_path: Path) -> None:
    for name in ("a.zip", "a.bin"):
        (tmp_path / name).write_bytes(b"no archive")
    (tmp_path / "folder.zip").mkdir()
    known = [Zipped.recognises(tmp_path / name) for name in ("a.zip", "a.bin", "folder.zip", "no")]
    assert known == [True, False, False, False]


def test_entries_are_in_the_order_of_their_names_and_folders_are_none(tmp_path: Path) -> None:
    """Whatever wrote the paths."""
    members = {"b/": b"", "b\\1.png": b"1", "a/2.png": b"2", "b/3.png": b"3"}
    path = makers.zipped(tmp_path, members)
    with Zipped.reading(path, Choices(), NO_TASK) as raw:
        assert isinstance(raw, Pictures)
        assert [e.name for e in raw.entries] == ["a/2.png", "b/1.png", "b/3.png"]
        assert [raw.fetch(e) for e in raw.entries] == [b"2", b"1", b"3"]
        assert [e.label for e in raw.entries] == ["a", "b", "b"] and raw.warnings == ()


@pytest.mark.parametrize(
    ("member", "taken"),
    [("__MACOSX/../../b.png", True), (".cache/../../b.png", True), ("a/../../b.png", False),
     ("../b.png", False), ("a\\..\\..\\b.png", False)],
)  # fmt: skip
def test_a_path_that_leads_out_is_refused_unless_it_is_litter(
    member: str, taken: bool, tmp_path: Path
) -> None:
    path = makers.zipped(tmp_path, makers.good_members() | {member: png(pixels(9, 9, seed=9))})
    if taken:
        assert len(open_dataset(path)) == 4
        return
    with pytest.raises(DataError) as refused:
        open_dataset(path)
    makers.sentence(refused.value)


def test_a_member_whose_sum_is_wrong_is_damaged(tmp_path: Path) -> None:
    path = makers.zipped(tmp_path, {"a/1.png": b"text" * 99, "b/2.png": b"more"})
    data = path.read_bytes()
    at = data.index(b"a/1.png") + len("a/1.png")
    path.write_bytes(data[:at] + bytes(4) + data[at + 4 :])
    with Zipped.reading(path, Choices(), NO_TASK) as raw:
        assert isinstance(raw, Pictures)
        first, second = raw.entries
        with pytest.raises(DataError, match=r"damaged inside the archive \(a/1.png\): make") as bad:
            raw.fetch(first)
        assert bad.value.details and raw.fetch(second) == b"more"


def test_an_archive_without_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there are no pictures in this archive") as refused:
        open_dataset(makers.zipped(tmp_path, {"a.txt": b"text", "b.pdf": b""}))
    makers.sentence(refused.value)
