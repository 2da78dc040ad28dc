from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from explorer.ui.window import MainWindow, open_window
from tests.ui.standing import LANES


@pytest.fixture(scope="module")
def opened(qapp: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """A window with digits and their model, for all tests of a file."""
    made = open_window("digits", settings_dir=tmp_path_factory.mktemp("settings"))
    for lane in LANES:  # else the first test that asks would leave a thread behind
        made.jobs._lane(lane)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def window(opened: MainWindow, qtbot: Any) -> MainWindow:
    """It, at rest, in Explore, with a sample selected."""
    qtbot.waitUntil(lambda: opened.state.now.pca_decoded is not None and not opened.jobs.busy)
    opened.state.update(workspace="explore", training="idle", path=None, tool="probe")
    return opened
