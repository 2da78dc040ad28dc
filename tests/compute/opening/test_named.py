"""explorer.compute.opening.named: a model by what was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.compute.opening.named import open_checkpoint
from explorer.errors import CheckpointError
from explorer.models import checkpoint
from tests.compute.small import snapshot


def test_a_folder_and_a_bundled_name(tmp_path: Path) -> None:
    checkpoint.save(tmp_path / "kept", snapshot())
    assert open_checkpoint(str(tmp_path / "kept")).id == snapshot().id
    assert open_checkpoint("digits").id == open_checkpoint("digits-vae").id == "digits-vae"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "no checkpoint is named, the path is empty: name the folder.*or one of .*digits"),
        ("nosuch", r"there is no such checkpoint \(.*nosuch\): name the folder.*or one of"),
        ("file", r"a checkpoint is a folder, this is a file \(.*file\): name the folder"),
    ],
)
def test_what_is_no_model_is_said(given: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("hello")
    with pytest.raises(CheckpointError, match=said):
        open_checkpoint(str(tmp_path / given) if given else "")
