from __future__ import annotations

import pytest
from PySide6.QtGui import QImage

from explorer import writing
from explorer.ui.widgets.exporting import told_export

PICTURE = QImage(4, 3, QImage.Format.Format_RGB32)


@pytest.mark.parametrize(
    ("name", "written"),
    [("a.png", "a.png"), ("a", "a.png"), ("my.run", "my.run.png"), ("a.JPG", "a.JPG")],
)
def test_a_picture_is_written_in_the_format_of_its_name(qapp, tmp_path, name, written):
    PICTURE.fill(0)
    assert told_export(PICTURE, tmp_path / name) == (f"Exported to {tmp_path / written}", "done")
    assert QImage(str(tmp_path / written)).size() == PICTURE.size()


def test_what_was_there_stays_where_the_disk_is_full(qapp, tmp_path, monkeypatch):
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.png").write_bytes(b"old")
    monkeypatch.setattr(writing.os, "fsync", full)
    text, tone = told_export(PICTURE, tmp_path / "a.png")
    assert tone == "bad" and "No space left" in text and "\n" not in text
    assert (tmp_path / "a.png").read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 1
