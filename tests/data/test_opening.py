"""The doors: bundled sets, sniffing, repeating a preparation, single pictures, cancelling."""

from __future__ import annotations

import dataclasses
import gzip
import json
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from explorer.config import from_json, to_json
from explorer.data.choices import Choices
from explorer.data.dataset import Dataset, Preparation
from explorer.data.files import several
from explorer.data.formats import formats
from explorer.data.opening import (
    bundled_names,
    describe,
    open_dataset,
    open_sample,
    sample_of,
    sniff,
)
from explorer.errors import Cancelled, DataError, SettingsError
from explorer.task import Task
from tests.data import makers
from tests.data.makers import pixels

BUNDLED = [
    ("fashion", (28, 28, 1), 6000, 1000, 10),
    ("emoji", (32, 32, 3), 1489, 372, 9),
    ("digits", (8, 8, 1), 1438, 359, 10),
]


@pytest.mark.parametrize(("name", "shape", "train", "test", "classes"), BUNDLED)
def test_bundled(name: str, shape: tuple[int, ...], train: int, test: int, classes: int) -> None:
    data = open_dataset(name)
    assert (data.x.shape[1:], len(data.train_index), len(data.test_index)) == (shape, train, test)
    assert len(data.classes) == classes and data.warnings == () and data.name == name
    assert data.source == name and not data.x.flags.writeable
    assert data.content_hash == open_dataset(name).content_hash


def test_bundled_names_lead_with_the_default() -> None:
    assert bundled_names() == ("fashion", "emoji", "digits", "waves", "wine")


def test_every_format_was_found() -> None:
    assert {"csv", "folder", "idx", "npy", "npz", "pages", "zip"} <= set(formats)
    assert not formats.broken


@pytest.mark.parametrize("name", bundled_names())
def test_splits_are_stratified(name: str) -> None:
    data = open_dataset(name)
    assert data.labels is not None
    share = np.bincount(data.labels[data.test]) / np.bincount(data.labels)
    assert np.ptp(share) < (0.02 if name == "wine" else 0.01)  # a class of 48 has coarse shares


def test_digits_are_exact() -> None:
    """PCA with two components leaves 0.05243 a pixel: theory, section 9."""
    data = open_dataset("digits")
    assert data.preparation == Preparation(8, 8, 1, 0.0, 16.0, 16)
    unit = data.unit(slice(None)).astype(np.float64)
    centred = unit - unit.mean(axis=0)
    variance = np.linalg.svd(centred, compute_uv=False) ** 2
    assert variance[2:].sum() / centred.size == pytest.approx(0.05243, abs=5e-6)


def test_describe_agrees_with_open() -> None:
    for name in bundled_names():
        found, data = describe(name), open_dataset(name)
        height, width, channels = data.preparation.shape
        told = {
            "images": (height, width, channels),
            "signals": (width, channels),
            "table": (width,),
        }
        assert (found.n, tuple(found.shape)) == (len(data), told[data.kind])
        assert found.splits == {"train": len(data.train_index), "test": len(data.test_index)}
        assert list(found.labels or ()) == list(data.classes) and found.kind == data.kind
        json.dumps(dataclasses.asdict(found))


def test_a_path_wins_over_a_bundled_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    makers.pictures(tmp_path / "digits", 4)
    assert len(open_dataset(Path("digits"))) == 4
    assert len(open_dataset("digits")) == 1797
    assert len(open_dataset(Path("emoji"))) == 1861


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.npy", "npy"), ("a.npz", "npz"), ("m", "idx"), ("p", "folder"), ("a.zip", "zip")],
)
def test_sniff(name: str, expected: str, tmp_path: Path) -> None:
    makers.npy(tmp_path, pixels(3, 9, 9))
    makers.npz(tmp_path, x=pixels(3, 9, 9))
    makers.mnist(tmp_path / "m")
    makers.pictures(tmp_path / "p")
    makers.zipped(tmp_path, makers.good_members())
    assert sniff(tmp_path / name) == expected


def test_content_counts_more_than_the_name(tmp_path: Path) -> None:
    makers.npz(tmp_path, x=pixels(3, 9, 9)).rename(tmp_path / "renamed.dat")
    makers.zipped(tmp_path, makers.good_members()).rename(tmp_path / "other.dat")
    assert sniff(tmp_path / "renamed.dat") == "npz"
    assert sniff(tmp_path / "other.dat") == "zip"
    assert sniff(tmp_path / "nothing") is None
    assert sniff("a\0b") is None


