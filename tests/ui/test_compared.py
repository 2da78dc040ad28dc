from __future__ import annotations

from explorer.app.snapshot import Snapshot
from explorer.ui.compared import is_compared, preset_of, series_of


def test_without_anything_open_nothing_is_compared() -> None:
    now = Snapshot()
    assert not is_compared(now) and preset_of(now) == "Model" and series_of(now) == []
