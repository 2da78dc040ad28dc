"""Arrays of one or two parts as rows: their bytes, labels, names and what is said of them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from explorer.data.choices import ChoiceRefused, Choices, ChoiceWanted
from explorer.data.layout import Layout
from explorer.data.preparation import Preparation
from explorer.data.raw import Arrays, Held, Part, Turned
from explorer.data.steps import arrays
from explorer.data.steps.arrays import (
    all_equal,
    array_rows,
    feature_names,
    given_split,
    labels_of,
    layout_of_parts,
    names_of,
    plan,
    sample_count,
)
from explorer.data.steps.rows import PreparationOptions
from explorer.data.steps.scaling import Scale
from explorer.errors import Cancelled, DataError
from explorer.task import NO_TASK, Task
from tests.data.makers import pixels

Array = NDArray[Any]
NOTHING = PreparationOptions()


def held(array: Array, name: str = "x") -> Held:
    return Held.of(array, name, "a.npz")


def raw(*parts: Array, **more: Any) -> Arrays:
    names = ("x", "x_test", "third")
    return Arrays(tuple(Part(held(x, n)) for x, n in zip(parts, names, strict=False)), **more)


def labelled(x: Array, y: Array, *, held_out: bool | None = None) -> Part:
    return Part(held(x), held(y, "y"), held_out)


def test_bytes_stay_as_they_are() -> None:
    x = pixels(5, 9, 8)
    rows = array_rows(raw(x, warnings=("before",)), NOTHING, NO_TASK)
    np.testing.assert_array_equal(rows.x[..., 0], x)
    assert rows.preparation == Preparation(9, 8) and rows.warnings == ("before",)
    assert rows.test is None and rows.names is None and rows.labels.index is None


@pytest.mark.parametrize(("channels", "kept"), [(1, 1), (3, 3), (4, 3)])
def test_channels_of_an_array(channels: int, kept: int) -> None:
    rows = array_rows(raw(pixels(5, 9, 8, channels)), NOTHING, NO_TASK)
    assert rows.x.shape == (5, 9, 8, kept)
    assert ("RGBA pictures are laid over white" in rows.warnings) == (channels == 4)


def test_two_parts_lie_one_after_the_other_and_bring_their_split() -> None:
    a, b = pixels(5, 9, 8), pixels(3, 9, 8, seed=1)
    parts = (Part(held(a), None, False), Part(held(b, "x_test"), None, True))
    rows = array_rows(Arrays(parts), NOTHING, NO_TASK)
    np.testing.assert_array_equal(rows.x[..., 0], np.concatenate([a, b]))
    assert rows.test is not None and rows.test.tolist() == [False] * 5 + [True] * 3
    open_side = Arrays((parts[0], Part(held(b), None, None)))
    assert given_split(open_side) is None and sample_count(open_side) == 8


def test_parts_of_different_shapes_are_refused() -> None:
    with pytest.raises(
        DataError, match=r"x and x_test hold samples of different shapes.*give both"
    ):
        layout_of_parts(raw(pixels(5, 9, 8), pixels(5, 8, 9)), NOTHING)


@pytest.mark.parametrize(("n", "said"), [(0, "there are no samples"), (1, "only one sample")])
def test_one_sample_is_too_few(n: int, said: str) -> None:
    with pytest.raises(DataError, match=said):
        layout_of_parts(raw(pixels(n, 9, 8)), NOTHING)
    assert layout_of_parts(raw(pixels(1, 9, 8), pixels(1, 9, 8)), NOTHING).shape == (9, 8, 1)


def test_a_single_number_is_refused() -> None:
    with pytest.raises(DataError, match=r"x is a single number .*give \(n, height, width\)"):
        sample_count(raw(np.array(3.0)))


@pytest.mark.parametrize(
    ("images", "count", "said"),
    [
        ((5, 9, 8), 4, "x has 5 samples but y has 4 labels.*one label for each"),
        ((1, 9, 8), 2, "x has 1 sample but y has 2 labels"),
        ((5, 9, 8), 1, "x has 5 samples but y has 1 label "),
        ((9, 8, 60), 60, r"has the samples on its last axis.*say --axis 2, .*moveaxis\(x, 2, 0\)"),
        ((9, 60, 8), 60, r"has the samples on axis 1.*say --axis 1"),
        ((9, 60, 60), 60, r"has the samples on its last axis"),
    ],
)
def test_labels_that_do_not_fit_are_refused(images: tuple[int, ...], count: int, said: str) -> None:
    with pytest.raises(DataError, match=said):
        layout_of_parts(Arrays((labelled(pixels(*images), np.zeros(count)),)), NOTHING)


def test_what_would_do_is_told_with_the_refusal() -> None:
    with pytest.raises(ChoiceWanted) as wanted:
        layout_of_parts(Arrays((labelled(pixels(9, 8, 60), np.zeros(60)),)), NOTHING)
    assert wanted.value.ways == (Choices(axis=2),)
    turned = Turned.along(held(pixels(9, 60, 8)), 2)  # axes 2, 0, 1 of before
    with pytest.raises(
        ChoiceRefused, match=r"samples on axis 1, not on axis 2.*say --axis 1"
    ) as no:
        layout_of_parts(Arrays((Part(turned, held(np.zeros(60), "y")),)), NOTHING)
    assert no.value.choice == "axis"


@pytest.mark.parametrize(
    ("x", "low", "high", "levels"),
    [
        (pixels(5, 9, 8), 0, 255, 255),
        (pixels(5, 9, 8) // 16, 0, 15, 15),
        (pixels(5, 9, 8) > 99, 0, 1, 1),
        (pixels(5, 9, 8) / 255, 0, 1, 255),
    ],
)
def test_the_range_of_the_values(x: Array, low: float, high: float, levels: int) -> None:
    settled = plan(raw(x), NOTHING, NO_TASK)
    kept = settled.preparation
    assert (kept.low, kept.high, kept.levels) == (low, high, levels)
    assert type(kept.low) is float and settled.scales == (Scale(low, high, levels),)
    rows = array_rows(raw(x), NOTHING, NO_TASK)
    wanted = np.rint((x.astype(float) - low) / (high - low) * levels)
    np.testing.assert_array_equal(rows.x[..., 0], wanted)


def test_shades_between_appear_where_pictures_are_scaled() -> None:
    x = pixels(5, 16, 16) // 16
    settled = plan(raw(x), PreparationOptions(size=8), NO_TASK)
    assert settled.preparation == Preparation(8, 8, 1, 0.0, 15.0, 255)
    assert any("pictures of 16 x 16 are scaled into 8 x 8" in w for w in settled.warnings)
    rows = array_rows(raw(np.full((2, 16, 16), 15, np.uint8)), PreparationOptions(size=8), NO_TASK)
    assert (rows.x == 255).all()


def test_a_range_that_is_known_is_not_looked_for() -> None:
    wish = PreparationOptions(scale=Scale(0, 16, 16))
    settled = plan(raw(pixels(5, 8, 8) // 32), wish, NO_TASK, budget=0)
    assert settled.preparation == Preparation(8, 8, 1, 0.0, 16.0, 16)
    assert settled.warnings == ()


def test_the_range_of_the_first_samples_is_said_to_be_that() -> None:
    x = np.linspace(0, 9, 4 * 80 * 80).reshape(4, 80, 80)
    early = plan(raw(x), NOTHING, NO_TASK, budget=1)
    assert "the range is that of the first samples" not in early.warnings  # one block held it all
    many = np.broadcast_to(x[:1], (200, 80, 80))
    assert (
        "the range is that of the first samples"
        in plan(raw(np.ascontiguousarray(many)), NOTHING, NO_TASK, budget=1).warnings
    )


def test_parts_of_plainly_different_ranges_meet_in_that_of_the_first() -> None:
    """Bytes for training, the same as numbers up to one for testing."""
    a, b = pixels(20, 9, 8), pixels(20, 9, 8, seed=1)
    settled = plan(raw(a, b / 255), NOTHING, NO_TASK)
    assert (settled.preparation.low, settled.preparation.high) == (0, 255)
    assert settled.scales == (Scale(0, 255, 255), Scale(0, 1, 255))
    assert settled.warnings == (
        "x_test: the values are taken from 0 to 1, which is scaled to the model's 0 to 255",
    )
    rows = array_rows(raw(a, b / 255), NOTHING, NO_TASK)
    np.testing.assert_array_equal(rows.x[..., 0], np.concatenate([a, b]))


def test_the_first_part_says_the_range_whichever_it_is() -> None:
    a, b = pixels(20, 9, 8), pixels(20, 9, 8, seed=1)
    settled = plan(raw(a / 255, b), NOTHING, NO_TASK)
    assert (settled.preparation.low, settled.preparation.high) == (0, 1)
    assert settled.scales == (Scale(0, 1, 255), Scale(0, 255, 255))
    assert len(settled.warnings) == 1 and settled.warnings[0].startswith("x_test: the values are")


def test_parts_of_one_range_are_judged_together() -> None:
    """Steps of 1/255 in the first tell nothing of the second."""
    a, b = pixels(20, 9, 8) / 255, np.linspace(0, 1, 20 * 72).reshape(20, 9, 8)
    settled = plan(raw(a, b), NOTHING, NO_TASK)
    assert settled.scales == (Scale(0, 1, 255),) * 2
    assert settled.warnings == ("float64 values from 0 to 1 are rounded to 256 steps",)


def test_what_is_alone_is_not_called_dark() -> None:
    """There is no other part, and no model, that it would be dark beside."""
    assert plan(raw(pixels(20, 9, 8) // 16 / 255), NOTHING, NO_TASK).warnings == ()


def test_of_one_part_alone_the_name_is_not_said() -> None:
    wish = PreparationOptions(preparation=KEPT)
    (said,) = plan(raw(pixels(20, 9, 8)), wish, NO_TASK).warnings
    assert said == "the values are taken from 0 to 255, which is scaled to the model's 0 to 1"


def test_rows_bring_their_labels() -> None:
    x, y = pixels(5, 9, 8), np.array([3, 1, 1, 3, 1])
    rows = array_rows(Arrays((labelled(x, y),)), NOTHING, NO_TASK)
    assert rows.labels.classes == ("1", "3")
    assert rows.labels.index is not None and rows.labels.index.tolist() == [1, 0, 0, 1, 0]
    with pytest.raises(DataError, match="x has 5 samples but y has 0 labels"):
        array_rows(Arrays((labelled(x, np.array(5)),)), NOTHING, NO_TASK)


def test_samples_that_no_memory_holds_are_refused() -> None:
    """A model of large pictures, and many small ones that would be scaled to that size."""
    many = np.broadcast_to(np.uint8(9), (10**9, 8, 8))
    wish = PreparationOptions(preparation=Preparation(128, 128, 3), scale=Scale())
    with pytest.raises(DataError, match="GB, more than this machine's memory"):
        array_rows(raw(many), wish, NO_TASK)


def test_an_empty_part_has_no_range() -> None:
    a = pixels(20, 9, 8) // 16
    for parts in ((a, a[:0]), (a[:0], a)):
        settled = plan(raw(*parts), NOTHING, NO_TASK)
        assert settled.scales == (Scale(0, 15, 15),) * 2


KEPT = Preparation(9, 8, low=0.0, high=1.0)


def test_a_preparation_is_repeated_and_what_is_clipped_is_counted() -> None:
    x = np.linspace(0, 1, 20 * 72).reshape(20, 9, 8)
    x[0, 0, 0], x[3, 0, 0] = -0.5, 1.5
    rows = array_rows(raw(x), PreparationOptions(preparation=KEPT), NO_TASK)
    assert rows.preparation == KEPT
    np.testing.assert_array_equal(rows.x[..., 0], np.rint(np.clip(x, 0, 1) * 255))
    assert rows.warnings == ("2 values outside 0 to 1 are clipped",)
    x[0, 0, 0] = 0.0
    (said,) = array_rows(raw(x), PreparationOptions(preparation=KEPT), NO_TASK).warnings
    assert said == "1 value outside 0 to 1 is clipped"


def test_what_was_measured_on_itself_counts_nothing_as_clipped() -> None:
    """A range that the user gave cuts in silence."""
    x = np.linspace(0, 9, 20 * 72).reshape(20, 9, 8)
    rows = array_rows(raw(x), PreparationOptions(scale=Scale(0, 1, 255)), NO_TASK)
    assert not any("clipped" in said for said in rows.warnings)


def test_a_known_range_is_taken_to_that_of_the_model() -> None:
    x = pixels(20, 9, 8) // 16
    wish = PreparationOptions(preparation=KEPT, scale=Scale(0, 15, 15))
    settled = plan(raw(x, x), wish, NO_TASK)
    assert settled.scales == (Scale(0, 15, 255),) * 2
    assert settled.warnings == (
        "the values are taken from 0 to 15, which is scaled to the model's 0 to 1",
    )


def test_pictures_are_fitted_to_a_model() -> None:
    kept = Preparation(8, 8, low=0.0, high=255.0)
    rows = array_rows(raw(pixels(5, 9, 12, 3)), PreparationOptions(preparation=kept), NO_TASK)
    assert rows.x.shape == (5, 8, 8, 1)
    assert "the model is of grey pictures: colours are turned to grey" in rows.warnings
    assert any("pictures of 9 x 12 are scaled into 8 x 8" in said for said in rows.warnings)


def test_resampling_overshoots_no_level() -> None:
    x = np.zeros((4, 30, 30), np.uint8)
    x[:, :, 15:] = 16
    kept = Preparation(8, 8, low=0.0, high=16.0, levels=16)
    rows = array_rows(raw(x), PreparationOptions(preparation=kept), NO_TASK)
    assert rows.x.max() == 16 and rows.x.min() == 0


def test_pictures_that_have_the_size_are_not_resampled(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are copied all at once; of others each is, until told to stop."""
    task, sizes = Task(), list[tuple[int, ...]]()

    def resampled(picture: Array, size: tuple[int, int]) -> Array:
        sizes.append(picture.shape)
        task.cancel()
        return picture[: size[0], : size[1]]

    monkeypatch.setattr(arrays, "resized", resampled)
    wish = PreparationOptions(preparation=Preparation(9, 8, 3), scale=Scale())
    array_rows(raw(pixels(5, 9, 8, 3)), wish, task)
    assert not sizes
    with pytest.raises(Cancelled):
        array_rows(raw(pixels(5, 12, 9, 3)), wish, task)
    assert sizes == [(12, 9, 3)]


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_gap_is_refused_even_where_the_range_is_known(bad: float) -> None:
    x = np.zeros((9, 9, 8))
    x[7, 1, 1] = bad
    with pytest.raises(DataError, match="sample 7 of x holds NaN or infinity"):
        array_rows(raw(x), PreparationOptions(scale=Scale(0, 1, 255)), NO_TASK)