def test_a_preparation_is_repeated(tmp_path: Path) -> None:
    kept = Preparation(12, 10, 1, 0.0, 1.0, 255)
    floats = makers.npy(tmp_path, np.linspace(0, 0.5, 4 * 30 * 20).reshape(4, 30, 20))
    data = open_dataset(floats, preparation=kept)
    assert data.preparation == kept and 120 < data.x.max() <= 128


def test_values_outside_a_repeated_range_are_clipped_and_counted(tmp_path: Path) -> None:
    path = makers.npy(tmp_path, np.array([[[-1.0] * 8] * 8, [[2.0] * 8] * 8]))
    data = open_dataset(path, preparation=Preparation(8, 8, 1, 0.0, 1.0, 16))
    assert (data.x[0] == 0).all() and (data.x[1] == 16).all()
    assert "128 values outside 0 to 1 are clipped" in data.warnings


def test_colour_is_made_grey_for_a_grey_preparation(tmp_path: Path) -> None:
    path = makers.npy(tmp_path, np.full((3, 9, 9, 3), (255, 0, 0), np.uint8))
    data = open_dataset(path, preparation=Preparation(9, 9, 1))
    assert (data.x == 76).all()  # 0.299 * 255
    colour = open_dataset(makers.npy(tmp_path, pixels(3, 9, 9)), preparation=Preparation(9, 9, 3))
    assert (colour.x == colour.x[..., :1]).all()


def test_a_preparation_survives_its_json(tmp_path: Path) -> None:
    data = open_dataset("digits")
    again = from_json(Preparation, json.loads(json.dumps(to_json(data.preparation))))
    repeated = open_dataset("digits", preparation=again)
    assert repeated.content_hash == data.content_hash


def test_a_sample_is_prepared_like_the_folder(tmp_path: Path) -> None:
    makers.pictures(tmp_path, 5, (20, 14, 3))
    data = open_dataset(tmp_path)
    for i in range(5):
        np.testing.assert_array_equal(
            open_sample(tmp_path / f"{i:03d}.png", data.preparation).row, data.x[i]
        )


