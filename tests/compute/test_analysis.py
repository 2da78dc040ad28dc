"""explorer.compute.analysis: what holds of every question that is a command, too."""

from __future__ import annotations

import dataclasses

import pytest

from explorer.compute.analyses.linear_truth import WatchLinearModel
from explorer.compute.analysis import Analysis, part_setting, seed_setting
from explorer.compute.question import discover, settings_of
from explorer.config import check
from explorer.data.splits import SPLITS
from explorer.errors import SettingsError
from explorer.export.kinds import kinds_for
from tests.fakes import toy_dataset

EVERY = [pytest.param(kind, id=kind.command()) for kind in discover() if issubclass(kind, Analysis)]


def test_a_command_is_called_as_its_file() -> None:
    assert WatchLinearModel.command() == "linear-truth"
    assert len({case.id for case in EVERY}) == len(EVERY) >= 10


@pytest.mark.parametrize("kind", EVERY)
def test_its_docstring_is_a_help_page(kind: type[Analysis[object]]) -> None:
    first, _, rest = (kind.__doc__ or "").partition("\n")
    assert first.endswith(".") and len(first) <= 80
    assert not rest or rest.startswith("\n")


@pytest.mark.parametrize("kind", EVERY)
def test_its_examples_are_typed_as_it_is_called(kind: type[Analysis[object]]) -> None:
    names = [f.metadata.get("flag") or f.name for f in dataclasses.fields(kind)]
    flags = {f"--{name.rstrip('_').replace('_', '-')}" for name in names} | {"--out", "--json"}
    typed = [example.split() for example in kind.examples]
    own = [words for words in typed if words[0] == kind.command()]
    assert own  # another may be what is typed before it
    for words in own:
        given = {word for word in words if word.startswith("--")}
        assert given <= flags, words


@pytest.mark.parametrize("kind", EVERY)
def test_what_it_writes_has_a_kind_of_file_and_what_it_shows_is_named(
    kind: type[Analysis[object]],
) -> None:
    assert all(kinds_for([face]) for face in kind.writes)
    names = {s.name for s in settings_of(kind)}
    assert set(kind.one_of) <= names


def test_what_is_left_open_is_left_to_each() -> None:
    assert Analysis.table({"curve": [1]}) == []
    with pytest.raises(NotImplementedError):
        Analysis().report(None)


def test_the_settings_that_many_have_read_the_same_everywhere() -> None:
    for kind in (case.values[0] for case in EVERY):
        for setting in settings_of(kind):  # type: ignore[arg-type]
            if setting.name == "split":
                assert setting.default == "test" and tuple(setting.choices or ()) == SPLITS
            if setting.name == "seed":
                assert (setting.default, setting.low, setting.high) == (0, 0, 2**31)
    assert part_setting().default == "test" and seed_setting("codes").default == 0


@pytest.mark.parametrize("seed", [-1, 0, 2**31, 2**31 + 1])
def test_a_seed_is_a_whole_number_of_31_bits(seed: int) -> None:
    question = WatchLinearModel(toy_dataset(), seed=seed)
    if 0 <= seed <= 2**31:
        check(question)
    else:
        with pytest.raises(SettingsError, match="seed"):
            check(question)
