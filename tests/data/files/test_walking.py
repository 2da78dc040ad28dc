"""Links are followed, loops are cut, and what is cut is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from explorer.data.files import walking
from explorer.data.files.walking import LeftOut, files_under, some_under
from explorer.data.opening import open_dataset
from explorer.errors import DataError
from tests.data import makers
from tests.data.makers import pixels

AGAIN = "1 link leads to what is read already: left out"


def _set(folder: Path) -> Path:
    """cat lies in the folder; dog beside it, so that a link may lead there."""
    makers.pictures(folder / "set" / "cat", 4)
    makers.pictures(folder / "real" / "dog", 4, start=4)
    return folder / "set"


LINKS: dict[str, tuple[dict[str, str], int, tuple[str, ...], str | None]] = {
    "class": ({"dog": "../real/dog"}, 8, ("cat", "dog"), None),
    "chain": ({"dog": "../hop", "../hop": "real/dog"}, 8, ("cat", "dog"), None),
    "file": ({"cat/more.png": "../../real/dog/004.png"}, 5, (), None),
    "twice": ({"dog": "../real/dog", "hound": "../real/dog"}, 8, ("cat", "dog"), AGAIN),
    "of_a_real_one": ({"puss": "cat"}, 4, (), AGAIN),
    "itself": ({"cat/again": "."}, 4, (), AGAIN),
    "root": ({"cat/up": ".."}, 4, (), AGAIN),
    "above_root": ({"up": "../.."}, 4, (), AGAIN),
    "loop": ({"dog": "../real/dog", "../real/dog/back": "../../set"}, 8, ("cat", "dog"), AGAIN),
    "nowhere": ({"dog": "../gone"}, 4, (), "1 link leads nowhere: left out (dog)"),
    "round": ({"dog": "dog"}, 4, (), "1 link leads nowhere: left out (dog)"),
    "no_picture": ({"cat/more.png": "gone.png"}, 4, (), "1 of 5 pictures cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("case", LINKS)
def test_links(case: str, tmp_path: Path) -> None:
    links, n, classes, said = LINKS[case]
    folder = _set(tmp_path)
    for name, target in links.items():
        (folder / name).symlink_to(target)
    data = open_dataset(folder)
    assert len(data) == n and data.classes == classes
    assert (not data.warnings) if said is None else any(said in w for w in data.warnings)


def test_a_folder_that_is_a_link_is_opened(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(_set(tmp_path))
    assert len(open_dataset(tmp_path / "link")) == 4


def _idx(folder: Path) -> Path:
    return makers.mnist(folder / "set") / "train-images-idx3-ubyte.gz"


FILES: dict[str, Callable[[Path], Path]] = {
    "npy": lambda f: makers.npy(f, pixels(9, 9, 9)),
    "npz": lambda f: makers.npz(f, x=pixels(9, 9, 9)),
    "zip": lambda f: makers.zipped(f, makers.good_members()),
    "idx": _idx,
}


@pytest.mark.parametrize("case", FILES)
def test_linked_files_of_other_formats(case: str, tmp_path: Path) -> None:
    real = FILES[case](tmp_path)
    link = tmp_path / "link"
    link.symlink_to(real)
    np.testing.assert_array_equal(open_dataset(link).x[:4], open_dataset(real).x[:4])


def test_a_link_that_leads_nowhere_says_so(tmp_path: Path) -> None:
    (tmp_path / "link.npz").symlink_to(tmp_path / "gone.npz")
    with pytest.raises(DataError, match="this link leads nowhere"):
        open_dataset(tmp_path / "link.npz")


def test_folders_are_read_once_and_litter_never(tmp_path: Path) -> None:
    folder, left_out = _set(tmp_path), LeftOut()
    (folder / ".hidden").symlink_to("../real")
    (folder / "b").symlink_to("../real/dog")
    (folder / "a").symlink_to("../real/dog")
    found = sorted(files_under(folder, left_out))
    assert found == [f"a/{i:03d}.png" for i in range(4, 8)] + [f"cat/{i:03d}.png" for i in range(4)]
    assert left_out == LeftOut(again=["b"])


def test_what_a_folder_holds_is_told_by_some_of_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past ten thousand others a picture is found; a disk of a hundred thousand is not listed."""
    monkeypatch.setattr(walking, "files_under", lambda root, left_out: map(str, range(100_000)))
    assert 10_000 < len(list(some_under(Path()))) < 40_000
