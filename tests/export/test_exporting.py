"""explorer.export: what is shown becomes a file, whole or not at all, as its name ends."""

from __future__ import annotations

import csv
from typing import Any

import numpy as np
import pytest
from PIL import Image

from explorer import writing
from explorer.errors import Cancelled, EnvironmentFault, ExplorerError, SettingsError
from explorer.export.exporting import export, kinds_of, placed
from explorer.export.kinds import kinds
from explorer.export.kinds.csv import as_text
from explorer.export.things import Thing, pictured, tabled
from explorer.task import Task

PIXELS = np.arange(48, dtype=np.uint8).reshape(4, 4, 3) * 5
FILM = np.stack([PIXELS, 255 - PIXELS, PIXELS.transpose(1, 0, 2)])
TABLE = {"n": np.arange(3), "x": np.array([0.1, np.nan, 3], np.float32), "name": ["a", "b,", "ü"]}
FACES: dict[str, Any] = {
    "picture": PIXELS, "film": FILM, "table": TABLE, "drawing": b"<svg/>", "array": TABLE["x"],
    "arrays": {"x": PIXELS, "n": np.arange(2)},
}  # fmt: skip
ALL = Thing("all", "all of it", **{name: lambda _, v=value: v for name, value in FACES.items()})


def _only(face: str) -> Thing:
    return Thing("a", "the thing", **{face: lambda _task: FACES[face]})


# -- every kind -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", kinds)
def test_a_kind_says_what_it_is_and_writes_its_face(name, tmp_path):
    kind = kinds[name]
    assert kind.title and kind.face in FACES
    for suffix in kind.suffixes:
        assert suffix.startswith(".") and suffix == suffix.lower()
        written = export(_only(kind.face), tmp_path / f"a{suffix.upper()}")
        assert written.stat().st_size > 0 and written.name == f"a{suffix.upper()}"


def test_no_two_kinds_have_an_ending_or_a_place_in_common():
    suffixes = [suffix for kind in kinds.values() for suffix in kind.suffixes]
    assert len(set(suffixes)) == len(suffixes)
    assert len({kind.order for kind in kinds.values()}) == len(kinds)


def test_whatever_a_thing_can_be_has_a_kind():
    assert {kind.face for kind in kinds.values()} == set(FACES)
    assert [kind.title for kind in kinds_of(ALL)][:2] == ["PNG picture", "SVG drawing"]
    assert [kind.title for kind in kinds_of(_only("table"))][:2] == ["CSV table", "NumPy arrays"]


# -- what is in the files ---------------------------------------------------------------------


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_a_png_holds_every_pixel(tmp_path, channels):
    pixels = np.random.default_rng(0).integers(0, 256, (5, 7, channels), np.uint8)
    with Image.open(export(pictured("a", "the picture", pixels), tmp_path / "a.png")) as image:
        np.testing.assert_array_equal(np.asarray(image).reshape(pixels.shape), pixels)


def test_a_jpeg_leaves_what_is_see_through(tmp_path):
    thing = pictured("a", "the picture", np.full((8, 8, 4), 77, np.uint8))
    with Image.open(export(thing, tmp_path / "a.jpg")) as image:
        assert (image.mode, image.getpixel((3, 3))) == ("RGB", (77, 77, 77))


def test_a_csv_names_its_columns_and_leaves_empty_what_is_not_known(tmp_path):
    path = export(_only("table"), tmp_path / "a.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [["n", "x", "name"], ["0", "0.100000001", "a"], ["1", "", "b,"], ["2", "3", "ü"]]
    assert as_text(TABLE).splitlines()[1] == "0,0.100000001,a"
    assert "\r" not in as_text(TABLE)


def test_an_npz_holds_the_columns_as_they_are(tmp_path):
    mixed = {**TABLE, "y": (1.5, None, 2.0), "none": ()}
    path = export(Thing("a", "it", table=lambda _: mixed), tmp_path / "a.npz")
    with np.load(path, allow_pickle=False) as read:
        assert read["x"].dtype == np.float32 and list(read["name"]) == TABLE["name"]
        np.testing.assert_array_equal(read["y"], [1.5, np.nan, 2.0])


def test_a_gif_loops_through_all_pictures(tmp_path):
    with Image.open(export(_only("film"), tmp_path / "a.gif")) as gif:
        assert (gif.n_frames, gif.info["loop"], gif.info["duration"]) == (3, 0, 50)


def test_rows_become_columns():
    assert tabled(["a", "b"], [(1, "x"), (2, "y")]) == {"a": (1, 2), "b": ("x", "y")}
    assert tabled(["a", "b"], []) == {"a": (), "b": ()}
    with pytest.raises(ValueError, match="zip"):
        tabled(["a", "b"], [(1, 2), (3,)])


# -- where it goes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "written"),
    [("a.png", "a.png"), ("a", "a.png"), ("my.run", "my.run.png"), ("a.SVG", "a.SVG")],
)
def test_a_name_without_an_ending_gets_one(target, written, tmp_path):
    assert export(ALL, tmp_path / target) == tmp_path / written
    assert [path.name for path in tmp_path.iterdir()] == [written]


def test_the_kind_chosen_gives_the_ending():
    assert placed(ALL, "a", kinds["csv"]).name == "a.csv"
    assert placed(ALL, "a.gif", kinds["csv"]).name == "a.gif"


def test_what_it_cannot_be_is_said_with_what_it_can(tmp_path):
    with pytest.raises(SettingsError, match=r"the thing cannot be written as \.gif") as refused:
        export(_only("table"), tmp_path / "a.gif")
    assert "choose one of .csv, .npz" in str(refused.value)
    assert not list(tmp_path.iterdir())


def test_what_was_there_stays_where_the_disk_is_full(tmp_path, monkeypatch):
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.png").write_bytes(b"old")
    monkeypatch.setattr(writing.os, "fsync", full)
    with pytest.raises(EnvironmentFault, match="the thing could not be written: No space left"):
        export(_only("picture"), tmp_path / "a.png")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


@pytest.mark.parametrize("name", ["nowhere/a.png", "a\0b.png", "n" * 300 + ".png", "folder.png"])
def test_what_cannot_be_written_says_so_in_one_sentence(tmp_path, name):
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(ExplorerError) as refused:
        export(_only("picture"), tmp_path / name)
    assert "\n" not in str(refused.value) and "choose a" in str(refused.value)


def test_one_that_is_stopped_leaves_nothing(tmp_path):
    class Stopped(Task):
        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        export(_only("picture"), tmp_path / "a.png", Stopped())
    assert not list(tmp_path.iterdir())
