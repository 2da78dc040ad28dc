"""Where the Probe's parts stand: in every room nothing lies over another, and as few px as said."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRect, QSize

from explorer.ui.probe_places import GAP, LEADS, ONE, TWO, Parts, Places, alone, places

PICTURES = [QSize(28, 28), QSize(8, 8), QSize(64, 64), QSize(28, 20)]


def _shown(found: Places) -> list[QRect]:
    """All that has a size; a leading picture in a pair stands on a free place of the sample's."""
    parts = [found.lead, found.sliders, found.tray, found.sample, found.wrong]
    if found.paired:
        parts.remove(found.lead)
    return [part for part in parts if not part.isEmpty()]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda p: f"{p.width()}x{p.height()}")
@pytest.mark.parametrize("tray", [0, 44])
@pytest.mark.parametrize("width", [256, 302, 338, 360, 425, 720, 1100])
@pytest.mark.parametrize("height", [300, 400, 473, 640, 900, 1400])
def test_in_every_room_parts_stand_apart_and_within(
    width: int, height: int, tray: int, picture: QSize
) -> None:
    found = places(QSize(width, height), Parts(picture, 1.0, 128, 64, tray))
    shown = _shown(found)
    room = QRect(0, 0, width, max(height, found.height))
    assert all(room.contains(part) for part in shown), shown
    assert not any(a.intersects(b) for a, b in combinations(shown, 2)), shown
    assert found.sliders.height() >= 64


@pytest.mark.parametrize(("width", "height"), [(378, 473), (425, 326), (475, 369), (643, 466)])
def test_in_the_columns_of_the_workspaces_nothing_is_scrolled_to(width: int, height: int) -> None:
    for tray in (0, 44):
        found = places(QSize(width, height), Parts(QSize(28, 28), 1.0, 64, 64, tray))
        assert found.height <= height


def test_a_high_column_has_all_below_one_another_a_lower_one_the_sliders_beside() -> None:
    parts = Parts(QSize(28, 28), 1.0, 64, 64)
    high, low = places(QSize(376, 700), parts), places(QSize(376, 470), parts)
    assert high.lead.bottom() < high.sliders.top() < high.sample.top() < high.wrong.top()
    assert low.sliders.left() > low.lead.right() and low.lead.width() >= LEADS
    assert not high.paired and not low.paired


def test_without_a_sample_the_picture_has_what_is_left() -> None:
    parts = Parts(None, 1.0, 128, 64)
    heights = [alone(QSize(376, h), parts).lead.height() for h in (300, 400, 600, 800)]
    assert heights == sorted(heights) and heights[3] - heights[2] == 200
    low = alone(QSize(376, 200), parts)
    assert low.height > 200 and low.sliders.height() == 64


def test_beside_one_another_all_four_pictures_have_one_side_and_captions_of_their_own() -> None:
    found = places(QSize(643, 466), Parts(QSize(28, 28), 1.0, 64, 64))
    side = (found.sample.width() - 2 * GAP) // 3
    assert found.lead.right() < found.sample.left() and found.wrong.left() == found.sample.left()
    assert found.sample.height() == side + TWO and found.wrong.height() == side + ONE
    assert found.lead.top() == found.sample.top(), "the four stand in one row"
    assert found.lead.height() == side + ONE
    assert found.sliders.top() > found.wrong.bottom()
