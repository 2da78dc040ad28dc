from __future__ import annotations

import pytest

from explorer.ui.widgets.montage.layout import GAP, LABEL, laid_out


@pytest.mark.parametrize("room", [(480, 500), (660, 580), (2000, 1700), (300, 200)])
@pytest.mark.parametrize("picture", [(8, 8), (28, 28), (64, 64), (96, 64), (256, 256), (900, 40)])
@pytest.mark.parametrize("blocks", [1, 3, 10, 64])
def test_everything_is_within_the_room_and_nothing_overlaps(room, picture, blocks):
    layout = laid_out(*room, picture, blocks)
    if layout is None:
        return
    w, h = layout.cell
    assert w / picture[0] == pytest.approx(h / picture[1])
    for i in range(layout.blocks):
        left, top = layout.block_at(i)
        assert left + layout.block[0] <= room[0] + 1e-6
        assert top + layout.block[1] <= room[1] + 1e-6
    x, y = layout.cell_at(layout.across * layout.down - 1)
    assert x + w <= layout.block[0] + 1e-6 and y + h <= layout.block[1] + 1e-6
    assert layout.cell_at(1)[0] >= w + GAP or layout.across == 1
    assert layout.cell_at(0) == (0, LABEL)


def test_factors_are_whole_in_device_pixels():
    assert laid_out(660, 580, (28, 28), 10).cell == (56, 56)
    assert laid_out(2000, 1700, (28, 28), 10).cell == (112, 112)
    assert laid_out(660, 580, (28, 28), 10, ratio=1.5).cell[0] * 1.5 % 28 == pytest.approx(0)


def test_many_are_shown_rather_than_a_few_large_ones():
    layout = laid_out(660, 580, (28, 28), 1)
    assert layout.across * layout.down >= 60
    layout = laid_out(660, 580, (256, 256), 3)
    assert layout.across * layout.down >= 20


def test_classes_that_have_no_room_are_left_out():
    layout = laid_out(300, 200, (28, 28), 64)
    assert 1 <= layout.blocks < 64
    assert laid_out(10, 10, (28, 28), 3) is None
