"""Panel: new samples from the prior, a mixture, around one sample, or without the tails."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from explorer.app import needs
from explorer.app.background.answers import Answer
from explorer.app.commands import Command, Context
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.analyses.sample import SAMPLERS, DrawSamples
from explorer.compute.latent import prior
from explorer.compute.question import settings_of
from explorer.export.things import pictured
from explorer.ui.files.exporting import ask_and_export
from explorer.ui.menus.bound_button import push_button
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.themes import theme
from explorer.ui.widgets.forms.settings_form import FORM, SettingsForm
from explorer.ui.widgets.offering import offer_item
from explorer.ui.widgets.pictures.picture_grid import PictureGrid

NEEDED = ("data", "model", "idle", "codes")
COUNT = 60
ASKED = ("sampler", "temperature", "cut", "seed", "pixels")  # of the settings; others are fixed
STRENGTHS = {"temperature": "around", "cut": "truncated"}  # what each is the strength of
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
        self._build()
        self._lay_out()
        self._connect()
        state.watch("model codes training dataset", self._show_model)
        state.watch("selection", self._show_selection)

    def _build(self) -> None:
        settings = [one for one in settings_of(DrawSamples) if one.name in ASKED]
        self.form = SettingsForm({"": settings}, self)
        self.form.setMaximumWidth(FORM)
        self.form.show_values({"sampler": "prior"})
        self._draw = push_button("drawButton", Command(
            name="draw-samples", title="Draw new samples", entry="Draw", menu="measure", order=20,
            sentence=f"Draw {COUNT} new samples", act=self._draw_more, missing=self._undrawable,
        ), self.session, self)  # fmt: skip
        self._draw.button.setProperty("role", "primary")
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
        column.addWidget(self.form)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        for button, width in ((self._draw.button, 144), (self._export.button, 104)):
            button.setFixedWidth(width)
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)
        area = QScrollArea(self)
        area.setWidget(self.grid)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(area, 1)
        column.addWidget(self._said)

    def _connect(self) -> None:
        self.form.changed.connect(self._on_form_changed)
        self.grid.picked.connect(self._on_grid_picked)
        self._show_strength()

    # -- showing ----------------------------------------------------------------------------

    def _show_model(self) -> None:
        model = self.state.now.model
        self._offer_prior(model is None or prior.is_drawn_from(model))
        self._show_state()

    def _offer_prior(self, there: bool) -> None:
        """A plain autoencoder has none: its own codes are what can be drawn from."""
        reason = "" if there else "The model shown has no prior: its codes can be drawn from"
        box = self.form.control("sampler")
        assert isinstance(box, QComboBox)
        offer_item(box, box.findData("prior"), reason)
        if not there and self._sampler() == "prior":
            self.form.show_values({"sampler": "mixture"})
            self._show_strength()

    def _show_selection(self) -> None:
        if self._sampler() == "around" and self._sampled.value is not None:
            self._sampled.clear()
            self._ask()
        self._show_state()

    def _sampler(self) -> str:
        return str(self.form.value("sampler"))

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
        """What is chosen, in a sentence, and how far it goes, where it can be told."""
        sampler = self._sampler()
        for name, of in STRENGTHS.items():
            self.form.set_shown(name, of == sampler)
        self.form.control("sampler").setToolTip(SAMPLERS[sampler][1])

    # -- asking -----------------------------------------------------------------------------

    def _ask(self) -> None:
        now = self.state.now
        if not self._ready() or now.model is None or now.dataset is None or now.codes is None:
            return
        if self._sampler() == "around" and not len(now.selection):
            return
        self._sampled.ask(
            DrawSamples(
                now.model, now.dataset, n=COUNT, sample=now.sample or 0, codes=now.codes,
                **self.form.values(),
            )
        )  # fmt: skip

    def _show_sampled(self) -> None:
        seen = self._sampled.value
        self.grid.show_pictures(None if seen is None else seen.pictures)
        self._show_state()

    # -- mouse and keys ---------------------------------------------------------------------

    def _draw_more(self, _context: Context) -> None:
        if self._sampled.value is not None:
            self.form.show_values({"seed": self.form.value("seed") + 1})
        self._ask()

    @Slot(str, object)
    def _on_form_changed(self, name: str, _value: object) -> None:
        if name == "sampler":
            self._show_strength()
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