def test_reading_tells_how_far_it_is_and_stops_when_told() -> None:
    told: list[tuple[float | None, str]] = []
    task = Task(lambda fraction, text: told.append((fraction, text)), interval=0)
    array_rows(raw(pixels(6, 9, 8), pixels(2, 9, 8)), NOTHING, task)
    assert told == [
        (None, "looking at the values of x"),
        (None, "looking at the values of x_test"),
        (0.75, "reading x, 6 of 8 samples"),
        (1.0, "reading x_test, 8 of 8 samples"),
    ]
    stopped = Task()
    stopped.cancel()
    settled = plan(raw(pixels(6, 9, 8)), PreparationOptions(scale=Scale()), NO_TASK)
    with pytest.raises(Cancelled):
        all_equal(raw(pixels(6, 9, 8)), settled, stopped, math.inf)


def test_whether_all_samples_are_the_same() -> None:
    one = pixels(1, 9, 8)
    same = np.repeat(one, 5, axis=0)
    other = same.copy()
    other[4, 8, 7] ^= 1
    for parts, equal in (((same,), True), ((same, same), True), ((same, other), False),
                         ((other,), False)):  # fmt: skip
        data = raw(*parts)
        settled = plan(data, NOTHING, NO_TASK)
        assert all_equal(data, settled, NO_TASK, math.inf) == equal
        assert not all_equal(data, settled, NO_TASK, same.nbytes - 1)
    data = raw(same)
    assert all_equal(data, plan(data, NOTHING, NO_TASK), NO_TASK, same.nbytes)


