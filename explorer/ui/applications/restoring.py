"""What the applications that damage the selected sample and restore it have in common."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from explorer.app.background.answers import Answer
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.applications.restoring import Mask, Restore, Restored
from explorer.data.kinds import kind_of
from explorer.ui.applications import Application
from explorer.ui.widgets.charts.rows.row_chart import RowChart
from explorer.ui.widgets.charts.rows.series import Series
from explorer.ui.widgets.pictures.mask_view import MaskView
from explorer.ui.widgets.pictures.picture_view import PictureView

SELECT = "Select a sample first"
WAITS = "Nothing is restored while a model is trained"


class Restoring(Application):
    """Four pictures: the sample, damaged, restored by the model, and by PCA.

    It follows the selection. damaged: what the second picture is called. view: what the names of
    the views end in.
    """

    damaged: ClassVar[str] = ""
    view: ClassVar[str] = ""

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._restored = Answer(session.answers, Restore, self._show_restored)
        self.original = MaskView(least=64, lines=2)
        self.views = {
            "original": self.original, "damaged": PictureView(least=64, lines=2),
            "restored": PictureView(least=64, lines=2), "linear": PictureView(least=64, lines=2),
        }  # fmt: skip
        for name, view in self.views.items():
            view.setObjectName(f"{name}{self.view}View")
            view.setAccessibleName(name.capitalize())
        self.chart = RowChart(self)
        self.chart.setObjectName(f"{self.view.lower()}Chart")
        self.chart.setAccessibleName("Sample, damaged and restored")
        self.lay_out(*self.views.values(), self.chart)
        state.watch("smooth", self._show_smooth)
        state.watch("dataset", self._show_kind)

    def follow(self) -> None:
        """Restore whenever there is another sample or model; once all is built."""
        self.state.watch(
            "selection pca model dataset training codes noise noise_kind brushed", self.restore
        )

    def enter(self) -> None:
        """Restore what is selected."""
        self.restore()

    # -- what differs -----------------------------------------------------------------------

    def known(self) -> Mask | None:
        """What is not hidden of the sample, (H, W) bool; None where nothing is to be filled in."""
        return None

    def noise(self) -> float:
        """How much noise is added."""
        return 0.0

    def errors(self, seen: Restored) -> tuple[str, str, str]:
        """What is said of the damaged picture, the model's and PCA's."""
        return (
            error_text(seen.damaged_mse),
            error_text(seen.restored_mse),
            error_text(seen.linear_mse),
        )

    # -- asking and showing -----------------------------------------------------------------

    def restore(self) -> None:
        """Ask for the selected sample, or say that there is none."""
        now = self.state.now
        if not self.current:
            return
        if self._restored.value is None:
            self._show_nothing()
        if now.model is None or now.dataset is None or now.sample is None:
            return
        if now.training != "idle":
            return
        self._restored.ask(
            Restore(
                now.model, now.dataset, now.sample, now.pca, now.codes,
                noise=self.noise(), noise_kind=now.noise_kind, known=self.known(),
            )
        )  # fmt: skip

    def _show_kind(self) -> None:
        """Pictures, or rows of numbers, which are drawn in one chart."""
        numbers = bool(kind_of(self.state.now.dataset).chart)
        self.chart.setVisible(numbers)
        for view in self.views.values():
            view.setVisible(not numbers)

    def _show_nothing(self) -> None:
        self.chart.show_rows(None, ())
        for view in self.views.values():
            view.set_picture(None)
            view.set_caption()
        self.said.setText("")
        now = self.state.now
        why = SELECT if now.sample is None else WAITS if now.training != "idle" else ""
        why = why if now.model is not None else ""
        self.original.set_empty_text(why)
        self.chart.set_empty_text(why)

    def _show_restored(self) -> None:
        seen = self._restored.value
        if seen is None:
            self._show_nothing()
            return
        damaged, restored, linear = self.errors(seen)
        for name, picture, title, error in (
            ("original", seen.original, "Original", ""),
            ("damaged", seen.damaged, self.damaged, damaged),
            ("restored", seen.restored, "Model", restored),
            ("linear", seen.linear, f"PCA, k = {seen.k}", linear),
        ):
            self.views[name].set_picture(picture)
            self.views[name].set_caption(*(() if picture is None else (title, error)))
        self._show_rows(seen, (damaged, restored, linear))

    def _show_rows(self, seen: Restored, errors: tuple[str, str, str]) -> None:
        data = self.state.now.dataset
        if data is None or not kind_of(data).chart:
            self.chart.show_rows(None, ())
            return
        roles = ("sample", "damaged", "model", "pca")
        titles = ("Original", self.damaged, "Model", f"PCA {seen.k}")
        series = [
            Series(role, title, row, note)
            for role, title, row, note in zip(roles, titles, seen.rows, ("", *errors), strict=True)
            if row is not None
        ]
        self.chart.show_rows(data.preparation, series)

    def _show_smooth(self) -> None:
        for view in self.views.values():
            view.smooth = self.state.now.smooth


def error_text(mse: float | None, where: str = "") -> str:
    """An MSE as a caption says it, nothing where there is none."""
    return f"MSE {mse:.4f}{where}" if mse is not None and mse == mse else ""
