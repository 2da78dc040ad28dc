"""Picture files as rows: which are left out, what is said, and how far reading is."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from explorer.data.pictures.reading import decode
from explorer.data.preparation import Preparation
from explorer.data.raw import Entry, Pictures
from explorer.data.steps import files as module
from explorer.data.steps.files import (
    Findings,
    gathered,
    labels_of,
    picture_rows,
    require_good,
    sample_row,
    surveyed,
    target_of,
)
from explorer.data.steps.rows import PreparationOptions, Rows
from explorer.errors import Cancelled, DataError
from explorer.task import NO_TASK, Task
from tests.data.makers import pixels, png

Array = NDArray[Any]
NOTHING = PreparationOptions()
BAD = b"no picture"


def pictures(files: dict[str, bytes], **sides: bool) -> Pictures:
    """Labelled by their folders, where they lie in some."""
    entries = tuple(
        Entry(name, name.split("/")[0] if "/" in name else None, sides.get(name.split(".")[0]))
        for name in files
    )
    return Pictures(entries, lambda entry: files[entry.name], ("before",))


def rows(files: dict[str, bytes], wish: PreparationOptions = NOTHING, **sides: bool) -> Rows:
    return picture_rows(pictures(files, **sides), wish, "p", NO_TASK)


def grey(seed: int, *shape: int) -> Array:
    return pixels(*(shape or (9, 8)), seed=seed)


FOUR = {f"{'ab'[i % 2]}/{i}.png": png(grey(i)) for i in range(4)}


def test_pictures_are_kept_in_their_order_with_their_folders() -> None:
    found = rows(FOUR)
    for i in range(4):
        np.testing.assert_array_equal(found.x[i, ..., 0], grey(i))
    assert found.labels.index is not None and found.labels.index.tolist() == [0, 1, 0, 1]
    assert found.labels.classes == ("a", "b")
    assert found.names == tuple(FOUR) and found.test is None
    assert found.preparation == Preparation(9, 8) and found.warnings == ("before",)


def test_a_split_is_given_where_every_picture_has_a_side() -> None:
    files = {f"{name}.png": png(grey(i)) for i, name in enumerate("abc")}
    both = rows(files, a=False, b=True, c=False).test
    assert both is not None and both.tolist() == [False, True, False]
    assert rows(files, a=False, b=True).test is None
    assert rows(files).labels.index is None


@pytest.mark.parametrize("first", [0, 1, 2])
def test_one_picture_in_colour_makes_all_of_them_colour(first: int) -> None:
    shades = [grey(i) for i in range(3)]
    colour = pixels(9, 8, 3, seed=9)
    files = [png(shade) for shade in shades]
    files.insert(first, png(colour))
    found = rows({f"{i}.png": data for i, data in enumerate(files)})
    assert found.x.shape == (4, 9, 8, 3) and found.preparation.channels == 3
    np.testing.assert_array_equal(found.x[first], colour)
    np.testing.assert_array_equal(
        np.delete(found.x, first, axis=0), np.repeat(np.array(shades)[..., None], 3, axis=-1)
    )


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (1, "1 of 5 pictures cannot be read and is left out (bad0.png)"),
        (2, "2 of 6 pictures cannot be read and are left out (bad0.png, bad1.png)"),
        (
            5,
            (
                "5 of 9 pictures cannot be read and are left out"
                " (bad0.png, bad1.png, bad2.png and 2 more)"
            ),
        ),
    ],
)
def test_broken_pictures_are_left_out_by_name(bad: int, said: str) -> None:
    files = {f"bad{i}.png": BAD for i in range(bad)} | FOUR
    found = rows(files)
    assert found.warnings == ("before", said) and found.names == tuple(FOUR)
    np.testing.assert_array_equal(found.x[3, ..., 0], grey(3))


def test_why_is_said_where_all_have_one_reason() -> None:
    phone = bytes(4) + b"ftypheic" + bytes(9)
    (_, said) = rows({"a.png": phone, "b.png": phone} | FOUR).warnings
    assert said.endswith("(a.png, b.png): the picture is HEIC or AVIF, whatever its name")
    (_, said) = rows({"a.png": phone, "b.png": BAD} | FOUR).warnings
    assert said.endswith("(a.png, b.png)")


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        (1, 1, r"1 of 2 pictures cannot be read \(bad0.png\).*give at least two that are whole"),
        (0, 2, "2 of 2 pictures cannot be read"),
        (1, 0, "there is only one sample"),
        (0, 0, "there are no samples"),
    ],
)
def test_fewer_than_two_whole_pictures_are_refused(good: int, bad: int, said: str) -> None:
    files = {f"bad{i}.png": BAD for i in range(bad)} | dict(list(FOUR.items())[:good])
    with pytest.raises(DataError, match=said):
        rows(files)
    found = Findings(good=[Entry("a"), Entry("b")], bad={"c": "broken"})
    require_good(found, "p")


def test_one_whole_picture_among_broken_ones_is_too_few_whatever_its_values_are() -> None:
    deep = np.full((9, 8), 4000, np.uint16)
    alone = PreparationOptions(preparation=Preparation(9, 8))
    with pytest.raises(DataError, match="1 of 2 pictures cannot be read"):
        rows({"a.png": png(deep), "bad.png": BAD}, alone)


def test_what_is_odd_is_counted() -> None:
    clear = np.dstack([pixels(9, 8, 3), np.full((9, 8), 99, np.uint8)])
    one = rows(FOUR | {"a/x.png": png(clear)})
    assert "1 picture is transparent: laid over white" in one.warnings
    two = rows(FOUR | {"a/x.png": png(clear), "b/x.png": png(clear)})
    assert "2 pictures are transparent: laid over white" in two.warnings


def test_pictures_of_one_size_keep_it_and_others_are_scaled() -> None:
    found = rows(FOUR | {"a/x.png": png(grey(9, 20, 20))})
    assert found.x.shape == (5, 9, 8, 1)
    assert found.warnings[1].startswith("pictures of 2 sizes are scaled into 9 x 8")
    assert rows(FOUR, PreparationOptions(size=16)).x.shape == (4, 16, 16, 1)
    assert target_of([(30, 20)] * 3, NOTHING) == (30, 20)
    kept = PreparationOptions(preparation=Preparation(9, 8), size=16)
    assert target_of([(30, 20)], kept) == (9, 8)


def test_pictures_for_a_model_take_its_channels() -> None:
    kept = Preparation(9, 8, 3)
    found = rows(FOUR, PreparationOptions(preparation=kept))
    assert found.x.shape == (4, 9, 8, 3) and found.preparation == kept
    assert found.warnings == ("before", "the model is of pictures in colour: these are grey")
    colours = {f"{i}.png": png(pixels(9, 8, 3, seed=i)) for i in range(3)}
    found = rows(colours, PreparationOptions(preparation=Preparation(9, 8, 1)))
    assert found.x.shape == (3, 9, 8, 1)
    assert found.warnings[1:] == ("the model is of grey pictures: colours are turned to grey",)


def test_deep_pictures_stand_among_the_others_in_their_order() -> None:
    deep = [np.linspace(0, 4000, 72).reshape(9, 8).astype(np.uint16)[:: 1 - 2 * i] for i in (0, 1)]
    files = {"0.png": png(grey(0)), "1.png": png(deep[0]), "2.png": BAD, "3.png": png(grey(3)),
             "4.png": png(deep[1])}  # fmt: skip
    found = rows(files)
    assert (found.preparation.low, found.preparation.high) == (0, 4000)
    wanted = [grey(0), np.rint(deep[0] / 4000 * 255), grey(3), np.rint(deep[1] / 4000 * 255)]
    np.testing.assert_array_equal(found.x[..., 0], wanted)


def vanishing(files: dict[str, bytes], name: str, after: int) -> Pictures:
    """Pictures one of which can be read only so many times."""
    read: list[str] = []
    plain = pictures(files)

    def fetch(entry: Entry) -> Any:
        read.append(entry.name)
        if entry.name == name and read.count(name) > after:
            raise DataError("gone", where=name, remedy="look for it")
        return plain.fetch(entry)

    return Pictures(plain.entries, fetch)


def test_a_deep_picture_that_is_gone_leaves_the_others_in_place() -> None:
    """Looked at for its size, for its values, and then gone."""
    deep = {f"d{i}.png": png(np.full((9, 8), 1000 * i, np.uint16)) for i in range(1, 5)}
    files = {"0.png": png(grey(0))} | deep | {"z.png": png(grey(1))}
    found = picture_rows(vanishing(files, "d2.png", 2), NOTHING, "p", NO_TASK)
    assert found.names == ("0.png", "d1.png", "d3.png", "d4.png", "z.png")
    np.testing.assert_array_equal(found.x[[0, 4], ..., 0], [grey(0), grey(1)])
    assert found.x[1:4, 0, 0, 0].tolist() == [0, 170, 255]  # from 1000 to 4000
    assert "1 of 6 pictures cannot be read and is left out (d2.png)" in found.warnings
    two = {name: files[name] for name in ("d1.png", "d2.png")}
    with pytest.raises(DataError, match="1 of 2 pictures cannot be read"):
        picture_rows(vanishing(two, "d2.png", 2), NOTHING, "p", NO_TASK)


def test_the_levels_of_a_model_are_for_all_that_are_left_when_one_is_gone() -> None:
    deep = {f"d{i}.png": png(np.full((9, 8), 1000 * i, np.uint16)) for i in range(1, 5)}
    files = {"0.png": png(grey(0))} | deep | {"z.png": png(grey(1))}
    kept = Preparation(9, 8, 1, 0.0, 4095.0, 16)
    wish = PreparationOptions(preparation=kept)
    found = picture_rows(vanishing(files, "d2.png", 2), wish, "p", NO_TASK)
    assert found.names == ("0.png", "d1.png", "d3.png", "d4.png", "z.png")
    flat = np.rint(np.array([grey(0), grey(1)]) / 255 * 16)
    np.testing.assert_array_equal(found.x[[0, 4], ..., 0], flat)
    assert found.x[1:4, 0, 0, 0].tolist() == [4, 12, 16]


def test_pictures_that_no_memory_holds_are_refused() -> None:
    files = {f"{i}.png": png(grey(i)) for i in range(2)}
    kept = Preparation(2**20, 2**21, 3)
    with pytest.raises(DataError, match=r"12,288\.0 GB, more than this machine's memory"):
        rows(files, PreparationOptions(preparation=kept))


def test_deep_values_outside_the_range_of_a_model_are_counted() -> None:
    deep = np.linspace(0, 4000, 72).reshape(9, 8).astype(np.uint16)
    files = {f"{i}.png": png(deep) for i in range(12)}
    kept = Preparation(9, 8, high=3900.0)
    found = rows(files, PreparationOptions(preparation=kept))
    count = 12 * int((deep > 3900).sum())
    assert found.warnings[-1] == f"{count} values outside 0 to 3900 are clipped"


def test_a_dark_set_of_bytes_fills_the_range() -> None:
    shades = [pixels(9, 8, seed=i) // 16 for i in range(12)]
    for shade in shades:
        shade[0, 0] = 15
    found = rows({f"{i}.png": png(shade) for i, shade in enumerate(shades)})
    np.testing.assert_array_equal(found.x[..., 0], np.array(shades) * 17)
    assert found.preparation.high == 15


@pytest.mark.parametrize(
    ("kept", "levels"), [(Preparation(9, 8), 255), (Preparation(9, 8, 1, 0, 16, 16), 16)]
)
def test_a_picture_of_ones_own(kept: Preparation, levels: int) -> None:
    one = grey(5)
    row, said = sample_row(png(one), "own.png", kept)
    wanted = one if levels == 255 else np.rint(one / 255 * levels)
    np.testing.assert_array_equal(row[..., 0], wanted)
    assert len(said) == (levels != 255)
    deep = np.linspace(0, 65535, 72).reshape(9, 8).astype(np.uint16)
    row, _ = sample_row(png(deep), "own.png", kept)
    np.testing.assert_allclose(row[..., 0], deep / 65535 * levels, atol=1)


def test_one_of_another_size_is_scaled_with_a_word() -> None:
    row, said = sample_row(png(pixels(30, 30, 3)), "own.png", Preparation(9, 8))
    assert row.shape == (9, 8, 1)
    assert said[0].startswith("pictures of 30 x 30 are scaled into 9 x 8")
    assert said[1] == "the model is of grey pictures: colours are turned to grey"


@pytest.mark.parametrize(("n", "seen"), [(1, 1), (200, 200), (201, 101), (400, 200), (401, 134)])
def test_a_survey_is_spread_over_the_set(n: int, seen: int) -> None:
    entries = tuple(Entry(str(i)) for i in range(n))
    found = surveyed(Pictures(entries, lambda _: b""))
    assert len(found) == seen and found[0] is entries[0]
    steps = {int(b.name) - int(a.name) for a, b in itertools.pairwise(found)}
    assert len(steps) <= 1
    assert surveyed(Pictures((), lambda _: b"")) == ()


def test_the_size_is_that_of_those_that_can_be_read() -> None:
    files = {"bad.png": BAD} | {f"{i}.png": png(grey(i, 12, 10)) for i in range(3)}
    assert rows(files).preparation.shape == (12, 10, 1)


def test_reading_tells_how_far_it_is() -> None:
    told: list[tuple[float | None, str]] = []
    task = Task(lambda fraction, text: told.append((fraction, text)), interval=0)
    deep = {f"{i}.png": png(np.full((9, 8), 999 + i, np.uint16)) for i in range(2)}
    picture_rows(pictures({"b.png": BAD} | deep), NOTHING, "p", task)
    assert [(f, text) for f, text in told if "pictures" in text] == [
        (pytest.approx(2 / 3), "reading pictures, 2 of 3"),
        (1.0, "reading pictures, 3 of 3"),
        (0.5, "scaling pictures, 1 of 2"),
        (1.0, "scaling pictures, 2 of 2"),
    ]


@pytest.mark.parametrize("door", [gathered, picture_rows])
def test_reading_stops_when_told(door: Callable[..., Any]) -> None:
    task = Task()
    task.cancel()
    read: list[Entry] = []

    def fetch(entry: Entry) -> bytes:
        read.append(entry)
        return FOUR[entry.name]

    raw = replace(pictures(FOUR), fetch=fetch)
    arguments = (raw.entries, task) if door is gathered else (NOTHING, "p", task)
    with pytest.raises(Cancelled):
        door(raw, *arguments)
    assert read == []


def test_memory_is_asked_for_before_pictures_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Grey ones stand beside their copy in colour for a moment."""
    asked: list[int] = []
    monkeypatch.setattr(module, "require_memory", lambda nbytes, where: asked.append(nbytes))
    rows(FOUR)
    assert asked == [4 * 9 * 8]
    rows(FOUR | {"b/z.png": png(pixels(9, 8, 3))})
    assert asked[1:] == [5 * 9 * 8, 5 * 9 * 8 * 4]
    rows(FOUR, PreparationOptions(preparation=Preparation(9, 8, 3)))
    assert asked[3:] == [4 * 9 * 8 * 3]


def test_what_was_met_on_the_way() -> None:
    taken: list[Array] = []
    files = {"a/b.png": BAD, "a/g.png": png(grey(0)), "b/c.png": png(pixels(9, 8, 3))}
    raw = pictures(files)
    found = gathered(raw, raw.entries, NO_TASK, None, taken.append)
    assert [p.shape for p in taken] == [(9, 8, 1), (9, 8, 3)]
    assert found.colour and list(found.bad) == ["a/b.png"] and found.sizes == [(9, 8)] * 2
    assert labels_of(found.good).classes == ("a", "b") and labels_of([]).index is None
    alone = Findings()
    alone.add(Entry("g"), decode(files["a/g.png"], "g"))
    assert not alone.colour and alone.told_bad() == "0 of 1 pictures"
