"""Panel: z as a grid of codes, the book they come from, and how its codes are used."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from explorer.analysis.latent import codebook
from explorer.analysis.latent.codebook import CodeUse
from explorer.app import needs
from explorer.app.background.answers import Answer
from explorer.app.commands import Command, Context
from explorer.app.session import Session
from explorer.app.state import Snapshot, State
from explorer.compute.latent.codebook import CountCodes, has_codebook
from explorer.compute.latent.palette import DrawPalette
from explorer.ui.menus.bound_button import push_button
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.usage_bars import UsageBars
from explorer.ui.widgets.forms.boxes import ChoiceBox
from explorer.ui.widgets.layouts.side_by_side import SideBySide
from explorer.ui.widgets.pictures.code_grid import CodeGrid
from explorer.ui.widgets.pictures.code_palette import CodePalette

ABSENCE = "The model shown has no codebook: vq-vae has one"
EMPTY = "Only a vq-vae has codes to choose from.\nTrain the model vq-vae to see its codebook here."
WAYS = {"positions": "by position", "grids": "whole grids"}
SIDE_WIDTH = 248  # px of the column beside the palette
LEAST_PALETTE = 200  # px beside that column; where it has less, it stands below
NARROWEST = 270  # px of all that


@panels.register("codes")
class CodesPanel(Panel):
    """The code of each position of the held z, all K codes as pictures, their use, and draws."""

    title = "Codebook"
    places: ClassVar = {"measure": Place("beside", 40, behind="evidence")}
    least = (400, 304)

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._use_known = Answer(session.answers, CountCodes, self._show_use, lasting="space")
        self._pictures = Answer(session.answers, DrawPalette, self._show_palette, lasting="space")
        self._position = 0
        self._draws = 0
        self._meaning = self._label("codesMeaning", quiet=True)
        self._figure = self._label("codesFigure")
        self._figure.setToolTip("Perplexity exp(\u2212sum p log p), p the share of each code")
        self._bars = UsageBars(self)
        self._grid = CodeGrid(self)
        self._palette = CodePalette(self)
        self._palette.setObjectName("codePalette")
        self._palette.setToolTip("What the decoder draws with each code in this place")
        draw = Command(
            name="draw-codes", title="Draw codes", entry="Draw", menu="measure", order=30,
            sentence="Move z to codes drawn as often as the samples hold them",
            act=self._move_to_drawn, missing=self._undrawable,
        )  # fmt: skip
        self._draw = push_button("drawCodesButton", draw, session, self)
        self._how = self._box()
        self._lay_out()
        self._connect()
        self._watch()

    @staticmethod
    def absence(now: Snapshot) -> str:
        """Without a codebook there is nothing here."""
        fits = now.model is not None and has_codebook(now.model)
        return "" if fits else ABSENCE

    # -- building ---------------------------------------------------------------------------

    def _label(self, name: str, *, quiet: bool = False) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setWordWrap(True)
        if quiet:
            label.setProperty("role", "quiet")
        return label

    def _box(self) -> ChoiceBox:
        box = ChoiceBox(self)
        box.setAccessibleName("How codes are drawn")
        box.setToolTip(
            "Each position from its own counts gives new grids;\n"
            "whole grids of samples are the joint distribution, and nothing new"
        )
        for name, text in WAYS.items():
            box.addItem(text, name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return box

    def _lay_out(self) -> None:
        empty = QLabel(EMPTY, self)
        empty.setProperty("role", "quiet")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setWordWrap(True)
        page = QWidget(self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(page)
        self._side = QWidget(page)
        self._across = SideBySide(
            [self._grid], self._side, self._palette,
            width=SIDE_WIDTH, least=LEAST_PALETTE, narrowest=NARROWEST, parent=page,
        )  # fmt: skip
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.INSIDE, 4, theme.GRID, theme.GRID)
        column.setSpacing(theme.GRID)
        column.addWidget(self._meaning)
        column.addWidget(self._across, 1)
        self._lay_out_side()

    def _lay_out_side(self) -> None:
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self._draw.button)
        row.addWidget(self._how)
        row.addStretch()
        column.addWidget(self._figure)
        column.addWidget(self._bars, 1)
        column.addLayout(row)
        column.addStretch()

    def _connect(self) -> None:
        self._grid.picked.connect(self._on_grid_picked)
        self._palette.picked.connect(self._on_palette_picked)
        self._bars.picked.connect(self._on_palette_picked)

    def _watch(self) -> None:
        self.state.watch("model codes", self._show_model)
        self.state.watch("z preview planes.latent.axes", self._show_z)
        self.state.watch("smooth", self._show_smooth)

    # -- asking -----------------------------------------------------------------------------

    def _show_model(self) -> None:
        now = self.state.now
        fits = now.model is not None and has_codebook(now.model)
        self._stack.setCurrentIndex(1 if fits else 0)
        if now.model is None or not fits or not self.isVisible():
            self._use_known.clear()
            self._pictures.clear()
        else:
            self._use_known.ask(CountCodes(now.model, now.codes))

    def _ask_palette(self, index: NDArray[np.int64]) -> None:
        """Pictures are drawn anew where the model, the place or the other codes of z changed."""
        model = self.state.now.model
        if model is not None:
            held = index.copy()
            held[self._position] = 0
            self._pictures.ask(DrawPalette(model, tuple(held.tolist()), self._position))

    # -- showing ----------------------------------------------------------------------------

    @property
    def _use(self) -> CodeUse | None:
        return self._use_known.value

    def _show_use(self) -> None:
        use = self._use
        shares = np.zeros(0) if use is None else use.shares
        self._draw.refresh()
        self._bars.set_shares(shares)
        self._palette.set_shares(shares)
        if use is None:
            self._palette.set_pictures([])
            self._figure.clear()
            return
        n, k = len(use.index), len(use.codes)
        usage = f"perplexity {use.perplexity:.1f}, {use.used} of {k} used"
        self._figure.setText(usage if n else f"{k} codes; open data to see their use")
        positions = use.index.shape[1]
        self._grid.setVisible(positions > 1)
        self._how.setVisible(positions > 1)
        self._show_z()
        self._across.arrange()

    def _show_z(self) -> None:
        use, z = self._use, self.state.now.shown_z
        if use is None or z is None or len(z) != use.index.shape[1] * use.codes.shape[1]:
            return
        index = codebook.nearest(z, use.codes)
        self._position = min(self._place(use), len(index) - 1)
        self._grid.set_index(index)
        self._grid.set_position(self._position)
        held = int(index[self._position])
        self._palette.set_held(held)
        self._bars.set_held(held)
        self._meaning.setText(meaning(len(index), use.codes.shape[1], self._position))
        self._ask_palette(index)

    def _show_palette(self) -> None:
        self._palette.set_pictures(self._pictures.value or ())

    def _place(self, use: CodeUse) -> int:
        """The position whose numbers the plane shows, where it shows those of one."""
        first, second = (axis // use.codes.shape[1] for axis in self.state.now.plane("latent").axes)
        return first if first == second and use.codes.shape[1] > 1 else self._position

    def _show_smooth(self) -> None:
        self._palette.smooth = self.state.now.smooth
        self._palette.viewport().update()

    # -- mouse and keys ---------------------------------------------------------------------

    @Slot(int)
    def _on_grid_picked(self, position: int) -> None:
        """The plane turns to the numbers of that position."""
        use = self._use
        if use is None:
            return
        self._position, c = position, use.codes.shape[1]
        if c > 1:
            self.state.mark()
            self.state.update_plane("latent", self, axes=(position * c, position * c + 1))
        self._show_z()

    @Slot(int)
    def _on_palette_picked(self, code: int) -> None:
        """z holds that code at this position."""
        use, z = self._use, self.state.now.z
        if use is None or z is None:
            return
        c = use.codes.shape[1]
        moved = z.copy()
        moved[self._position * c : (self._position + 1) * c] = use.codes[code]
        self.state.mark()
        self.session.move(moved)

    def commands(self) -> list[Command]:
        """Draw codes."""
        return [self._draw.command]

    def _undrawable(self, context: Context) -> str:
        use = self._use
        if use is None:
            return self.absence(context.now) or "Once the codes of the data are counted"
        return "" if len(use.index) else needs.DATA

    def _move_to_drawn(self, _context: Context) -> None:
        """z goes to codes drawn from those of the data."""
        use = self._use
        if use is None or not len(use.index):
            return
        how = str(self._how.currentData())
        self._draws += 1
        self.state.mark()
        self.session.move(codebook.draw(use, 1, how=how, seed=self._draws)[0])

    # -- Qt's events ------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Nothing is asked while nobody looks."""
        super().showEvent(event)
        self._show_model()


def meaning(positions: int, code_dim: int, position: int) -> str:
    """What a point of the latent plane is for a model with a codebook, in one sentence."""
    numbers = "the code vectors" if code_dim <= 2 else "two numbers of the code vectors"
    grid = f"z is a grid of {positions} codes. " if positions > 1 else ""
    at = f" of position {position + 1}" if positions > 1 and code_dim > 1 else ""
    return (
        f"{grid}Every point of a cell decodes to the same picture: the plane shows {numbers}{at}; "
        "moving within a cell changes nothing."
    )


if __name__ == "__main__":
    raise SystemExit(run_alone(CodesPanel))
