"""The middle of the window: the plane, and what stands in its corners."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.app import needs
from explorer.app.commands import Choice, Command, Context
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.analyses.encode import FindCodes
from explorer.compute.decoding.sheet import sheet_of
from explorer.export.things import Thing
from explorer.ui.files.exporting import ask_and_export
from explorer.ui.menus.bound_button import mark, push_button
from explorer.ui.plane.montage import DataMontage
from explorer.ui.plane.path.strip import PathStrip
from explorer.ui.plane.plane_header import PlaneHeader
from explorer.ui.plane.view import PlaneView
from explorer.ui.plane.z_strip import ZStrip
from explorer.ui.themes import theme
from explorer.ui.widgets.legend.legend import Legend

FOLD = "legend-fold"
ACROSS = (10, 20, 40, 80)  # pictures that an exported view has from left to right
NARROW = 660  # px of width below which the names of the classes make way for the plane


class PlaneArea(QWidget):
    """Plane, legend beside it, a line that counts, the empty state.

    Where codes are missing and none are on their way, a button beside that line finds them.

    Below the plane, of one latent dimension what is decoded along it; and the film of a path,
    while there is one.
    """

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._session = state, session
        self.plane = PlaneView("latent", state, session, self)
        self.plane.setObjectName("plane")
        self.legend = Legend(self)
        mark(self.legend.fold_button, FOLD)
        self._head = PlaneHeader(state, self)
        self.along_z = ZStrip(self.plane, state, session, self)
        self._strip = PathStrip(state, session, self)
        self._lay_out()
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._count = self._label("quiet")
        self._find = push_button("findCodesButton", "find-codes", session, self).button
        self._empty = self._label("big")
        self._montage = DataMontage(state, session, self)
        self.legend.class_toggled.connect(self._on_legend_class_toggled)
        self.plane.framed.connect(self._place)
        state.watch("dataset muted codes", self._show_legend)
        state.watch("dataset model codes training", self._show_count)
        session.answers.busy_changed.connect(self._show_count)

    def _lay_out(self) -> None:
        across = QHBoxLayout()
        across.setSpacing(4)
        across.addWidget(self.plane, 1)
        across.addWidget(self.legend)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, theme.GRID)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addLayout(across, 1)
        layout.addWidget(self.along_z)
        layout.addWidget(self._strip)

    def commands(self) -> list[Command]:
        """Those of the path's film; fold the legend."""
        fold = Command(
            name=FOLD, title="Names of the classes", menu="view", order=21,
            sentence="Name the classes beside the plane, or keep only their colours",
            act=self._fold_legend, missing=lambda context: needs.missing(context.now, "labels"),
        )  # fmt: skip
        decoded = Command(
            name="export-decoded-plane", title="Export the decoded plane", menu="plane", order=30,
            sentence="Write what is decoded in this view as a picture, every sample in full",
            choices=self._sizes, missing=lambda _context: self._undecoded(),
        )  # fmt: skip
        return [*self._strip.commands(), fold, decoded]

    def _undecoded(self) -> str:
        """Why there is nothing to write."""
        now, kind = self._state.now, self.plane.kind
        none = "Of one latent dimension the strip below the plane is what is decoded"
        return needs.missing(now, "model") or ("" if kind.slice_of(now) is not None else none)

    def _sizes(self, _context: Context) -> list[Choice]:
        return [Choice(f"{n} pictures across", partial(self._export, n)) for n in ACROSS]

    def _export(self, across: int) -> None:
        slice_ = self.plane.kind.slice_of(self._state.now)
        if slice_ is not None:
            (left, right), (bottom, top) = self.plane.getViewBox().viewRange()
            face = partial(sheet_of, slice_, (left, right, bottom, top), across)
            thing = Thing("decoded plane", "the decoded plane", picture=face)
            ask_and_export(self, self._session, thing)

    def _fold_legend(self, _context: Context) -> None:
        self.legend.fold_button.toggle()

    def foot(self) -> int:
        """px below the plane that its strips take."""
        return int(self.height()) - theme.GRID - int(self.plane.geometry().bottom()) - 1

    def set_head(self, top: int | None) -> None:
        """Name the plane in a line over it, so that it begins ``top`` px below; None: no line."""
        self._head.setVisible(top is not None)
        if top is not None:
            self._head.setFixedHeight(max(top - theme.GRID, self._head.minimumSizeHint().height()))

    def _label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", role)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return label

    def _show_legend(self) -> None:
        now = self._state.now
        if now.dataset is None or now.dataset.labels is None or now.codes is None:
            self.legend.set_classes((), (), now.muted)
        else:
            labels = now.dataset.labels[now.codes.index]
            names = now.dataset.classes
            counts = np.bincount(labels, minlength=len(names))
            self.legend.set_classes(names, counts.tolist(), now.muted)
        self._place()

    @Slot(int)
    def _on_legend_class_toggled(self, label: int) -> None:
        self._state.mark()
        self._state.update(source=self, muted=self._state.now.muted ^ {label})

    @Slot()
    def _show_count(self) -> None:
        now = self._state.now
        shown = 0 if now.codes is None else len(now.codes.index)
        total = 0 if now.dataset is None else len(now.dataset)
        missing = now.model is not None and shown < total
        training, asked = now.training != "idle", self._session.answers.is_busy(FindCodes)
        self._find.setVisible(missing and not training and not asked)
        part = f"showing {shown:,} of {total:,}" if missing else ""
        self._count.setText(f"{part} while training" if part and training else part)
        self._empty.setText(self._invitation(shown))
        self._place()

    def _invitation(self, shown: int) -> str:
        now = self._state.now
        if shown or now.model is not None:
            return ""
        return "Drop a folder of images here,\nor choose Open" if now.dataset is None else ""

    @Slot()
    def _place(self) -> None:
        self._montage.setGeometry(self.plane.geometry())
        box = self.plane.getViewBox().sceneBoundingRect().toRect()
        box.translate(self.plane.pos())
        gap = theme.GRID
        corner = box.bottomRight() - QPoint(gap, 4)
        self._find.adjustSize()
        self._find.move(corner - self._find.rect().bottomRight())
        if not self._find.isHidden():
            corner -= QPoint(self._find.width() + gap, (self._find.height() - gap) // 4)
        self._count.adjustSize()
        self._count.move(corner - self._count.rect().bottomRight())
        self._empty.adjustSize()
        self._empty.move(box.center() - self._empty.rect().center())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corners."""
        super().resizeEvent(event)
        self.legend.set_narrow(self.width() < NARROW)
        self._place()
