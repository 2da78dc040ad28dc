"""How a row of the palette is painted: what stands where, and in which colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from explorer.ui.palette.painting import HEIGHT, LEFT, ROW, RowPainter
from explorer.ui.palette.rows import Row
from explorer.ui.themes import theme
from tests.ui import painted

WIDTH, TOP = 400, 10
PLAIN = Row("fit", "Fit all", "See all points", "View", (), "", "", "", lambda: None)
TOKENS = theme.LIGHT


@dataclass(frozen=True)
class Word:
    """A text as it is drawn: its box from the row's corner, its colour, whether it is bold."""

    text: str
    box: QRect
    colour: str
    bold: bool
    size: int


class Listening(QPainter):
    """Writes the words down."""

    def __init__(self, image: QImage) -> None:
        super().__init__(image)
        self.words: list[Word] = []

    def drawText(self, box: QRect, flags: Any, text: str) -> None:  # type: ignore[override]
        colour, font = self.pen().color().name().upper(), self.font()
        at = box.translated(0, -TOP)
        self.words.append(Word(text, at, colour, font.bold(), font.pixelSize()))
        super().drawText(box, flags, text)


@pytest.fixture
def view(qtbot: Any, light: None) -> QListView:
    made = QListView()
    qtbot.addWidget(made)
    return made


def paint(view: QListView, row: Row, *, selected: bool = False) -> tuple[list[Word], Any]:
    """The words, and (HEIGHT, WIDTH, 3) the pixels of a row that lies a little lower."""
    model, item = QStandardItemModel(view), QStandardItem()
    item.setData(row, ROW)
    model.appendRow(item)
    option = QStyleOptionViewItem()
    option.rect, option.widget = QRect(0, TOP, WIDTH, HEIGHT), view
    option.state = QStyle.StateFlag.State_Selected if selected else QStyle.StateFlag.State_None
    image = QImage(WIDTH, TOP + HEIGHT, QImage.Format.Format_RGB888)
    image.fill(TOKENS.surface)
    painter = Listening(image)
    RowPainter(view).paint(painter, option, model.index(0, 0))
    words = painter.words
    painter.end()
    rows = np.array(image.constBits()).reshape(TOP + HEIGHT, -1)[:, : 3 * WIDTH]
    return words, rows.reshape(TOP + HEIGHT, WIDTH, 3)[TOP:]


def row(**other: Any) -> Row:
    """The plain one, but for what is said."""
    return Row(**{**vars(PLAIN), **other})


def framed(pixels: Any, box: QRect) -> bool:
    """Whether a hairline lies around a box: in the middle of each side."""
    line, middle = painted.of_colour(pixels, TOKENS.hairline, near=25), box.center()
    across = [line[middle.y(), x - 1 : x + 2].any() for x in (box.left(), box.right())]
    down = [line[y - 1 : y + 2, middle.x()].any() for y in (box.top(), box.bottom())]
    return all(across) and all(down)


def upper(colour: str) -> str:
    return colour.upper()


def test_title_above_sentence_both_at_the_left(view: QListView) -> None:
    (title, sentence), _ = paint(view, PLAIN)
    assert (title.text, sentence.text) == ("Fit all", "See all points")
    assert title.box.left() == sentence.box.left() == LEFT
    assert 0 <= title.box.top() < title.box.bottom() <= sentence.box.top()
    assert sentence.box.bottom() < HEIGHT
    assert (title.colour, sentence.colour) == (upper(TOKENS.text), upper(TOKENS.quiet))
    assert (title.size, sentence.size) == (theme.TEXT, theme.SMALL)


def test_the_letters_that_were_typed_stand_out(view: QListView) -> None:
    words, _ = paint(view, row(letters=frozenset({0, 4, 5})))
    assert [(word.text, word.bold) for word in words[:-1]] == [
        ("F", True), ("it ", False), ("al", True), ("l", False),
    ]  # fmt: skip
    assert {word.colour for word in words[:-1] if word.bold} == {upper(TOKENS.accent)}
    assert {word.colour for word in words[:-1] if not word.bold} == {upper(TOKENS.text)}
    lefts = [word.box.left() for word in words[:-1]]
    assert lefts == sorted(set(lefts)) and lefts[0] == LEFT


def test_what_cannot_be_done_says_why_and_stands_back(view: QListView) -> None:
    (title, sentence), _ = paint(view, row(reason="Open data first"))
    assert title.colour == upper(TOKENS.quiet)
    assert (sentence.text, sentence.colour) == (
        "Open data first. See all points", upper(TOKENS.warn),
    )  # fmt: skip