def test_a_sample_meets_the_levels(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(makers.png(np.full((40, 40, 3), 255, np.uint8)))
    assert (open_sample(path, Preparation(8, 8, 1, 0, 16, 16)).row == 16).all()


@pytest.mark.parametrize("data", [b"", b"text", None])
def test_a_bad_sample_is_one_sentence(data: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(DataError) as caught:
        open_sample(path, Preparation(8, 8))
    makers.sentence(caught.value)


@pytest.mark.parametrize("size", [8, 40, 128])
def test_size_is_obeyed(size: int, tmp_path: Path) -> None:
    makers.pictures(tmp_path / "p", 3)
    assert open_dataset(tmp_path / "p", size=size).x.shape == (3, size, size, 1)
    path = makers.npy(tmp_path, pixels(3, 20, 30, 3))
    assert open_dataset(path, size=size).x.shape == (3, size, size, 3)


@pytest.mark.parametrize("size", [0, 7, 129, -5])
def test_size_out_of_range_is_refused(size: int) -> None:
    with pytest.raises(DataError, match="choose a size from 8 to 128"):
        open_dataset("digits", size=size)


def _sources(folder: Path) -> list[Path]:
    return [
        makers.npy(folder, pixels(50, 9, 9)),
        makers.npz(folder, x=pixels(50, 9, 9)),
        makers.mnist(folder / "m"),
        makers.pictures(folder / "p"),
        makers.zipped(folder, makers.good_members()),
    ]


def test_every_format_reports_and_stops_when_told(tmp_path: Path) -> None:
    for path in _sources(tmp_path):
        told: list[float | None] = []
        open_dataset(path, Task(lambda fraction, _, told=told: told.append(fraction), interval=0))
        assert told[-1] == 1.0
        task = Task()
        task.cancel()
        with pytest.raises(Cancelled):
            open_dataset(path, task)


@makers.only_linux
def test_nothing_is_left_open(tmp_path: Path) -> None:
    for path in _sources(tmp_path):
        before = len(list(Path("/proc/self/fd").iterdir()))
        open_dataset(path)
        describe(path)
        assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.parametrize("name", ["Ünï çödé", "猫の写真", "😀", "עברית", "a'b\"c", "cafe\u0301"])
def test_names_of_any_script(name: str, tmp_path: Path) -> None:
    folder = makers.pictures(tmp_path / name / name, 3).parent
    makers.pictures(folder / "other", 3, start=3)
    data = open_dataset(folder)
    assert set(data.classes) == {name, "other"} and data.name == name
    path = makers.npz(tmp_path, f"{name}.npz", x=pixels(3, 9, 9))
    assert open_dataset(path).name == name


@makers.only_linux
def test_names_that_no_script_can_hold(tmp_path: Path) -> None:
    folder = tmp_path / "a\nb\udcff"
    makers.pictures(folder / "c\udcfe", 3)
    makers.pictures(folder / "d\n", 3, start=3)
    (folder / "d\n" / "bad\n.png").write_bytes(b"x")
    data: Dataset = open_dataset(folder)
    text = json.dumps([data.name, data.classes, data.names, data.warnings], ensure_ascii=False)
    assert text.encode("utf-8").decode().isprintable()


def test_no_torch_and_no_sklearn() -> None:
    code = "import sys, explorer.data.opening; print({'torch', 'sklearn'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_a_file_is_found_again_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkpoint keeps the source of its data: as it was typed it led nowhere from elsewhere."""
    np.save(tmp_path / "some.npy", makers.pixels(12, 9, 9))
    monkeypatch.chdir(tmp_path)
    first = open_dataset("some.npy")
    assert first.source == str(tmp_path / "some.npy")
    monkeypatch.chdir("/")
    assert open_dataset(first.source).content_hash == first.content_hash


@pytest.mark.parametrize("door", [open_dataset, describe])
def test_no_name_is_no_data(door: Callable[[str], object]) -> None:
    with pytest.raises(DataError, match="the path is empty"):
        door("")


@pytest.mark.parametrize("door", [open_dataset, describe])
def test_a_choice_that_there_is_not_is_refused_before_anything_is_read(
    door: Callable[..., object], tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match="lengths"):
        door(tmp_path / "is not there", choices=Choices(lengths="stretch"))
    with pytest.raises(SettingsError, match="binarisation"):
        door(tmp_path / "is not there", binarisation="half")


@pytest.mark.parametrize("size", [7, 129])
def test_a_size_that_there_is_not_is_refused_before_anything_is_read(
    size: int, tmp_path: Path
) -> None:
    with pytest.raises(DataError, match=f"{size} x {size}"):
        open_dataset(tmp_path / "is not there", size=size)


def _no_such(folder: Path) -> Path:
    return folder / "gone.npy"


def _dangling(folder: Path) -> Path:
    (folder / "link.npy").symlink_to(folder / "gone.npy")
    return folder / "link.npy"


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def _picture(folder: Path) -> Path:
    (folder / "a.png").write_bytes(makers.png(pixels(9, 9)))
    return folder / "a.png"


def _empty_picture(folder: Path) -> Path:
    (folder / "a.png").write_bytes(b"")
    return folder / "a.png"


def _word(folder: Path) -> Path:
    (folder / "a.bin").write_bytes(b"\0\1\2 nothing known")
    return folder / "a.bin"


def _bare(folder: Path) -> Path:
    (folder / "bare").mkdir()
    (folder / "bare" / "a.mp4").write_bytes(b"film")
    return folder / "bare"


REFUSED: dict[str, tuple[Callable[[Path], Path | str], str]] = {
    "nothing": (_no_such, "there is no such file or folder .*gone.npy.*: check the name"),
    "no path": (lambda _: "a\0b", "there is no such file or folder"),
    "dangling": (_dangling, "this link leads nowhere .*open what it led to, where that is now"),
    "pipe": (_pipe, "this is not a regular file .*choose another"),
    "picture": (_picture, "this file is a single picture .*open the folder that it is in"),
    "empty": (_empty_picture, "this file is empty .*choose another"),
    "unknown": (_word, "this file is not a data set"),
    "folder": (_bare, "there are no pictures in this folder .*save its frames as PNG files"),
    "long": (lambda _: "x" * 5000, "it cannot be read, file name too long .*check the file and"),
}


@makers.only_linux
@pytest.mark.parametrize("door", [open_dataset, describe])
@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_open_says_why(
    case: str, door: Callable[[Path | str], object], tmp_path: Path
) -> None:
    make, said = REFUSED[case]
    with pytest.raises(DataError, match=said) as refused:
        door(make(tmp_path))
    makers.sentence(refused.value)


@makers.only_linux
def test_a_link_to_a_data_set_opens(tmp_path: Path) -> None:
    makers.npy(tmp_path, pixels(5, 9, 9))
    (tmp_path / "link.npy").symlink_to(tmp_path / "a.npy")
    assert len(open_dataset(tmp_path / "link.npy")) == 5


FAILURES: dict[str, tuple[Exception, str]] = {
    "memory": (MemoryError(), "it does not fit into memory .*: open a smaller part of it"),
    "damage": (zlib.error("bad"), "the file is damaged .*: copy it again"),
    "structure": (struct.error("bad"), "the file is damaged"),
    "zip": (zipfile.BadZipFile("bad"), "the file is damaged"),
    "rights": (PermissionError(13, "Permission denied"), "it cannot be read, permission denied"),
    "words": (OSError("Odd\nand more"), "it cannot be read, odd "),
    "gone": (FileNotFoundError(2, "No such"), "there is no such file or folder"),
}


@pytest.mark.parametrize("case", FAILURES)
def test_every_failure_of_reading_leaves_as_one_sentence(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failure, said = FAILURES[case]

    def fail(*_: object, **__: object) -> None:
        raise failure

    path = makers.npy(tmp_path, pixels(5, 9, 9))
    monkeypatch.setattr("explorer.data.opening.prepare", fail)
    with pytest.raises(DataError, match=said) as refused:
        open_dataset(path)
    makers.sentence(refused.value)
    assert refused.value.__cause__ is failure


def test_a_fault_of_the_program_is_not_told_as_one_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("a fault")

    monkeypatch.setattr("explorer.data.opening.prepare", fail)
    with pytest.raises(KeyError):
        open_dataset(makers.npy(tmp_path, pixels(5, 9, 9)))


def test_the_kind_is_the_models(tmp_path: Path) -> None:
    path = makers.npy(tmp_path, pixels(12, 8, 8))
    kept = open_dataset(path).preparation
    with pytest.raises(DataError, match=r"made for images, not table .*: leave --kind out"):
        open_dataset(path, preparation=kept, choices=Choices(kind="table"))
    again = open_dataset(path, preparation=kept, choices=Choices(kind="images"))
    assert again.choices == Choices(kind="images")


def test_only_pictures_are_binarised(tmp_path: Path) -> None:
    table = makers.npz(tmp_path, "t.npz", table=np.random.default_rng(0).normal(size=(12, 3)))
    for door in (open_dataset, describe):
        with pytest.raises(DataError, match=r"only pictures can be binarised, not table"):
            door(table, binarisation="fixed")
    path = makers.npy(tmp_path, pixels(12, 8, 8))
    assert describe(path, binarisation="fixed").binarisation == "fixed"
    data = open_dataset(path, binarisation="fixed")
    assert data.preparation.binarisation == "fixed"
    # a model's preparation decides, and what is asked for beside it has no say
    assert open_dataset(path, preparation=data.preparation).content_hash == data.content_hash
    grey = open_dataset(path).preparation
    assert open_dataset(path, preparation=grey, binarisation="fixed").preparation == grey


def test_a_choice_that_means_nothing_for_a_format_is_refused(tmp_path: Path) -> None:
    folder = makers.pictures(tmp_path / "p", 3)
    for door in (open_dataset, describe):
        with pytest.raises(DataError, match=r"--label means nothing for .*: leave it out"):
            door(folder, choices=Choices(label="a"))


def test_no_picture_is_a_sample_for_a_model_of_a_table(tmp_path: Path) -> None:
    kept = Preparation(1, 5, kind="table", levels=1)
    said = "a picture is no sample for a model of table .*: open a data set of the same kind"
    with pytest.raises(DataError, match=said):
        open_sample(_picture(tmp_path), kept)
    with pytest.raises(DataError, match=said):
        open_sample(tmp_path / "is not there", kept)
    with pytest.raises(DataError, match=said):
        sample_of(makers.png(pixels(9, 9)), "a.png", kept)


def test_several_pictures_are_one_data_set(tmp_path: Path) -> None:
    folder = makers.pictures(tmp_path / "p", 3)
    files = sorted(folder.glob("*.png"))
    data = open_dataset(several.joined([str(file) for file in files]))
    assert len(data) == 3 and data.name == "3 pictures"
    (folder / "001.png").write_bytes(b"text")
    (folder / "002.png").write_bytes(b"text")
    with pytest.raises(DataError, match=r"\(000\.png and 2 more\)"):
        open_dataset(several.joined([str(file) for file in files]))


@pytest.mark.parametrize(
    ("name", "told"), [("a.npy", "a"), ("a.b.npz", "a.b"), ("train.idx.gz", "train"), (".", "here")]
)
def test_the_name_of_a_data_set_is_that_of_its_file(
    name: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = makers.pictures(tmp_path / "here", 3)
    monkeypatch.chdir(here)
    makers.npy(here, pixels(5, 9, 9))
    makers.npz(here, "a.b.npz", x=pixels(5, 9, 9))
    (here / "train.idx.gz").write_bytes(gzip.compress(makers.idx_bytes(pixels(5, 9, 9))))
    assert open_dataset(name).name == told
