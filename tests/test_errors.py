"""explorer.errors: the sentence a user reads."""

from __future__ import annotations

import inspect

import pytest

from explorer import errors
from explorer.errors import Cancelled, DataError, ExplorerError

FAMILY = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, Exception) and kind is not ExplorerError
]


def test_a_sentence_says_what_where_and_what_to_do():
    error = DataError("the file is empty", where="a.npz", remedy="save it again")
    assert str(error) == "the file is empty (a.npz): save it again"


def test_what_is_not_known_is_left_out():
    assert str(DataError("the file is empty")) == "the file is empty"
    assert str(DataError("the file is empty", where="a.npz")) == "the file is empty (a.npz)"
    assert str(DataError("the file is empty", remedy="go")) == "the file is empty: go"


def test_details_stay_out_of_the_sentence():
    error = DataError("the file is empty", details="0 bytes at offset 0")
    assert error.details == "0 bytes at offset 0"
    assert "offset" not in str(error)


def test_a_path_is_kept_as_text(tmp_path):
    assert DataError("it is gone", where=tmp_path / "a").where == str(tmp_path / "a")


@pytest.mark.parametrize("kind", FAMILY, ids=lambda kind: kind.__name__)
def test_every_one_is_drawn_in_the_tree_and_documented(kind):
    assert issubclass(kind, ExplorerError)
    assert kind.__name__ in (errors.__doc__ or "")
    assert kind.__doc__


def test_cancelled_needs_no_words():
    assert str(Cancelled()) == "stopped on request"
