"""The question that brings a moment of a training back from its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.compute.moment import LoadMoment
from explorer.errors import CheckpointError
from explorer.task import NO_TASK
from explorer.training.record import moment_file
from explorer.training.record.curve import empty
from tests.training.record.test_moment_file import some


def test_the_answer_is_the_same_moment_in_memory(tmp_path: Path) -> None:
    moment, curve = moment_file.write(tmp_path, "run", some()).released(), empty(1, 1)
    question = LoadMoment(moment, curve)
    assert question.subject == {"curve": curve} and question.quiet
    back = question.answer(NO_TASK)
    assert back.held and (back.epoch, back.model.id) == (moment.epoch, moment.model.id)


def test_one_that_has_gone_is_an_error(tmp_path: Path) -> None:
    moment = moment_file.write(tmp_path, "run", some()).released()
    assert moment.path is not None
    moment.path.unlink()
    with pytest.raises(CheckpointError):
        LoadMoment(moment, empty(1, 1)).answer(NO_TASK)