def test_the_labels_of_two_parts_are_one() -> None:
    x, text = pixels(3, 9, 8), np.array(["a", "b", "a"])
    both = (labelled(x, np.array([0, 1, 1])), labelled(x, np.array([2, 0, 1])))
    found, said = labels_of(Arrays(both, classes=held(np.array(["p", "q", "r"]))))
    assert found.index is not None and found.index.tolist() == [0, 1, 1, 2, 0, 1]
    assert found.classes == ("p", "q", "r") and said == []
    lone = Arrays((both[0], Part(held(x))))
    found, said = labels_of(lone)
    assert found.index is None and said == ["only one part has labels, so they are left out"]
    assert labels_of(raw(x))[1] == []
    found, said = labels_of(Arrays((both[0], labelled(x, text))))
    assert found.index is None
    assert said == ["the labels of the parts differ in kind and are left out"]
    rows = labelled(x, np.array([[1], [2], [1]]))
    assert labels_of(Arrays((both[0], rows)))[1] == said
    found, said = labels_of(Arrays((labelled(x, text), labelled(x, text))))
    assert found.classes == ("a", "b") and said == []


def test_names_of_samples_and_columns() -> None:
    x = pixels(3, 9, 8)
    assert names_of(raw(x)) is None
    assert names_of(raw(x, names=held(np.array(["a", "b\n", "c"])))) == ("a", "b?", "c")
    table, signals = Layout("table", (1, 3, 1), "flat"), Layout("signals", (1, 9, 2), "lc")
    pictures = Layout("images", (9, 8, 1), "hw")
    for columns, layout, wanted in (
        (("a", "b\t", "c"), table, ("a", "b?", "c")),
        (("a", "b"), table, ()),
        (("left", "right"), signals, ("left", "right")),
        (tuple("abcdefghi"), signals, ()),
        (tuple("abcdefgh"), pictures, ()),
    ):
        assert feature_names(raw(x, columns=columns), layout) == wanted
