"""Panel: what the model and PCA draw, and make of samples, in one row of equal pictures."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from explorer.app.background.answers import Answer
from explorer.app.session import Session
from explorer.app.state import State
from explorer.app.words.spelling import placed_linearly, spelled
from explorer.compute.comparing.typical import CompareTypical
from explorer.data.kinds import kind_of
from explorer.ui.compared import (
    invitation_of,
    is_compared,
    preset_of,
    series_of,
    show_differences,
    show_one,
    show_pictures,
)
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.rows.row_chart import RowChart
from explorer.ui.widgets.pictures.comparing.comparison_row import LINES, ComparisonRow
from explorer.ui.widgets.pictures.comparing.difference_view import DifferenceView
from explorer.ui.widgets.pictures.comparing.side_by_side import GAP, WELL_SEEN, least_width
from explorer.ui.widgets.pictures.picture_view import CAPTION_LINE, PictureView
from explorer.ui.widgets.sight import Sight
from explorer.ui.widgets.throttle import FOLLOW_MS, Throttle

CAPTION = 4 + CAPTION_LINE * LINES  # px below every picture
TYPICAL = 2  # samples, of three pictures each, in the room of a chosen one and its differences
APART = 2 * theme.GRID  # px between what is drawn, what is compared, and the differences
PICTURES = 8  # columns: two at the cursors, three of a sample, the scale and two differences
EDGES = 2 * theme.GRID + 2 * APART + 5 * GAP


@panels.register("comparison")
class ComparisonPanel(Panel):
    """The picture at each plane's cursor; a sample, its reconstructions, what they get wrong.

    Before a sample is chosen two typical ones stand there, so that no room is empty.
    """

    title = "Model against PCA"
    places: ClassVar = {"compare": Place("bottom", 10)}
    least = (PICTURES * WELL_SEEN + EDGES, WELL_SEEN + CAPTION + 2 * theme.GRID)

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._latent = self._view("latentAtCursor", "Picture at the model's cursor")
        self._latent.setToolTip("The mean of p(x|z): what the decoder draws at z")
        self._linear = self._view("pcaAtCursor", "Picture at PCA's cursor")
        self._linear.setToolTip("mean + Z V\u1d40 at the cursor, the other scores held at 0")
        self._row, self._wrong = ComparisonRow(self), DifferenceView(self)
        for view in self._row.findChildren(PictureView):
            view.setObjectName(f"{view.objectName()}Compared")
        self._wrong.setObjectName("differenceViewCompared")
        self._typical = tuple(ComparisonRow(self) for _ in range(TYPICAL))
        for i, row in enumerate(self._typical):
            row.setObjectName(f"typicalSample{i}")
            for view in row.findChildren(PictureView):
                view.setObjectName(f"{view.objectName()}Typical{i}")
        self._seen = False
        self._asks = Throttle(FOLLOW_MS, self)
        self._answer = Answer(
            session.answers, CompareTypical, self._show_typical, lasting="dataset space pca"
        )
        self._sight = Sight(self, self._on_sight_changed)
        self._chart = RowChart(self)
        self._chart.setAccessibleName("Sample, reconstructions and the row at z")
        self._watch()

    def _view(self, object_name: str, name: str) -> PictureView:
        view = PictureView(self, lines=LINES, seen=WELL_SEEN)
        view.setObjectName(object_name)
        view.setAccessibleName(name)
        return view

    def _watch(self) -> None:
        state = self.state
        state.watch("decoded model", self._show_latent)
        state.watch("pca_decoded planes.pca.axes", self._show_linear)
        state.watch("comparison selection own dataset model codes", self._show_comparison)
        state.watch("decoded comparison selection dataset model", self._show_chart)
        state.watch("dataset model pca comparison selection own", self._ask_soon)
        state.watch("smooth", self._show_smooth)

    # -- typical samples --------------------------------------------------------------------

    def _on_sight_changed(self, seen: bool) -> None:
        self._seen = seen
        self._ask_soon()

    def _ask_soon(self) -> None:
        """While a model is trained its pictures follow, and nothing is asked that is not seen."""
        if self._seen:
            self._asks.run(self._ask)

    def _ask(self) -> None:
        now = self.state.now
        needed = not is_compared(now) and not kind_of(now.preparation).chart
        if self._seen and needed and now.dataset is not None and now.pca is not None:
            self._answer.ask(CompareTypical(now.dataset, now.model, now.pca, TYPICAL))

    def _show_typical(self) -> None:
        """Those of a model before stand until the next are there, but not where those fail."""
        now = self.state.now
        found = () if self._answer.error is not None else self._answer.value or ()
        for i, row in enumerate(self._typical):
            if i < len(found):
                show_one(row, now, found[i])
            else:
                row.clear()
        self._invite()
        self._place()

    def _has_typical(self) -> bool:
        """Whether typical samples stand where a chosen one would."""
        there = self._answer.value is not None and self._answer.error is None
        return there and not is_compared(self.state.now)

    # -- showing ----------------------------------------------------------------------------

    def _show_latent(self) -> None:
        if not self.isVisible():
            return  # a drag moves pictures in other workspaces; as it is shown, it looks anew
        now, decoded = self.state.now, self.state.now.decoded
        if decoded is None or now.model is None:
            self._latent.set_empty_text("No model yet" if now.model is None else "")
            self._latent.set_picture(None)
            self._latent.set_caption()
        else:
            self._latent.set_picture(decoded.image, decoded)
            self._latent.set_caption(f"{preset_of(now)} at the cursor", spelled(decoded.z))

    def _show_linear(self) -> None:
        if not self.isVisible():
            return
        decoded = self.state.now.pca_decoded
        if decoded is None:
            self._linear.set_picture(None)
            self._linear.set_caption()
        else:
            self._linear.set_picture(decoded.image, decoded)
            self._linear.set_caption("PCA at the cursor", placed_linearly(self.state.now, decoded))

    def _show_comparison(self) -> None:
        now = self.state.now
        self._chart.set_empty_text(invitation_of(now))
        show_pictures(self._row, now)
        show_differences(self._wrong, now)
        self._invite()
        self._place()

    def _invite(self) -> None:
        """How to choose a sample: in one line where it stands below typical ones."""
        if self._has_typical():
            self._row.clear(invitation_of(self.state.now).replace("\n", " "))

    def _show_chart(self) -> None:
        preparation = self.state.now.preparation
        charted = bool(kind_of(preparation).chart)
        rows = series_of(self.state.now) if charted else ()
        self._chart.show_rows(preparation if charted else None, rows)

    def _show_smooth(self) -> None:
        for view in self.findChildren(PictureView):
            view.smooth = self.state.now.smooth

    # -- where ------------------------------------------------------------------------------

    def _place(self) -> None:
        """Pictures in columns of one width; of rows of numbers two charts, half and half."""
        preparation = self.state.now.preparation
        charted = bool(kind_of(preparation).chart)
        for view in (self._latent, self._linear, self._row):
            view.setVisible(not charted)
        self._chart.setVisible(charted)
        for row in self._typical:
            row.setVisible(not charted and self._has_typical())
        room = self.rect().adjusted(theme.GRID, theme.GRID, -theme.GRID, -theme.GRID)
        self._place_charts(room) if charted else self._place_pictures(room)

    def _place_charts(self, room: QRect) -> None:
        half = room.width() if self._wrong.isHidden() else (room.width() - APART) // 2
        self._chart.setGeometry(room.left(), room.top(), half, room.height())
        self._wrong.setGeometry(room.right() + 1 - half, room.top(), half, room.height())

    def _place_pictures(self, room: QRect) -> None:
        side = min((self.width() - EDGES) // PICTURES, room.height() - CAPTION)
        three = 3 * side + 2 * GAP
        left = room.left() + (room.width() - (PICTURES * side + EDGES - 2 * theme.GRID)) // 2
        for view in (self._latent, self._linear):
            view.setGeometry(left, room.top(), side, side + CAPTION)
            left += side + GAP
        left += APART - GAP
        if self._has_typical():
            self._place_typical(QRect(left, room.top(), three, side + CAPTION), room)
            return
        alone = room.right() + 1 - left  # all that is left, to say how to get a sample
        wide = alone if self._wrong.isHidden() else three
        self._row.setGeometry(left, room.top(), wide, side + CAPTION)
        self._wrong.setGeometry(left + three + APART, room.top(), three, side + CAPTION_LINE + 4)

    def _place_typical(self, first: QRect, room: QRect) -> None:
        """In the places of a chosen sample and its differences; how to choose one, below."""
        for i, row in enumerate(self._typical):
            row.setGeometry(first.translated(i * (first.width() + APART), 0))
        top = first.bottom() + 1
        line = self.height() - top  # the pictures themselves say enough where there is none
        self._row.setGeometry(room.left(), top, room.width(), line if line >= CAPTION_LINE else 0)

    def minimumSizeHint(self) -> QSize:
        """Every picture is well seen."""
        return QSize(max(self.least[0], 2 * least_width()), self.least[1])

    def showEvent(self, event: QShowEvent) -> None:
        """What is at the cursors by now."""
        super().showEvent(event)
        self._show_latent()
        self._show_linear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room is used in another way."""
        super().resizeEvent(event)
        self._place()


if __name__ == "__main__":
    raise SystemExit(run_alone(ComparisonPanel))
