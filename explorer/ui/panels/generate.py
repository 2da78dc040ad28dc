"""Panel: new samples from the prior, a mixture, around one sample, or without the tails."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from explorer.app import needs
from explorer.app.answers import Answer
from explorer.app.commands import Command, Context
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.analyses.sample import DrawSamples
from explorer.compute.latent import prior
from explorer.data.kinds import kind_of
from explorer.export.things import pictured
from explorer.ui import theme
from explorer.ui.bound_button import push_button
from explorer.ui.exporting import ask_and_export
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.samplers import NAMES, STRENGTHS
from explorer.ui.widgets.forms.boxes import ChoiceBox, WholeBox
from explorer.ui.widgets.forms.value_box import ValueBox
from explorer.ui.widgets.offering import offer_item
from explorer.ui.widgets.pictures.picture_grid import PictureGrid

NEEDED = ("data", "model", "idle", "codes")
COUNT, LONGEST = 60, 10.0
EMPTY = "Press Draw to make new samples"


@panels.register("generate")
class GeneratePanel(Panel):
    """Draws when asked; then follows its own controls. A click on a picture moves z there."""

    title = "Generate"
    places: ClassVar = {"measure": Place("beside", 30, behind="evidence")}
    least = (400, 304)

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._sampled = Answer(
            session.answers, DrawSamples, self._show_sampled, lasting="model dataset"
        )
        self._strengths = {"around": 1.0, "truncated": 1.0}
        self._build()
        self._lay_out()
        self._connect()
        state.watch("model codes training dataset", self._show_model)
        state.watch("selection", self._show_selection)

    def _build(self) -> None:
        self._kind = ChoiceBox(self)
        self._kind.setObjectName("samplerBox")
        self._kind.setAccessibleName("Where new codes come from")
        self._kind.setMinimumContentsLength(8)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self._kind.setSizeAdjustPolicy(policy)
        for i, (name, (text, tip)) in enumerate(NAMES.items()):
            self._kind.addItem(text, name)
            self._kind.setItemData(i, tip, Qt.ItemDataRole.ToolTipRole)
        self._strength_name = QLabel(self)
        self._strength = ValueBox(self)
        self._strength.setObjectName("samplerStrength")
        self._strength.setRange(0.05, LONGEST)
        self._strength.setSingleStep(0.1)
        self._seed = WholeBox(self)
        self._seed.setObjectName("samplerSeed")
        self._seed.setRange(0, 2**31 - 1)
        self._seed.setMinimumWidth(48)
        self._seed.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._seed.setToolTip("Same seed, same samples; Draw takes the next one")
        self._seed.setAccessibleName("Seed")
        self._pixels = QCheckBox("Sample pixels", self)
        self._pixels.setObjectName("samplePixels")
        self._pixels.setToolTip("Draw x ~ p(x|z), pixel by pixel, rather than showing its mean")
        self._draw = push_button("drawButton", Command(
            name="draw-samples", title="Draw new samples", entry="Draw", menu="measure", order=20,
            sentence=f"Draw {COUNT} new samples", act=self._draw_more, missing=self._undrawable,
        ), self.session, self)  # fmt: skip
        self._export = push_button("exportSamplesButton", Command(
            name="export-samples", title="Export the new samples...", entry="Export...",
            menu="measure", order=21, sentence="Write all samples as one picture",
            act=self._write, missing=self._undrawn,
        ), self.session, self)  # fmt: skip
        self._said = QLabel(self)
        self._said.setProperty("role", "quiet")
        self._said.setWordWrap(True)
        self._said.setMinimumWidth(1)
        self.grid = PictureGrid(self)
        self.grid.setObjectName("generatedView")
        self.grid.setAccessibleName("New samples")
        self.grid.setToolTip("Click a sample: z moves to its code")

    def commands(self) -> list[Command]:
        """Draw, export."""
        return [self._draw.command, self._export.command]

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.GRID)
        column.setSpacing(theme.GRID)
        column.addWidget(self._kind)
        strength = QHBoxLayout()
        strength.addWidget(self._strength_name, 1)
        strength.addWidget(self._strength)
        column.addLayout(strength)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(QLabel("Seed", self))
        row.addWidget(self._seed, 1)
        row.addWidget(self._draw.button)
        column.addLayout(row)
        column.addWidget(self._pixels)
        area = QScrollArea(self)
        area.setWidget(self.grid)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(area, 1)
        column.addWidget(self._said)
        column.addWidget(self._export.button)

    def _connect(self) -> None:
        self._kind.activated.connect(self._on_kind_activated)
        self._strength.valueChanged.connect(self._on_strength_value_changed)
        self._seed.valueChanged.connect(self._on_seed_value_changed)
        self._pixels.toggled.connect(self._on_pixels_toggled)
        self.grid.picked.connect(self._on_grid_picked)
        self._show_strength()

    # -- showing ----------------------------------------------------------------------------

    def _show_model(self) -> None:
        model = self.state.now.model
        self._pixels.setText(f"Sample {kind_of(self.state.now.dataset).values}")
        self._offer_prior(model is None or prior.is_drawn_from(model))
        self._show_state()

    def _offer_prior(self, there: bool) -> None:
        """A plain autoencoder has none: its own codes are what can be drawn from."""
        reason = "" if there else "The model shown has no prior: its codes can be drawn from"
        offer_item(self._kind, self._kind.findData("prior"), reason)
        if not there and self._sampler() == "prior":
            self._kind.setCurrentIndex(self._kind.findData("mixture"))
            self._show_strength()

    def _show_selection(self) -> None:
        if self._sampler() == "around" and self._sampled.value is not None:
            self._sampled.clear()
            self._ask()
        self._show_state()

    def _sampler(self) -> str:
        return str(self._kind.currentData())

    def _ready(self) -> bool:
        return not needs.missing(self.state.now, *NEEDED)

    def _undrawable(self, context: Context) -> str:
        around = ("selection",) if self._sampler() == "around" else ()
        return needs.missing(context.now, *NEEDED, *around)

    def _undrawn(self, _context: Context) -> str:
        return "" if self._sampled.value is not None else "Draw some samples first"

    def _show_state(self) -> None:
        waits = self._sampler() == "around" and not len(self.state.now.selection)
        self._draw.refresh()
        self._export.refresh()
        self.grid.set_empty_text("Select a sample first" if waits and self._ready() else EMPTY)
        seen = self._sampled.value
        if seen is None:
            self._said.setText("")
        elif seen.components is not None:
            self._said.setText(f"mixture of {seen.components} Gaussians, by least BIC")
        else:
            self._said.setText(f"{len(seen.z)} samples, seed {seen.seed}")

    def _show_strength(self) -> None:
        name = self._sampler()
        known = name in STRENGTHS
        for widget in (self._strength_name, self._strength):
            widget.setVisible(known)
        if known:
            text, tip = STRENGTHS[name]
            self._strength_name.setText(text)
            self._strength.setToolTip(tip)
            self._strength.setAccessibleName(text)
            with QSignalBlocker(self._strength):
                self._strength.setValue(self._strengths[name])
        self._kind.setToolTip(NAMES[name][1])

    # -- asking -----------------------------------------------------------------------------

    def _ask(self) -> None:
        now = self.state.now
        if not self._ready() or now.model is None or now.dataset is None or now.codes is None:
            return
        name = self._sampler()
        if name == "around" and not len(now.selection):
            return
        self._sampled.ask(
            DrawSamples(
                now.model, now.dataset, name, COUNT, now.sample or 0, self._strengths["around"],
                self._strengths["truncated"], self._seed.value(), self._pixels.isChecked(),
                now.codes,
            )
        )  # fmt: skip

    def _show_sampled(self) -> None:
        seen = self._sampled.value
        self.grid.show_pictures(None if seen is None else seen.pictures)
        self._show_state()

    # -- mouse and keys ---------------------------------------------------------------------

    def _draw_more(self, _context: Context) -> None:
        if self._sampled.value is not None:
            with QSignalBlocker(self._seed):
                self._seed.setValue(self._seed.value() + 1)
        self._ask()

    @Slot(int)
    def _on_kind_activated(self, _index: int) -> None:
        self._show_strength()
        self._redraw()

    @Slot(float)
    def _on_strength_value_changed(self, value: float) -> None:
        self._strengths[self._sampler()] = value
        self._redraw()

    @Slot(int)
    def _on_seed_value_changed(self, _seed: int) -> None:
        self._redraw()

    @Slot(bool)
    def _on_pixels_toggled(self, _on: bool) -> None:
        self._redraw()

    def _redraw(self) -> None:
        """Follow the controls, once something was drawn."""
        if self._sampled.value is not None:
            self._ask()
        self._show_state()

    @Slot(int)
    def _on_grid_picked(self, i: int) -> None:
        seen = self._sampled.value
        if seen is not None:
            self.state.mark()
            self.session.move(seen.z[i])

    def _write(self, _context: Context) -> None:
        sheet = self.grid.sheet()
        if sheet is not None:
            ask_and_export(self, self.session, pictured("samples", "the samples", sheet))


if __name__ == "__main__":
    raise SystemExit(run_alone(GeneratePanel))
