"""The use of codes: what is drawn where, what a click picks, and what is said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.task import NO_TASK
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.usage_bars import TOP, UsageBars
from tests.ui import painted

LEFT = Qt.MouseButton.LeftButton
SHARES = np.array([0.1, 0.5, 0.0, 0.4])


@pytest.fixture
def bars(qtbot: Any) -> UsageBars:
    made = UsageBars()
    qtbot.addWidget(made)
    made.resize(200, 71)
    made.set_shares(SHARES)
    made.show()
    return made


def test_bars_stand_on_the_ground_from_the_most_used_to_the_least(bars: UsageBars) -> None:
    room = 71 - 1 - TOP
    heights = [bars.bar(code).height() for code in range(4)]
    assert heights == pytest.approx([room * 0.2, room, 0.0, room * 0.8])
    assert [bars.bar(code).left() for code in (1, 3, 0, 2)] == [0, 50, 100, 150]
    assert all(bars.bar(code).bottom() == 70 and bars.bar(code).width() == 49 for code in range(4))


def test_of_more_codes_than_there_are_pixels_bars_touch_and_a_used_one_is_seen(
    bars: UsageBars,
) -> None:
    shares = np.full(100, 1e-6)
    shares[0] = 1 - 99e-6
    bars.set_shares(shares)
    assert bars.bar(7).height() == 1.0 and bars.bar(7).width() == 2.0  # no gap below 3 px
    assert bars.bar(7).right() == pytest.approx(bars.bar(8).left())


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_held_code_has_the_accent_and_the_others_do_not(
    light: None, bars: UsageBars, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    tokens = theme.tokens_of(bars)
    bars.set_held(3)
    seen = painted.pixels(bars)
    assert painted.box_of(painted.of_colour(seen, tokens.accent)) == (50, 26, 98, 69)
    quiet = painted.of_colour(seen, tokens.quiet)
    assert quiet[60, :49].all() and not quiet[60, 50:99].any()
    bars.set_held(None)
    assert not painted.of_colour(painted.pixels(bars), tokens.accent).any()


def test_a_held_code_without_use_is_seen_all_the_same(bars: UsageBars) -> None:
    bars.set_held(2)
    accent = painted.of_colour(painted.pixels(bars), theme.tokens_of(bars).accent)
    left, top, right, bottom = painted.box_of(accent)
    assert (left, right) == (150, 198) and bottom - top == 2
    bars.set_shares(np.full(200, 1 / 200))
    bars.set_held(100)
    accent = painted.of_colour(painted.pixels(bars), theme.tokens_of(bars).accent)
    left, _, right, _ = painted.box_of(accent)
    assert right - left + 1 == 3


def test_the_dashed_line_stands_at_the_even_share(
    bars: UsageBars, monkeypatch: pytest.MonkeyPatch
) -> None:
    from explorer.ui.widgets.charts import usage_bars

    said = painted.written(monkeypatch, usage_bars, bars.grab)
    ((text, box),) = said
    assert text == "even share 25.0%" and box.right() == 200
    y = 70 - (71 - 1 - TOP) * 0.25 / 0.5
    assert box.bottom() == y
    ink = painted.of_colour(painted.pixels(bars), theme.tokens_of(bars).text)
    assert 60 < ink[round(y) - 1 : round(y) + 1].any(axis=0).sum() < 200  # dashes: not all of it


def test_a_click_picks_the_code_of_the_slot_even_above_its_bar(bars: UsageBars, qtbot: Any) -> None:
    heard: list[int] = []
    bars.picked.connect(heard.append)
    for x, y in ((0, 70), (99, 3), (100, 70), (199, 0)):
        QTest.mouseClick(bars, LEFT, pos=QPoint(x, y))
    assert heard == [1, 3, 0, 2]
    assert bars.code_at(-0.5) is None and bars.code_at(200.0) is None


def test_the_tooltip_names_the_code_below_the_pointer(bars: UsageBars) -> None:
    assert painted.tooltip(bars, QPoint(60, 30)).startswith("code 3: 40.00%\n")
    bars.set_shares(np.zeros(0))
    assert painted.tooltip(bars, QPoint(60, 30)).startswith("Share p of each code")


def test_without_use_only_the_ground_is_drawn(bars: UsageBars) -> None:
    for shares in (np.zeros(0), np.zeros(4)):
        bars.set_shares(shares)
        seen = painted.pixels(bars)
        assert painted.of_colour(seen, theme.tokens_of(bars).hairline)[70].all()
        assert not painted.of_colour(seen, theme.tokens_of(bars).quiet).any()
    assert bars.accessibleDescription() == "0 of 4 codes are held by samples"


def test_what_leaves_has_a_row_a_code_in_their_own_order(bars: UsageBars) -> None:
    thing = bars.thing()
    assert thing is not None
    columns = thing.table(NO_TASK)  # type: ignore[misc]
    assert list(columns["code"]) == [0, 1, 2, 3] and list(columns["share"]) == SHARES.tolist()
    bars.set_shares(np.zeros(0))
    assert bars.thing() is None
    QApplication.processEvents()
