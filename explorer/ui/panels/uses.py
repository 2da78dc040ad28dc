"""Panel: what the model is good for: odd samples, noise, holes, few labels."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.analysis.masks import HOLES, HOLES_ALONG, holes
from explorer.app.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute import uses
from explorer.compute.uses import Line, Restored, Scored
from explorer.ui import theme
from explorer.ui.panels import Panel, panels, run_alone
from explorer.ui.widgets.accuracy_plot import AccuracyPlot
from explorer.ui.widgets.bar_plot import BarPlot
from explorer.ui.widgets.mask_view import MaskView
from explorer.ui.widgets.picture_grid import PictureGrid
from explorer.ui.widgets.picture_view import PictureView

TASKS = {
    "anomalies": ("Find anomalies", "Score samples by \u2212elbo: what the model finds odd"),
    "denoise": ("Remove noise", "Add noise to the selected sample, encode and decode it"),
    "inpaint": ("Fill a hole", "Hide a part of the selected sample: the most probable z fills it"),
    "labels": ("Use few labels", "Classify codes, PCA scores and raw features"),
}
BINS, WORST = 36, 24
BRUSH = "brush"
FEATURES = {"codes": "codes", "pca": "PCA scores", "raw": "raw features"}
SELECT = "Select a sample first"
KEYS = ("anomalies", "few labels")


@panels.register("uses")
class UsesPanel(Panel):
    """One task at a time; what concerns a sample concerns the selected one."""

    title, area, order = "Uses", "bottom", 50
    tab_with = "training"

    def __init__(
        self, state: State, jobs: Jobs, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(state, jobs, session, parent)
        self._scored: Scored | None = None
        self._worst = np.zeros(0, np.int64)
        self._build_controls()
        self._build_pages()
        self._lay_out()
        self._connect()
        jobs.busy_changed.connect(self._show_controls)
        state.watch("model dataset training codes", self._show_model)
        state.watch("dataset", self._show_classes)
        state.watch("selection pca", self._restore)
        state.watch("smooth", self._show_smooth)
        self._show_task()

    # -- building ---------------------------------------------------------------------------

    def _build_controls(self) -> None:
        self._task = self._box("usesTask", "What the model is used for")
        for i, (name, (text, tip)) in enumerate(TASKS.items()):
            self._task.addItem(text, name)
            self._task.setItemData(i, tip, Qt.ItemDataRole.ToolTipRole)
        self._normal = self._box("normalClass", "The class that is normal; the others are odd")
        self._hole = self._box("holeBox", "What is hidden")
        self._noise_name = QLabel(self)
        self._noise_name.setProperty("role", "quiet")
        self._noise = QSlider(Qt.Orientation.Horizontal, self)
        self._noise.setObjectName("noiseSlider")
        self._noise.setRange(0, 100)
        self._noise.setValue(50)
        self._noise.setToolTip("Standard deviation of the Gaussian noise, in the units of x")
        self._noise.setAccessibleName("Noise")
        self._go = QPushButton("Score", self)
        self._go.setObjectName("usesButton")
        self._said = QLabel(self)
        self._said.setProperty("role", "quiet")
        self._said.setMinimumWidth(1)

    def _box(self, name: str, tip: str) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setAccessibleName(tip)
        box.setToolTip(tip)
        box.setFixedWidth(176)
        return box

    def _build_pages(self) -> None:
        self._bars = BarPlot("Samples by score", "How many samples have a score in this range")
        self._odd = PictureGrid()
        self._odd.setObjectName("oddView")
        self._odd.setToolTip("The oddest samples; click one to select it")
        self._odd.setAccessibleName("The oddest samples")
        self._views = {
            "original": MaskView(least=64, lines=2), "damaged": PictureView(least=64, lines=2),
            "restored": PictureView(least=64, lines=2), "linear": PictureView(least=64, lines=2),
        }  # fmt: skip
        for name, view in self._views.items():
            view.setObjectName(f"{name}RestoreView")
            view.setAccessibleName(name.capitalize())
        self._curve = AccuracyPlot()
        self._curve.set_empty_text("Press Measure: linear probe, neighbours, a small head")

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.GRID)
        row.setSpacing(2 * theme.GRID)
        left = QVBoxLayout()
        left.setSpacing(theme.GRID)
        for widget in (
            self._task, self._normal, self._hole, self._noise_name, self._noise, self._go
        ):  # fmt: skip
            left.addWidget(widget)
        left.addStretch()
        row.addLayout(left)
        self._pages = QStackedWidget(self)
        scroll = QScrollArea()
        scroll.setWidget(self._odd)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages.addWidget(_beside([self._bars, scroll]))
        self._pages.addWidget(_beside(list(self._views.values())))
        self._pages.addWidget(self._curve)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self._pages, 1)
        right.addWidget(self._said)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self._task.activated.connect(self._on_task_activated)
        self._hole.activated.connect(self._on_hole_activated)
        self._noise.valueChanged.connect(self._on_noise_value_changed)
        self._go.clicked.connect(self._on_go_clicked)
        self._odd.picked.connect(self._on_odd_picked)
        self._mask().brushed.connect(self._on_mask_brushed)

    def _mask(self) -> MaskView:
        view = self._views["original"]
        assert isinstance(view, MaskView)
        return view

    # -- showing ----------------------------------------------------------------------------

    def _kind(self) -> str:
        return str(self._task.currentData())

    def _show_task(self) -> None:
        kind = self._kind()
        self._normal.setVisible(kind == "anomalies")
        self._hole.setVisible(kind == "inpaint")
        self._noise.setVisible(kind == "denoise")
        self._noise_name.setVisible(kind == "denoise")
        self._show_noise()
        self._go.setVisible(kind in ("anomalies", "labels"))
        self._pages.setCurrentIndex({"anomalies": 0, "labels": 2}.get(kind, 1))
        self._task.setToolTip(TASKS[kind][1])
        self._said.setText("")
        self._show_controls()
        self._show_scored()
        self._set_known()
        self._restore()

    @Slot()
    def _show_controls(self) -> None:
        now = self.state.now
        busy = any(self.jobs.is_busy(key) for key in KEYS)
        ready = now.model is not None and now.dataset is not None and now.training == "idle"
        self._go.setText("Cancel" if busy else "Measure" if self._kind() == "labels" else "Score")
        self._go.setToolTip("Stop, and keep nothing" if busy else TASKS[self._kind()][1])
        self._go.setEnabled(busy or ready)

    def _show_model(self) -> None:
        now = self.state.now
        known = self._scored
        if known is not None and (now.model is None or now.model.id != known.model_id):
            self._scored = None
            self._curve.show_lines(())
            self._show_scored()
        self._show_controls()
        self._restore()

    def _show_noise(self) -> None:
        self._noise_name.setText(f"Noise \u03c3 = {self._noise.value() / 100:.2f}")

    def _show_holes(self) -> None:
        """Parts of a picture, or of a signal or row, which have no brush."""
        data, held = self.state.now.dataset, self._hole.currentData()
        pictures = data is None or data.preparation.kind == "images"
        self._hole.clear()
        for name, text in (HOLES if pictures else HOLES_ALONG).items():
            self._hole.addItem(text, name)
        if pictures:
            self._hole.addItem("What I brush", BRUSH)
        self._hole.setCurrentIndex(max(0, self._hole.findData(held)))

    def _show_classes(self) -> None:
        data = self.state.now.dataset
        self._show_holes()
        self._normal.clear()
        self._normal.addItem("No class is normal", None)
        for name in () if data is None or data.labels is None else data.classes:
            self._normal.addItem(f"Normal: {name}", name)
        self._scored = None
        self._curve.show_lines(())
        self._set_known()
        self._show_scored()

    def _show_scored(self) -> None:
        seen, data = self._scored, self.state.now.dataset
        self._bars.set_empty_text("Press Score to see how odd the model finds each sample")
        if seen is None or data is None:
            self._bars.show_bars(np.zeros(0), ())
            self._odd.show_pictures(None)
            return
        counts, edges = np.histogram(seen.score, BINS)
        names = tuple(f"{e:.0f}".replace("-", "\u2212") for e in edges[:-1])
        self._bars.show_bars(counts.astype(np.float64), names)
        self._worst = seen.index[np.argsort(-seen.score)[:WORST]]
        self._odd.show_pictures(np.stack([data.picture(int(i)) for i in self._worst]))
        if self._kind() == "anomalies":
            self._said.setText(_spoken(seen))

    def _show_restored(self, seen: Restored) -> None:
        selection = self.state.now.selection
        if not len(selection) or selection[0] != seen.index or self._pages.currentIndex() != 1:
            return
        hole = " in the hole" if self._kind() == "inpaint" else ""
        damaged = "Hidden" if hole else "Noisy"
        shown = (
            ("original", seen.original, "Original", None),
            ("damaged", seen.damaged, damaged, None if hole else seen.damaged_mse),
            ("restored", seen.restored, "Model", seen.restored_mse),
            ("linear", seen.linear, f"PCA, k = {seen.k}", seen.linear_mse),
        )
        for name, picture, title, mse in shown:
            self._views[name].set_picture(picture)
            error = f"MSE {mse:.4f}{hole}" if mse is not None and mse == mse else ""
            self._views[name].set_caption(title, error)

    def _show_smooth(self) -> None:
        for view in self._views.values():
            view.smooth = self.state.now.smooth

    def _show_lines(self, lines: tuple[Line, ...]) -> None:
        best: dict[str, tuple[str, tuple[tuple[int, float, float], ...]]] = {}
        for line in lines:  # of each kind of features, the method that is best with most labels
            held = best.get(line.features)
            if line.points and (held is None or line.points[-1][1] > held[1][-1][1]):
                best[line.features] = (line.method, line.points)
        self._curve.show_lines([
            (f"{FEATURES.get(name, name)}, {method}", points)
            for name, (method, points) in best.items()
        ])  # fmt: skip
        self._said.setText("Each by its best classifier; bars: deviation over choices of labels")

    # -- asking -----------------------------------------------------------------------------

    def _set_known(self) -> None:
        """The mask of the task: none, a part, or what was brushed."""
        data, view, hole = self.state.now.dataset, self._mask(), self._hole.currentData()
        brushes = self._kind() == "inpaint" and data is not None
        view.set_brush(brushes and hole == BRUSH and data is not None and data.kind == "images")
        if data is None or not brushes:
            view.set_known(None)
        elif hole == BRUSH:
            view.set_known(np.ones(data.preparation.shape[:2], bool))
        else:
            view.set_known(holes(*data.preparation.shape[:2])[str(hole)])

    def _restore(self) -> None:
        now, kind = self.state.now, self._kind()
        if kind not in ("denoise", "inpaint"):
            return
        if now.model is None or now.dataset is None or not len(now.selection):
            for view in self._views.values():
                view.set_picture(None)
                view.set_caption()
            self._views["original"].set_empty_text(SELECT if now.model is not None else "")
            return
        if now.training != "idle":
            return
        fits = now.codes is not None and now.codes.model_id == now.model.id
        request = uses.RestoreRequest(
            now.model, now.dataset, int(now.selection[0]), now.pca, now.codes if fits else None,
            noise=self._noise.value() / 100,
            known=self._mask().known if kind == "inpaint" else None,
        )  # fmt: skip
        self.jobs.run(
            "restore", partial(uses.restore, request), owner=self, policy="latest", quiet=True,
            done=self._show_restored,
        )  # fmt: skip

    @Slot()
    def _on_go_clicked(self) -> None:
        now = self.state.now
        if any(self.jobs.is_busy(key) for key in KEYS):
            for key in KEYS:
                self.jobs.cancel(key)
            return
        if now.model is None or now.dataset is None:
            return
        if self._kind() == "labels":
            work = partial(uses.few_labels, uses.LabelsRequest(now.model, now.dataset))
            self.jobs.run("few labels", work, owner=self, done=self._show_lines)
        else:
            part = "test" if now.dataset.test.any() else "all"
            normal = self._normal.currentData()
            request = uses.ScoreRequest(now.model, now.dataset, part, normal)
            work_score = partial(uses.score, request)
            self.jobs.run("anomalies", work_score, owner=self, done=self._show_score)

    def _show_score(self, scored: Scored) -> None:
        model = self.state.now.model
        if model is not None and model.id == scored.model_id:
            self._scored = scored
            self._show_scored()

    # -- the hand ---------------------------------------------------------------------------

    @Slot(int)
    def _on_task_activated(self, _index: int) -> None:
        self._show_task()

    @Slot(int)
    def _on_hole_activated(self, _index: int) -> None:
        self._set_known()
        self._restore()

    @Slot(int)
    def _on_noise_value_changed(self, value: int) -> None:
        self._show_noise()
        self._restore()

    @Slot()
    def _on_mask_brushed(self) -> None:
        self._restore()

    @Slot(int)
    def _on_odd_picked(self, i: int) -> None:
        self.state.mark()
        self.state.update(source=self, selection=self._worst[i : i + 1].copy())


def _spoken(seen: Scored) -> str:
    kind = {"elbo": "\u2212elbo"}.get(seen.kind, seen.kind)
    words = f"{len(seen.index):,} samples by {kind}, nats."
    if seen.auroc is None:
        return f"{words} Choose a normal class for an AUROC."
    learned = "the normal class" if seen.normal_only else "all classes"
    against = "" if seen.pca_auroc is None else f"; PCA of {learned} {seen.pca_auroc:.3f}"
    return f"{words} AUROC {seen.auroc:.3f}{against}"


def _beside(widgets: list[QWidget] | list[PictureView]) -> QWidget:
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2 * theme.GRID)
    for widget in widgets:
        row.addWidget(widget, 1)
    return page


if __name__ == "__main__":
    raise SystemExit(run_alone(UsesPanel))
