"""Files named together are one source; a file with an odd name is one file still."""

from pathlib import Path

import pytest

from explorer.data.files import several
from explorer.data.opening import describe, open_dataset
from explorer.errors import DataError
from tests.data import makers


def test_they_are_one_source_that_opens_again(tmp_path: Path) -> None:
    paths = []
    for i, name in enumerate(("b.png", "a.png", "c d.png")):
        paths.append(str(tmp_path / name))
        Path(paths[-1]).write_bytes(makers.png(makers.pixels(9, 9 + i)))
    data = open_dataset(several.joined(paths))
    assert (data.name, data.names) == ("3 pictures", ("b.png", "a.png", "c d.png"))
    assert open_dataset(data.source).content_hash == data.content_hash
    assert describe(data.source).n == 3
    assert len(several.parts(several.joined([*paths, *paths]))) == 3


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    paths = [tmp_path / part / "a.png" for part in "xy"]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(makers.png(makers.pixels(9, 9)))
    assert open_dataset(several.joined([str(p) for p in paths])).names == tuple(map(str, paths))


def test_the_missing_are_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"2 of 2 pictures cannot be read \(a.png, b.png\)"):
        open_dataset(several.joined([str(tmp_path / "a.png"), str(tmp_path / "b.png")]))


@pytest.mark.parametrize("name", ["a", "/a", "a\nb", "/a\nb", "\n", "a\n/b"])
def test_what_is_one_source_stays_one(name: str) -> None:
    assert several.parts(name) == ()
