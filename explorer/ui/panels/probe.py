"""Panel: the picture at z, a slider for each dimension, one sample and its reconstructions."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from explorer.app import needs
from explorer.app.opening.owning import unlike
from explorer.app.session import Session
from explorer.app.state import State
from explorer.app.words.spelling import spelled, spelled_shortly
from explorer.data.kinds import kind_of
from explorer.ui.compared import is_compared, series_of, show_differences, show_pictures
from explorer.ui.menus.bound_button import BoundButton
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.probe_places import Parts, Places, alone, places
from explorer.ui.widgets.charts.rows.row_chart import RowChart
from explorer.ui.widgets.forms.latent_slider import HEIGHT
from explorer.ui.widgets.forms.slider_column import MOST_ROWS, SliderColumn
from explorer.ui.widgets.pictures.comparing.comparison_row import ComparisonRow
from explorer.ui.widgets.pictures.comparing.difference_view import DifferenceView
from explorer.ui.widgets.pictures.comparing.side_by_side import WELL_SEEN
from explorer.ui.widgets.pictures.own_tray import OwnTray
from explorer.ui.widgets.pictures.picture_view import PictureView

INVITATION = "Train a model to see\nwhat lies at each point of the plane"
DEAD = 0.01  # nats per sample
OWN = {
    "ownPrevious": "own-previous", "ownNext": "own-next", "ownInvert": "own-invert",
    "ownClose": "own-drop",
}  # fmt: skip
"""The buttons of the own pictures, and their commands."""
SPAN = 3.0
LEAST_ROWS = 2  # of sliders that are seen before they scroll
WIDE = 376  # px of the first width of a window of its own
LOOKED_AT = 2000  # codes that the quantiles are taken from


class YieldingSliders(SliderColumn):
    """In a low window they scroll, so that the pictures keep their size."""

    def set_count(self, count: int) -> None:
        """How many dimensions there are."""
        super().set_count(count)
        self.setMinimumHeight(HEIGHT * min(count, LEAST_ROWS))

    def sizeHint(self) -> QSize:
        """All the rows that it may show; what a scroll area says of itself is of an older count."""
        rows = min(len(self.sliders), MOST_ROWS)
        return QSize(super().sizeHint().width(), HEIGHT * rows)


@panels.register("probe")
class ProbePanel(Panel):
    """What the decoder draws at z, and a slider for each coordinate of z."""

    title = "Probe"
    places: ClassVar = {
        "explore": Place("right", 10),
        "compare": Place("beside", 90, behind="pca"),
        "train": Place("beside", 20, 0.5),
        "measure": Place("bottom", 10),
    }
    least = (256, 304)  # two pictures of 112 px side by side

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._decoded = PictureView(self, lines=1, seen=WELL_SEEN)
        self._decoded.setObjectName("decodedView")
        self._decoded.setAccessibleName("Decoded picture")
        self._decoded.setToolTip("The mean of p(x|z): what the decoder draws at z")
        self._sliders = YieldingSliders(self)
        self._sliders.started.connect(state.mark)
        self._sliders.moved.connect(self._on_sliders_moved)
        self._tray = OwnTray(self)
        self._tray.stepped.connect(session.step_own)
        self._tray.inverted.connect(session.invert_own)
        self._tray.closed.connect(session.drop_own)
        for name, command in OWN.items():
            BoundButton(self._tray.button(name), command, session, words=False, acts=False)
        self._row = ComparisonRow(self)
        self._wrong = DifferenceView(self)
        self._chart = RowChart(self)
        self._chart.setObjectName("probeChart")
        self._chart.setAccessibleName("Sample and reconstructions")
        self._chart.set_empty_text(INVITATION)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._watch()

    # -- where ------------------------------------------------------------------------------

    def _place(self) -> None:
        """Everything where it belongs in this room, with what is shown now."""
        found = self._places(self.width())
        for part, at in (
            (self._decoded, found.lead), (self._chart, found.lead), (self._sliders, found.sliders),
            (self._tray, found.tray), (self._row, found.sample), (self._wrong, found.wrong),
        ):  # fmt: skip
            part.setGeometry(at)
        self._row.set_paired(found.paired)
        self._wrong.row.set_paired(found.paired)
        self._decoded.raise_()

    def _places(self, width: int) -> Places:
        """In so many px of width, and of height what is seen of it without scrolling."""
        above = self.parentWidget()
        size = QSize(width, self.height() if above is None else above.height())
        tray = 0 if self._tray.isHidden() else self._tray.sizeHint().height()
        few = self._sliders.minimumHeight()
        rows = max(self._sliders.sizeHint().height(), few)
        parts = Parts(self._row.shape, self.devicePixelRatioF(), rows, few, tray)
        if self._row.isHidden():
            below = 0 if self._wrong.isHidden() else self._wrong.sizeHint().height()
            return alone(size, parts, below)
        return places(size, parts) if is_compared(self.state.now) else alone(size, parts)

    def _heed_room(self) -> None:
        """What is shown has changed, and with it what it takes."""
        self.updateGeometry()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room is used in another way."""
        super().resizeEvent(event)
        self._place()

    def heightForWidth(self, width: int) -> int:
        """What it must have: where its dock has less, it scrolls."""
        return self._places(width).height

    def minimumSizeHint(self) -> QSize:
        """As low as its dock may be."""
        return QSize(*self.least)

    def sizeHint(self) -> QSize:
        """As large as a window of its own begins."""
        return QSize(WIDE, WIDE + self._sliders.sizeHint().height())

    def _watch(self) -> None:
        state = self.state
        state.watch("decoded model", self._show_decoded)
        state.watch("z preview model model_config", self._show_z)
        state.watch("codes model", self._show_codes)
        state.watch("training", self._show_hurry)
        state.watch("comparison selection own dataset codes", self._show_comparison)
        state.watch("comparison selection own dataset model", self._show_wrong)
        state.watch("own comparison usual", self._show_own)
        state.watch("smooth", self._show_smooth)
        state.watch("dataset model", self._show_kind)
        state.watch("comparison selection own dataset model codes", self._heed_room)
        state.watch("decoded comparison selection dataset model", self._show_chart)

    # -- showing ----------------------------------------------------------------------------

    def _show_decoded(self) -> None:
        decoded, model = self.state.now.decoded, self.state.now.model
        self._decoded.set_empty_text(INVITATION if model is None else "")
        if decoded is None or model is None:
            self._decoded.set_picture(None)
        else:
            self._decoded.set_picture(decoded.image, decoded)

    def _show_z(self) -> None:
        now = self.state.now
        z = now.shown_z
        count = len(self._sliders.sliders)
        self._sliders.set_count(now.model_config.latent_dim if z is None else len(z))
        if len(self._sliders.sliders) != count:
            self._heed_room()
        self._sliders.offer("" if z is not None else needs.MODEL)
        self._sliders.set_values(np.zeros(0, np.float32) if z is None else z)
        if z is None:
            self._decoded.set_caption("")
        else:
            self._decoded.set_caption(spelled(z), shorter=spelled_shortly(z))

    def _show_hurry(self) -> None:
        self._sliders.unhurried = self.state.now.training == "running"

    def _show_codes(self) -> None:
        codes, z = self.state.now.codes, self.state.now.z
        if codes is None or z is None or codes.mean.shape[1] != len(z):
            self._sliders.set_kl(None, DEAD)  # those that stood here were of other codes
            return
        self._sliders.set_ranges(ranges(codes.mean))
        if self.state.now.training == "idle" or not self._sliders.has_kl:
            self._sliders.set_kl(codes.kl_per_dim, DEAD)  # rows do not change places in training

    def _show_comparison(self) -> None:
        show_pictures(self._row, self.state.now)

    def _show_wrong(self) -> None:
        show_differences(self._wrong, self.state.now)

    def _show_kind(self) -> None:
        """Pictures, or rows of numbers, which are drawn in one chart."""
        numbers = bool(kind_of(self.state.now.preparation).chart)
        self._chart.setVisible(numbers)
        for view in (self._decoded, self._row):
            view.setVisible(not numbers)
        self._heed_room()

    def _show_chart(self) -> None:
        now = self.state.now
        preparation = now.preparation
        if preparation is None or not kind_of(preparation).chart:
            self._chart.show_rows(None, ())
            return
        self._chart.show_rows(preparation, series_of(now))

    def _show_own(self) -> None:
        now = self.state.now
        if now.own is None:
            self._tray.hide()
            self._heed_room()
            return
        self._tray.show_picture(now.own, unlike(now))
        self._tray.show()
        self._heed_room()

    def _show_smooth(self) -> None:
        for view in self.findChildren(PictureView):
            view.smooth = self.state.now.smooth

    # -- mouse and keys ---------------------------------------------------------------------

    @Slot(int, float)
    def _on_sliders_moved(self, dimension: int, value: float) -> None:
        z = self.state.now.z
        if z is not None and dimension < len(z):
            moved = z.copy()
            moved[dimension] = value
            self.session.move(moved)


def ranges(codes: NDArray[np.float32]) -> NDArray[np.float32]:
    """(2, d) ends of the sliders: the codes' 0.5 % and 99.5 % quantiles joined with -3..3.

    codes: (n, d); of very many every n-th is looked at. Rounded outward to halves, so that the
    ends stand still while a model is trained.
    """
    few = codes[:: max(1, len(codes) // LOOKED_AT)]
    few = few[np.isfinite(few).all(axis=1)]
    if not len(few):
        return np.tile(np.array([[-SPAN], [SPAN]], np.float32), codes.shape[1])
    low, high = np.quantile(few, [0.005, 0.995], axis=0)
    low, high = np.floor(low * 2) / 2, np.ceil(high * 2) / 2
    return np.stack([np.minimum(low, -SPAN), np.maximum(high, SPAN)]).astype(np.float32)


if __name__ == "__main__":
    raise SystemExit(run_alone(ProbePanel))
