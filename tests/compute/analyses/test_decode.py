"""explorer.compute.analyses.decode: what the decoder makes of codes, and what is no code."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from explorer.compute.analyses.decode import WIDEST, DecodeCodes, parsed_code, read_codes, stacked
from explorer.errors import Cancelled, DataError, SettingsError
from explorer.task import NO_TASK, Task
from tests.compute.small import DATA, linear_model, snapshot


def test_codes_of_the_linear_model_become_its_mean_and_basis() -> None:
    model, module = linear_model()
    rows = DecodeCodes(model, z=("1,0", "0 1", "0.5,-2")).answer()
    codes = torch.tensor([[1, 0], [0, 1], [0.5, -2]], dtype=module.basis.dtype)
    np.testing.assert_allclose(rows, module.exact_decode(codes).numpy(), atol=1e-5)


def test_a_file_of_codes_goes_before_words(tmp_path: Path) -> None:
    model, path = snapshot(), tmp_path / "codes.npy"
    np.save(path, np.array([[0.5, -1.0]]))
    from_file = DecodeCodes(model, z=("9,9",), codes=path).answer()
    np.testing.assert_array_equal(from_file, DecodeCodes(model, z=("0.5,-1",)).answer())


def test_the_report_is_a_row_of_pictures_and_the_numbers() -> None:
    question = DecodeCodes(snapshot(), z=("0,0", "1,1", "2,2"))
    rows = question.answer()
    report = question.report(rows)
    assert report.values == {"n": 3, "shape": [8, 8, 1]}
    assert report.thing is not None and report.thing.picture and report.thing.array
    picture, array = report.thing.picture(NO_TASK), report.thing.array(NO_TASK)
    assert picture.shape == (8, 24, 1)
    np.testing.assert_array_equal(array, rows.reshape(3, 8, 8, 1))
    assert np.abs(picture[:, 8:16] / 255.0 - array[1]).max() <= 0.5 / 255 + 1e-6


def test_a_row_of_pictures_is_as_wide_as_formats_can_count() -> None:
    """JPEG and many readers count the pixels of a side in 16 bits."""
    assert 60_000 < WIDEST <= 2**16


@pytest.mark.parametrize(("n", "fits"), [(WIDEST // 8, True), (WIDEST // 8 + 1, False)])
def test_a_row_wider_than_a_file_may_be_is_no_picture(n: int, *, fits: bool) -> None:
    thing = DecodeCodes(snapshot()).report(np.zeros((n, 64), np.float32)).thing
    assert thing is not None and thing.array is not None
    assert (thing.picture is not None) == fits


@pytest.mark.parametrize(
    ("text", "code"), [("0.5,-1", [0.5, -1]), (" 1  2 ", [1, 2]), ("1e-3,", [0.001]), ("7", [7])]
)
def test_a_code_is_read(text: str, code: list[float]) -> None:
    assert parsed_code(text) == code


@pytest.mark.parametrize("text", ["", ",", "a,b", "1;2", "nan,0", "inf", "0,-inf"])
def test_what_is_no_code_is_said(text: str) -> None:
    with pytest.raises(SettingsError, match="is no code"):
        parsed_code(text)


@pytest.mark.parametrize(("d", "remedy"), [(1, "give one number"), (3, "give 3 numbers")])
def test_a_code_of_another_length_is_said(d: int, remedy: str) -> None:
    with pytest.raises(SettingsError, match=f"length {d}, --z gives one of length 2") as caught:
        stacked([[0.0] * d, [1.0, 2.0]], d)
    assert caught.value.remedy.startswith(remedy)


def test_codes_are_stacked_in_their_order() -> None:
    codes = stacked([[1.0, 2.0], [3.0, 4.0]], 2)
    assert codes.dtype == np.float32 and codes.tolist() == [[1, 2], [3, 4]]


def test_codes_are_read_from_what_encode_writes(tmp_path: Path) -> None:
    path, mean = tmp_path / "codes.npz", np.arange(6.0).reshape(3, 2)
    np.savez(path, std=np.ones((3, 2)), mean=mean)
    codes = read_codes(path, 2)
    assert codes.dtype == np.float32
    np.testing.assert_array_equal(codes, mean)


WRONG = {
    "one axis": np.zeros(2),
    "another length": np.zeros((3, 4)),
    "none": np.zeros((0, 2)),
    "not finite": np.array([[0, np.inf]]),
}


@pytest.mark.parametrize("case", WRONG)
def test_numbers_that_are_no_codes_are_refused(case: str, tmp_path: Path) -> None:
    path = tmp_path / "codes.npy"
    np.save(path, WRONG[case])
    with pytest.raises(DataError, match="do not fit a model with codes of length 2") as caught:
        read_codes(path, 2)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"no numbers", b"PK\x03\x04"])
def test_a_file_without_codes_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "codes.npy"
    path.write_bytes(content)
    with pytest.raises(DataError):
        read_codes(path, 2)
    np.savez(tmp_path / "other.npz", codes=np.zeros((3, 2)))
    with pytest.raises(DataError, match="holds no codes"):
        read_codes(tmp_path / "other.npz", 2)


def test_what_would_run_as_it_is_read_is_refused(tmp_path: Path) -> None:
    """A pickle is a program."""
    np.save(tmp_path / "codes.npy", np.array([{"a": 1}, None]), allow_pickle=True)
    with pytest.raises(DataError, match="holds no codes"):
        read_codes(tmp_path / "codes.npy", 2)


def test_it_stops_when_it_is_told_to() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        DecodeCodes(snapshot(), z=("0,0",)).answer(task)


def test_pictures_are_in_the_units_of_the_data() -> None:
    rows = DecodeCodes(snapshot("ae"), z=("0,0",)).answer()
    thing = DecodeCodes(snapshot("ae")).report(rows).thing
    assert thing is not None and thing.array is not None
    np.testing.assert_array_equal(
        thing.array(NO_TASK).ravel(), DATA.preparation.original(rows).ravel()
    )
