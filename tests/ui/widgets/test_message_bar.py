from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QToolButton

from explorer.ui.themes import theme
from explorer.ui.widgets.message_bar import MessageBar, with_letters


@dataclass(frozen=True)
class Verb:
    text: str


@dataclass(frozen=True)
class Said:
    text: str
    tone: str = "hint"
    details: str = ""
    actions: tuple[Verb, ...] = ()


@pytest.fixture
def bar(qtbot, qapp):
    theme.apply(qapp, "light")  # its letters, whatever another test left
    made = MessageBar()
    qtbot.addWidget(made)
    made.resize(500, 32)
    made.show()
    return made


def buttons(bar) -> dict[str, QToolButton]:
    return {
        b.accessibleName() or b.text(): b for b in bar.findChildren(QToolButton) if b.isVisible()
    }


def test_it_is_there_and_empty_from_the_start(bar):
    assert bar.objectName() == "messageBar"
    assert bar.text() == "" and buttons(bar) == {}


def test_a_sentence_with_its_tone(bar):
    bar.show_message(Said("The file is empty", "bad"))
    assert bar.text() == "The file is empty"
    assert bar.accessibleName() == "Error: The file is empty"
    assert list(buttons(bar)) == ["Dismiss"]


class Styled(QObject):
    """Counts how often a widget is styled anew."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.StyleChange
        return False


def test_a_sentence_in_the_same_colour_is_not_styled_anew(bar):
    bar.show_message(Said("One"))
    heard = Styled()
    bar.findChild(QLabel).installEventFilter(heard)
    bar.show_message(Said("Another"))
    assert heard.count == 0
    bar.show_message(Said("The file is empty", "bad"))
    assert heard.count > 0


def test_details_stand_behind_a_disclosure(bar, qtbot):
    bar.show_message(Said("Three pictures were left out", "warn", "a.png\nb.png\nc.png"))
    details = bar.findChild(QPlainTextEdit)
    assert not details.isVisible()
    qtbot.mouseClick(buttons(bar)["Details"], Qt.MouseButton.LeftButton)
    assert details.isVisible() and details.toPlainText().startswith("a.png")
    bar.show_message(Said("Other"))
    assert not details.isVisible()


def test_putting_away_is_told(bar, qtbot):
    bar.show_message(Said("Hello"))
    with qtbot.waitSignal(bar.closed):
        qtbot.mouseClick(buttons(bar)["Dismiss"], Qt.MouseButton.LeftButton)


def test_a_long_sentence_is_cut_in_the_middle_and_whole_in_the_tooltip(bar):
    long = "could not open " + "a" * 200 + ": choose another file"
    bar.show_message(Said(long))
    label = bar.findChild(QLabel)
    assert label.text() != long and label.text().endswith("file")
    assert label.toolTip() == long
    bar.resize(3000, 32)
    assert label.text() == long and label.toolTip() == ""


@pytest.mark.parametrize("width", [500, 620, 900])
def test_a_long_message_keeps_its_advice_and_its_path_stands_behind_details(bar, width):
    path = "/data/somebody/a/very/deep/tree/of/folders/with/long/names/a/model.safetensors"
    said = f"the model cannot be kept ({path}): choose a folder that can be written"
    bar.resize(width, 40)
    bar.show_message(Said(said, "bad"))
    shown = bar.findChild(QLabel).text()
    assert shown.startswith("the model cannot be kept (/")
    assert shown.endswith("): choose a folder that can be written")
    assert path in bar.findChild(QPlainTextEdit).toPlainText() and "Details" in buttons(bar)


def test_a_long_message_without_a_path_takes_two_lines(bar):
    said = "Three samples have no label and are left out. Give them one, or open the data without"
    said += " labels, to see them all again"
    bar.resize(560, 40)
    bar.show_message(Said(said, "warn"))
    label = bar.findChild(QLabel)
    assert label.text() == said and label.wordWrap() and "Details" not in buttons(bar)
    assert label.heightForWidth(label.width()) <= 2 * label.fontMetrics().lineSpacing() + 2
    bar.show_message(Said(said * 4, "warn"))
    assert label.heightForWidth(label.width()) <= 2 * label.fontMetrics().lineSpacing() + 2
    assert "Details" in buttons(bar) and label.text().endswith("see them all again")


def test_what_puts_a_message_away_is_small(bar):
    bar.show_message(Said("Hello"))
    close = buttons(bar)["Dismiss"]
    assert close.text() == "\u00d7" and max(close.size().toTuple()) <= 24


def test_what_is_cut_can_be_read_behind_the_disclosure(bar, qtbot):
    long = "could not open " + "a" * 200 + ": choose another file"
    for details in ("", long, f"{long}\nand more", "the cause"):
        bar.resize(500, 32)
        bar.show_message(Said(long, "bad", details))
        qtbot.mouseClick(buttons(bar)["Details"], Qt.MouseButton.LeftButton)
        shown = bar.findChild(QPlainTextEdit).toPlainText()
        assert shown.count(long) == 1 and details in shown
        bar.resize(3000, 32)
        more = details not in ("", long)
        assert ("Details" in buttons(bar)) == more == bar.findChild(QPlainTextEdit).isVisible()


def test_what_is_said_in_whole_is_not_repeated_behind_a_disclosure(bar):
    for width in range(300, 420):  # at every one it is either whole or behind the disclosure
        bar.resize(width, 32)
        bar.show_message(Said("9 samples without a label are left", "warn",
                              "9 samples without a label are left"))  # fmt: skip
        whole = bar.findChild(QLabel).text() == bar.text()
        assert whole != ("Details" in buttons(bar))
        bar.resize(width + 1, 32)
        bar.resize(width, 32)
        assert whole == (bar.findChild(QLabel).text() == bar.text())


def verbs(bar) -> list[QPushButton]:
    return [b for b in bar.findChildren(QPushButton) if b.isVisible()]


ASK = Said("A model lies there", "warn", actions=(Verb("Save over it"), Verb("Save elsewhere")))


@pytest.mark.parametrize("how", ["click", "space", "return"])
@pytest.mark.parametrize("which", [0, 1])
def test_verbs_answer_by_mouse_and_by_key(bar, qtbot, how, which):
    bar.show_message(ASK)
    button = verbs(bar)[which]
    assert button.accessibleName() == ASK.actions[which].text
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    with qtbot.waitSignal(bar.chosen) as told:
        if how == "click":
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        else:
            qtbot.keyClick(button, Qt.Key.Key_Space if how == "space" else Qt.Key.Key_Return)
    assert told.args == [ASK.actions[which]]


def test_verbs_go_with_their_message(bar):
    bar.show_message(ASK)
    assert [b.objectName() for b in verbs(bar)] == ["messageAction0", "messageAction1"]
    bar.show_message(Said("Saved", "done"))
    assert verbs(bar) == []


def test_verbs_keep_their_room_and_the_sentence_gives_way(bar):
    bar.show_message(Said("There is a model in " + "a" * 200, "warn", actions=ASK.actions))
    places = [b.geometry() for b in verbs(bar)]
    assert not places[0].intersects(places[1])
    assert all(bar.rect().contains(place) for place in places)
    assert all(b.width() >= b.sizeHint().width() for b in verbs(bar))


def test_each_verb_has_a_letter_of_its_own():
    assert with_letters(["Save over it", "Save elsewhere"]) == ["&Save over it", "S&ave elsewhere"]
    assert with_letters(["A", "A", "7"]) == ["&A", "A", "7"]
