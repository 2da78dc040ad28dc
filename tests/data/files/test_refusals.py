"""Whatever is refused says how to get to something that opens; formats declare their suffixes."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from explorer.data.files.openable import endings, filters, opens
from explorer.data.files.refusals import REFUSALS, refusal_of
from explorer.data.formats import formats
from explorer.data.opening import open_dataset, sniff
from explorer.data.pictures.reading import SUFFIXES
from explorer.errors import DataError
from tests.data import makers
from tests.data.makers import pixels

OPENS = (".npz", ".csv", "PNG", "folder")


def _refused(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        open_dataset(path)
    return makers.sentence(caught.value)


@pytest.mark.parametrize("suffix", [s for s in REFUSALS if s not in endings()])
def test_every_refusal_leads_to_something_that_opens(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"A file{suffix.upper()}"
    path.write_bytes(b"anything at all")
    text = _refused(path)
    assert REFUSALS[suffix].kind in text
    assert any(word in text.split("): ", 1)[1] for word in (*OPENS, "unpack it"))


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_a_pickle_is_known_by_its_start(protocol: int, tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_bytes(pickle.dumps([1, 2], protocol))
    assert REFUSALS[".pkl"].kind in _refused(path)


def test_a_format_takes_its_ending_from_the_refusals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that opens is spoken of as something that does not, whatever is in the list."""
    monkeypatch.setitem(REFUSALS, ".npy", REFUSALS[".h5"])
    np.save(tmp_path / "a.npy", np.zeros((4, 3)))
    assert len(open_dataset(tmp_path / "a.npy")) == 4
    assert "open a.npy" in _refused(tmp_path) and not set(REFUSALS) & SUFFIXES


def test_the_longest_suffix_counts() -> None:
    found = refusal_of("brain.nii.gz")
    assert found is not None and found.kind == "a medical volume"
    assert refusal_of("nothing known") is None


def test_what_nobody_knows_names_all_that_opens(tmp_path: Path) -> None:
    (tmp_path / "a.xyz").write_bytes(b"x")
    text = _refused(tmp_path / "a.xyz")
    assert opens() in text
    assert all(formats[name].title in text for name in formats)


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "model.pt", "model.keras", "a.ods"])
def test_what_is_a_zip_inside_is_told_by_its_name(name: str, tmp_path: Path) -> None:
    members = {"[Content_Types].xml": b"x", "media/a.png": makers.png(pixels(9, 9))}
    path = makers.zipped(tmp_path, members, name)
    refusal = refusal_of(name)
    assert refusal is not None and refusal.kind in _refused(path)


STARTS = {
    "pickle": (b"\x80\x04\x95", "a pickle"),
    "hdf5": (b"\x89HDF\r\n", "HDF5"),
    "matlab": (b"MATLAB 5.0 MAT-file", "a MATLAB file"),
    "gzip": (b"\x1f\x8b\x08", "a packed file"),
    "pdf": (b"%PDF-1.7", "a document"),
    "png": (makers.png(pixels(9, 9)), "give its name the ending .png"),
    "text": (b"hello", "not a data set"),
    "numbers": (b"5,0,3,1\n2,4,4,0\n", "give its name the ending .csv"),
    "two numbers in its last line": (b"words\nand more\n1;2", "give its name the ending .csv"),
    "one number in each line": (b"a 1\nb 2\n", "not a data set"),
    "numbers, but bytes": (b"1 2\n\0\1", "not a data set"),
    "nothing": (b"", "this file is empty"),
}


@pytest.mark.parametrize("case", STARTS)
def test_a_name_that_says_nothing_is_told_by_its_content(case: str, tmp_path: Path) -> None:
    start, said = STARTS[case]
    (tmp_path / "data_batch_1").write_bytes(start)
    assert said in _refused(tmp_path / "data_batch_1")


HOLDS = {
    "data": ({"a.npz": b"x", "b.csv": b"x", "notes.txt": b"x"}, "open a.npz, b.csv"),
    "phone": ({"a.heic": b"x", "b.HEIC": b"x", "c.mp4": b"x"}, "save it as PNG"),
    "no_endings": ({"a": b"x", "b": b"x"}, "lack their endings, add them"),
    "nothing_known": ({"a.xyz": b"x"}, "choose one of PNG, JPEG"),
    "mostly films": (
        {"a.mp4": b"x", "b.mov": b"x", "c.heic": b"x"},
        "does not open: save its frames",
    ),
    "litter": ({".a.npz": b"x", "__MACOSX/b.npz": b"x"}, "choose one of PNG, JPEG"),
    "an ending among none": ({"a": b"x", "b.xyz": b"x"}, "choose one of PNG, JPEG"),
}


@pytest.mark.parametrize("case", HOLDS)
@pytest.mark.parametrize("holder", ["folder", "archive"])
def test_folders_and_archives_without_pictures(holder: str, case: str, tmp_path: Path) -> None:
    members, way = HOLDS[case]
    source = makers.zipped(tmp_path, members)
    if holder == "folder":
        source = tmp_path / "set"
        source.mkdir()
        for name, data in members.items():
            (source / name).parent.mkdir(exist_ok=True)
            (source / name).write_bytes(data)
    text = _refused(source)
    assert f"there are no pictures in this {holder}" in text and way in text
    assert ("unpack it, and open" in text) == (holder == "archive" and case == "data")


def test_formats_declare_what_they_recognise(tmp_path: Path) -> None:
    """Every file that opens ends as its format says, so that the Open dialog shows it."""
    made = {
        "npy": makers.npy(tmp_path, pixels(3, 9, 9)),
        "npz": makers.npz(tmp_path, x=pixels(3, 9, 9)),
        "zip": makers.zipped(tmp_path, makers.good_members()),
        "idx": makers.mnist(tmp_path / "m") / "train-images-idx3-ubyte.gz",
        "csv": tmp_path / "a.tsv",
    }
    made["csv"].write_text("a\tb\n1\t2\n3\t4\n")
    for name, path in made.items():
        assert sniff(path) == name
        assert path.name.endswith(formats[name].suffixes)
        assert formats[name].title
    shown = dict(filters())
    assert set(shown["Data and pictures"]) >= {*endings(), *SUFFIXES}
    assert {s for name in formats for s in formats[name].suffixes} <= set(
        shown["Data and pictures"]
    )
