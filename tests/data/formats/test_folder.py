"""Folders of pictures: classes, splits, litter, broken and vanishing files."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer.data.choices import Choices
from explorer.data.formats.folder import Folder
from explorer.data.opening import describe, open_dataset
from explorer.errors import DataError
from explorer.task import NO_TASK
from tests.data import makers
from tests.data.makers import encoded, pixels, png


def test_sub_folders_are_classes_and_litter_is_skipped(tmp_path: Path) -> None:
    makers.pictures(tmp_path / "cat", 5)
    makers.pictures(tmp_path / "dog" / "deeper", 5, start=5)
    (tmp_path / "empty class").mkdir()
    for litter in ("cat/.hidden.png", "cat/Thumbs.db", ".git/a.png", "__MACOSX/cat/._000.png"):
        (tmp_path / litter).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / litter).write_bytes(b"litter")
    data = open_dataset(tmp_path)
    assert data.classes == ("cat", "dog")
    assert data.names is not None
    assert data.names[0] == "cat/000.png"
    assert data.warnings == ()


def test_a_flat_folder_has_no_classes(tmp_path: Path) -> None:
    data = open_dataset(makers.pictures(tmp_path, 6))
    assert data.labels is None
    np.testing.assert_array_equal(data.x[3, ..., 0], pixels(12, 10, seed=3))


def test_train_and_test_folders_are_the_split(tmp_path: Path) -> None:
    for i, part in enumerate(("train/a", "train/b", "test/a", "test/b", "val/a")):
        makers.pictures(tmp_path / part, 3, start=3 * i)
    data = open_dataset(tmp_path)
    assert data.classes == ("a", "b")
    assert int(data.test.sum()) == 6
    assert len(data) == 12
    assert any("validation" in w for w in data.warnings)
    assert describe(tmp_path).splits == {"train": 6, "test": 6}


def test_suffixes_in_any_case_and_other_kinds_counted(tmp_path: Path) -> None:
    for i, name in enumerate(("a.PNG", "b.Png", "c.png")):
        (tmp_path / name).write_bytes(png(pixels(9, 9, seed=i)))
    (tmp_path / "d.JPEG").write_bytes(encoded(Image.fromarray(pixels(9, 9)), "JPEG"))
    for name in ("e.heic", "f.svg", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    data = open_dataset(tmp_path)
    assert len(data) == 4
    assert data.warnings == ("2 files of kinds that are not read are left out (.heic, .svg)",)


def test_grey_until_colour_comes(tmp_path: Path) -> None:
    makers.pictures(tmp_path, 3)
    assert open_dataset(tmp_path).x.shape == (3, 12, 10, 1)
    makers.pictures(tmp_path, 2, (12, 10, 3), start=3)
    data = open_dataset(tmp_path)
    assert data.x.shape == (5, 12, 10, 3)
    np.testing.assert_array_equal(data.x[1], np.repeat(pixels(12, 10, seed=1)[..., None], 3, -1))
    assert describe(tmp_path).shape == [12, 10, 3]


def test_mixed_sizes_are_said(tmp_path: Path) -> None:
    for i, shape in enumerate(((20, 30), (31, 17), (40, 44), (300, 200))):
        (tmp_path / f"{i}.png").write_bytes(png(pixels(*shape, seed=i)))
    data = open_dataset(tmp_path)
    assert data.x.shape == (4, 44, 44, 1)
    assert "pictures of 4 sizes are scaled into 44 x 44" in data.warnings[0]


def test_odd_files_are_left_out(tmp_path: Path) -> None:
    makers.pictures(tmp_path, 4)
    (tmp_path / "gone.png").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round.png").symlink_to(tmp_path / "round.png")
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "again").symlink_to(tmp_path)
    data = open_dataset(tmp_path)
    assert len(data) == 4
    assert data.warnings[0] == "1 link leads to what is read already: left out (again)"
    assert "2 of 6 pictures" in data.warnings[1]


def test_an_unreadable_file_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    makers.pictures(tmp_path, 4)
    whole = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "002.png":
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    data = open_dataset(tmp_path)
    assert len(data) == 3
    assert "002.png" in data.warnings[0]


def test_a_folder_deleted_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = makers.pictures(tmp_path / "p", 4)
    whole = Path.read_bytes
    read: list[Path] = []

    def vanish(path: Path) -> bytes:
        read.append(path)
        if len(read) == 7:  # four for the survey, then two of the pictures
            shutil.rmtree(folder)
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", vanish)
    data = open_dataset(folder)
    assert len(data) == 2
    assert "2 of 4 pictures cannot be read" in data.warnings[0]


def test_many_classes(tmp_path: Path) -> None:
    for i in range(300):
        makers.pictures(tmp_path / f"class {i:03d}", 1, start=i)
    data = open_dataset(tmp_path)
    assert len(data.classes) == 300
    assert len(data.test_index) == 30
    found = describe(tmp_path)
    assert found.n == 300
    assert any("150 of 300 pictures were looked at" in w for w in found.warnings)


def test_a_folder_is_known_by_a_picture_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no folder")
    assert not Folder.recognises(tmp_path / "a.png") and not Folder.recognises(tmp_path / "no")
    inner = tmp_path / "set" / "deep" / "deeper"
    inner.mkdir(parents=True)
    (inner / "notes.txt").write_bytes(b"x")
    assert not Folder.recognises(tmp_path / "set")
    (inner / "b.PNG").write_bytes(b"whatever is in it")
    assert Folder.recognises(tmp_path / "set")


def test_a_folder_without_pictures_says_so(tmp_path: Path) -> None:
    said = r"there are no pictures in this folder .*: choose one that holds some"
    with pytest.raises(DataError, match=said), Folder.reading(tmp_path, Choices(), NO_TASK):
        pass
