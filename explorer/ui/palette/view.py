"""The palette itself: a line to type in, and the commands that fit."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSettings, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from explorer.ui.menus.binding import Commands
from explorer.ui.palette.painting import HEIGHT, ROW, RowPainter
from explorer.ui.palette.rows import Row, all_rows, ranked
from explorer.ui.themes import theme
from explorer.ui.widgets.overlays.overlay import Overlay

SETTING = "recentCommands"
REMEMBERED = 6  # of the commands last used
MOST_ROWS = 9
WIDTH = 620
STEPS = {
    Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -MOST_ROWS,
    Qt.Key.Key_PageDown: MOST_ROWS,
}  # fmt: skip


class CommandPalette(Overlay):
    """Opens on all commands, those last used first; Enter does the one that is marked."""

    def __init__(self, window: QWidget, commands: Commands, settings: QSettings) -> None:
        super().__init__(window, "commandPalette", shaded=False)
        self._commands, self._settings = commands, settings
        self._rows: list[Row] = []
        self.line = QLineEdit(self.card)
        self.line.setPlaceholderText("Type what you want to do")
        self.line.setAccessibleName("Find a command")
        self.line.setClearButtonEnabled(False)
        self.line.installEventFilter(self)
        self.list = QListView(self.card)
        self.list.setAccessibleName("Commands")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(RowPainter(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        self._hint = QLabel(self.card)
        self._hint.setProperty("role", "quiet")
        self._lay_out()
        self.line.textChanged.connect(self._find)
        self.list.clicked.connect(self._on_list_clicked)
        commands.done.connect(self._remember)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self.card)
        column.setContentsMargins(0, theme.GRID, 0, theme.GRID)
        column.setSpacing(theme.GRID)
        self.line.setProperty("role", "search")
        column.addWidget(self.line)
        column.addWidget(self.list)
        column.addWidget(self._hint)
        self._hint.setContentsMargins(14, 0, 14, 0)

    # -- what it does -----------------------------------------------------------------------

    def taker(self) -> QWidget:
        """The line."""
        return self.line

    def open(self, about: str = "") -> None:
        """On all commands, as they are now, or those about something; once more closes it."""
        if self.isVisible():
            self.shut()
            return
        self._rows = all_rows(self._commands, self.recent())
        self.line.setText(about)
        self._find()
        super().open()

    def recent(self) -> list[str]:
        """The names of the commands last used, the last one first."""
        return str(self._settings.value(SETTING, "")).split()

    @Slot(str)
    def _remember(self, name: str) -> None:
        if name not in ("palette", "shortcuts"):
            names = [name, *(other for other in self.recent() if other != name)]
            self._settings.setValue(SETTING, " ".join(names[:REMEMBERED]))

    def rows(self) -> list[Row]:
        """What is listed now."""
        return [self._model.item(i).data(ROW) for i in range(self._model.rowCount())]

    @Slot()
    def _find(self) -> None:
        self._model.clear()
        for row in ranked(self._rows, self.line.text()):
            item = QStandardItem(row.title)
            item.setData(row, ROW)
            item.setData(row.spoken, Qt.ItemDataRole.AccessibleTextRole)
            item.setEditable(False)
            self._model.appendRow(item)
        self._mark(0)
        self.place()

    def _mark(self, i: int) -> None:
        count = self._model.rowCount()
        self.list.setCurrentIndex(self._model.index(max(0, min(i, count - 1)), 0))
        self._show_hint()

    def _show_hint(self) -> None:
        if not self._model.rowCount():
            said = f"No command is like \u201c{self.line.text()}\u201d. F1 shows all keys."
        else:
            said = "Up and Down choose \u00b7 Enter does it \u00b7 Esc closes"
        self._hint.setText(said)

    def do(self) -> None:
        """Carry out what is marked; what cannot be done stays, with its reason."""
        index = self.list.currentIndex()
        row = index.data(ROW) if index.isValid() else None
        if row is None:
            return
        if row.reason:
            self._hint.setText(f"{row.title}: {row.reason}")
            return
        self.shut()
        row.act()

    @Slot(QModelIndex)
    def _on_list_clicked(self, _index: QModelIndex) -> None:
        self.do()

    # -- Qt's events ------------------------------------------------------------------------

    def place(self) -> None:
        """At the top, in the middle, as high as it has rows."""
        rows = max(1, min(self._model.rowCount(), MOST_ROWS))
        room = max(1, (self.height() - 150) // HEIGHT)
        self.list.setFixedHeight(min(rows, room) * HEIGHT)
        width = min(WIDTH, self.width() - 32)
        self.card.setFixedWidth(width)
        self.card.adjustSize()
        self.card.move((self.width() - width) // 2, min(56, self.height() // 12))

    def press(self, event: QKeyEvent) -> bool:
        """Arrows choose, Enter does it, Ctrl+K closes."""
        key = Qt.Key(event.key())
        if key in STEPS:
            self._mark(self.list.currentIndex().row() + STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.do()
        elif QKeySequence(event.keyCombination()) in self._commands["palette"].shortcuts():
            self.shut()
        else:
            return super().press(event)
        return True