def test_a_sentence_of_several_lines_stands_on_one(view: QListView) -> None:
    words, _ = paint(view, row(sentence="One, two;\nand three"))
    assert words[-1].text == "One, two; and three"


def test_a_long_sentence_ends_in_dots_before_the_edge(view: QListView) -> None:
    words, pixels = paint(view, row(sentence="very " * 100))
    assert words[-1].text.endswith("\u2026") and words[-1].box.right() < WIDTH - 8
    assert (pixels[:, WIDTH - 10 :] == painted.rgb(TOKENS.surface)).all()


def test_the_first_of_its_keys_stands_at_the_right_in_a_cap(view: QListView) -> None:
    words, pixels = paint(view, row(keys=("Ctrl+F", "F")))
    (key,) = [word for word in words if word.text == "Ctrl+F"]
    assert not any(word.text == "F" for word in words)
    assert key.colour == upper(TOKENS.quiet) and key.box.right() == WIDTH - 16
    assert framed(pixels, key.box) and key.size == theme.SMALL
    wide = QFontMetrics(theme.font(theme.SMALL)).horizontalAdvance("Ctrl+F")
    assert wide + 8 <= key.box.width() <= wide + 16
    title = next(word for word in words if word.text == "Fit all")
    assert abs(key.box.center().y() - title.box.center().y()) <= 1  # on one line


@pytest.mark.parametrize("keys", [(), ("F",)])
def test_a_switch_that_is_on_says_so_beside_its_key(view: QListView, keys: tuple[str, ...]) -> None:
    words, pixels = paint(view, row(keys=keys, state="on"))
    (on,) = [word for word in words if word.text == "on"]
    assert on.colour == upper(TOKENS.accent)
    if keys:
        (key,) = [word for word in words if word.text == "F"]
        assert on.box.right() < key.box.left() and on.box.top() == key.box.top()
    else:
        assert on.box.right() == WIDTH - 16
    assert not framed(pixels, on.box)


@pytest.mark.parametrize("letters", [(), (0,), tuple(range(80))])
def test_a_long_title_ends_in_dots_before_the_keys(
    view: QListView, letters: tuple[int, ...]
) -> None:
    made = row(title="Arrange " * 20, keys=("Ctrl+F",), state="on", letters=frozenset(letters))
    words, _ = paint(view, made)
    first = min(word.box.left() for word in words if word.text in ("Ctrl+F", "on"))
    title = [word for word in words[:-1] if word.text not in ("Ctrl+F", "on")]
    assert title[-1].text.endswith("\u2026")
    assert all(word.box.right() < first for word in title)


def test_the_marked_row_has_a_frame(view: QListView) -> None:
    _, plain = paint(view, PLAIN)
    _, marked = paint(view, PLAIN, selected=True)
    assert not painted.of_colour(plain, TOKENS.accent, near=40).any()
    frame = painted.of_colour(marked, TOKENS.accent, near=40)
    assert painted.box_of(frame) == pytest.approx((5, 1, WIDTH - 6, HEIGHT - 2), abs=1)
    assert tuple(marked[HEIGHT // 2, 20]) == painted.rgb(TOKENS.window)


def test_an_icon_stands_before_the_words_and_is_faint_where_it_cannot_be_done(
    view: QListView,
) -> None:
    def ink(made: Row) -> Any:
        _, pixels = paint(view, made)
        return np.abs(pixels[:, : LEFT - 2].astype(int) - painted.rgb(TOKENS.surface)).max(axis=2)

    none, bright, faint = ink(PLAIN), ink(row(icon="fit")), ink(row(icon="fit", reason="No"))
    assert not none.any()
    left, top, right, bottom = painted.box_of(bright > 30)
    assert left >= 14 and right < 34 and top >= 12 and bottom < 32
    assert faint.max() == pytest.approx(0.45 * bright.max(), rel=0.1)


def test_the_painter_is_left_as_it_was(view: QListView) -> None:
    """The next row begins anew, whatever this one set."""
    both = [paint(view, PLAIN, selected=chosen)[0] for chosen in (True, False)]
    assert both[0] == both[1]


def test_a_row_is_two_lines_high(view: QListView) -> None:
    size = RowPainter(view).sizeHint(QStyleOptionViewItem(), QStandardItemModel(view).index(0, 0))
    assert size.height() == HEIGHT and size.width() < WIDTH
    assert Qt.ItemDataRole.UserRole == ROW
