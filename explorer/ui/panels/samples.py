"""Panel: every sample as a thumbnail; the selection and the hover are the planes' own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QStackedLayout, QVBoxLayout, QWidget

from explorer.app import needs
from explorer.app.background.answers import Answer
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.measuring.errors import MeasureErrors
from explorer.ui.menus.offers import plot_entries, sample_section
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.themes import theme
from explorer.ui.widgets.forms.boxes import ChoiceBox
from explorer.ui.widgets.offering import offer, offer_item
from explorer.ui.widgets.overlays.popup import PopupSection, popup
from explorer.ui.widgets.pictures.gallery_view import GalleryView

ORDERS = {
    "given": "Original order",
    "label": "By class",
    "error": "Greatest error first",
    "least error": "Least error first",
}
BY_ERROR = ("error", "least error")


@panels.register("samples")
class SamplesPanel(Panel):
    """A gallery with a filter and an order."""

    title = "Samples"
    places: ClassVar = {"explore": Place("left", 10)}
    least = (176, 232)

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._view = GalleryView(self)
        self._view.setObjectName("samplesView")
        self._view.setAccessibleName("Samples")
        self._classes = self._box("Show only one class")
        self._orders = self._box("In which order the samples stand")
        self._orders.setObjectName("samplesOrder")
        for name, text in ORDERS.items():
            self._orders.addItem(text, name)
        self._errors = Answer(session.answers, MeasureErrors, self._show_list)
        self._count = QLabel(self)
        self._count.setProperty("role", "quiet")
        self._empty = QLabel("Drop a folder of images here,\nor choose Open", self)
        self._empty.setProperty("role", "quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._view.picked.connect(self._on_view_picked)
        self._view.chosen.connect(self._on_view_chosen)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._view.customContextMenuRequested.connect(self._on_view_menu_requested)
        self._view.hovered.connect(self._on_view_hovered)
        self._watch()

    def _box(self, tip: str) -> ChoiceBox:
        box = ChoiceBox(self)
        box.setToolTip(tip)
        box.setAccessibleName(tip)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.activated.connect(self._on_box_activated)
        return box

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.INSIDE, theme.GRID, 2, theme.GRID)
        column.setSpacing(theme.GRID)
        head = QVBoxLayout()
        head.setContentsMargins(0, 0, theme.INSIDE - 2, 0)
        head.setSpacing(theme.GRID)
        head.addWidget(self._classes)
        head.addWidget(self._orders)
        column.addLayout(head)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._view)
        column.addLayout(self._stack, 1)
        column.addWidget(self._count)

    def _watch(self) -> None:
        self.state.watch("dataset", self._show_dataset)
        self.state.watch("model training", self._show_model)
        self.state.watch("selection", self._show_selection)
        self.state.watch("hover", self._show_hover)
        self.state.watch("smooth", self._show_smooth)

    # -- showing ----------------------------------------------------------------------------

    def _show_dataset(self) -> None:
        data = self.state.now.dataset
        self._classes.clear()
        self._classes.addItem("All classes", None)
        labelled = data is not None and data.labels is not None
        if data is not None and data.labels is not None:
            counts = np.bincount(data.labels, minlength=len(data.classes))
            for i, name in enumerate(data.classes):
                self._classes.addItem(f"{name} ({counts[i]:,})", i)
        offer(self._classes, needs.missing(self.state.now, "data", "labels"))
        offer(self._orders, needs.missing(self.state.now, "data"))
        self._offer(1, "" if labelled else needs.LABELS)
        self._stack.setCurrentIndex(0 if data is None else 1)
        self._show_list()

    def _offer(self, row: int, reason: str) -> None:
        """Whether an order can be chosen now; one that no longer can is left."""
        offer_item(self._orders, row, reason)
        if reason and self._orders.currentIndex() == row:
            self._orders.setCurrentIndex(0)

    def _show_model(self) -> None:
        now = self.state.now
        before = self._orders.currentIndex()
        for row, name in enumerate(ORDERS):
            if name in BY_ERROR:
                self._offer(row, needs.missing(now, "model"))
        if self._orders.currentIndex() != before:
            self._show_list()
        self._ask_for_errors()

    def _ask_for_errors(self) -> None:
        """Once a training has ended, not at each of its moments."""
        now = self.state.now
        wanted = self._orders.currentData() in BY_ERROR and now.training == "idle"
        if not wanted or now.model is None or now.dataset is None:
            return
        if self._errors.value is None:
            self._errors.ask(MeasureErrors(now.model, now.dataset))

    def _show_list(self) -> None:
        data = self.state.now.dataset
        label = self._classes.currentData()
        mse = self._errors.value
        self._view.samples.show(data, label, str(self._orders.currentData()), mse)
        listed = self._view.samples.rowCount()
        total = 0 if data is None else len(data)
        part = f"{listed:,} of {total:,}" if listed < total else f"{total:,}"
        waits = mse is None and self._orders.currentData() in BY_ERROR
        self._count.setText(f"{part} samples{', not sorted yet' * waits}" if total else "")
        self._show_selection()

    def _show_selection(self) -> None:
        self._view.show_marked(self.state.now.selection)

    def _show_hover(self) -> None:
        self._view.show_ringed(self.state.now.hover)

    def _show_smooth(self) -> None:
        self._view.smooth = self.state.now.smooth
        self._view.viewport().update()

    # -- mouse and keys ---------------------------------------------------------------------

    @Slot(int)
    def _on_view_picked(self, sample: int) -> None:
        selection = self.state.now.selection
        if len(selection) != 1 or selection[0] != sample:
            self.state.mark(("sample", sample))
            self.state.update(source=self, selection=np.array([sample], np.int64))

    @Slot(int)
    def _on_view_chosen(self, sample: int) -> None:
        """The first of the two clicks, which selected it, belongs to the step."""
        self.session.go_to(sample, ("sample", sample))

    @Slot(QPoint)
    def _on_view_menu_requested(self, at: QPoint) -> None:
        """About the sample there, and the list."""
        index = self._view.indexAt(at)
        sections = []
        if index.isValid():
            sample = self._view.samples.sample_at(index.row())
            section = sample_section(self.state, self.session, sample)
            sections = [] if section is None else [section]
        every = plot_entries(
            self._view, self.session, "samples", self._rows(), "the list", "the pictures in sight"
        )
        popup(
            self._view, self._view.viewport().mapToGlobal(at), [*sections, PopupSection("", every)]
        )

    def _rows(self) -> list[Sequence[object]]:
        """A row for each sample listed, in its order, under the names of the columns."""
        data, listed = self.state.now.dataset, self._view.samples
        if data is None:
            return []
        samples = (listed.sample_at(row) for row in range(listed.rowCount()))
        rows = ((i, data.label_name(i), "test" if data.test[i] else "train") for i in samples)
        return [("sample", "label", "part"), *rows]

    @Slot(object)
    def _on_view_hovered(self, sample: int | None) -> None:
        self.state.update(source=self, hover=sample)

    @Slot(int)
    def _on_box_activated(self, _index: int) -> None:
        self._show_list()
        self._ask_for_errors()


if __name__ == "__main__":
    raise SystemExit(run_alone(SamplesPanel))
