"""Below the plane: the film of the path, how long it is, and buttons to travel and keep it."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.analysis.latent.joins import joins, offered
from explorer.analysis.latent.paths import LatentPath
from explorer.app.commands import Command, Context, FilmFrame
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.path.pictures import PathPictures
from explorer.compute.path.survey import PathMeasurements
from explorer.ui.menus.bound_button import BoundButton
from explorer.ui.menus.offers import entries_of, plot_entries
from explorer.ui.plane.path.commands import NO_PATH, PathCommands
from explorer.ui.plane.path.player import PathPlayer
from explorer.ui.themes import icons, theme
from explorer.ui.widgets.fitting_label import FittingLabel
from explorer.ui.widgets.forms.boxes import ChoiceBox
from explorer.ui.widgets.offering import offer
from explorer.ui.widgets.overlays.popup import PopupSection, popup
from explorer.ui.widgets.pictures.film_strip import FilmStrip

KIND = 84  # px that the kind of the path gives way to
NEEDED = "path path_pictures model"
INVITATION = (
    "Click points on the plane, or draw: what lies along the path appears here.\n"
    "Enter ends it, Backspace takes the last point back, Esc clears it."
)


class PathStrip(QWidget):
    """There while there is a path, or the path tool is in use."""

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pathStrip")
        self._state, self._session = state, session
        self.player = PathPlayer(state, session, self)
        self._icons: dict[QToolButton, str] = {}
        self._build()
        self._lay_out()
        self._connect()
        self._bind()
        self._apply_theme()
        state.watch("path tool path_pictures model", self._show_presence)
        state.watch("path", self._show_kind)
        state.watch("path path_pictures smooth", self._show_film)
        state.watch("path_pictures survey", self._show_facts)
        state.watch("path_at", self._show_share)

    # -- building ---------------------------------------------------------------------------

    def _build(self) -> None:
        self._play = self._button("pathPlayButton", "train")
        self._stop = self._button("pathStopButton", "stop")
        self._loop = self._button("pathLoopButton", "loop")
        self._loop.setCheckable(True)
        self._kinds = ChoiceBox(self)
        self._kinds.setAccessibleName("Kind of path")
        self._kinds.setObjectName("pathKind")
        self._kinds.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._kinds.setMinimumWidth(KIND)
        self._length = FittingLabel(self)
        self._length.setProperty("role", "quiet")
        self._length.setToolTip(
            "The sum of |z\u1d62\u208a\u2081 \u2212 z\u1d62| along the path, and of"
            " |x\u1d62\u208a\u2081 \u2212 x\u1d62| of the pictures decoded at 256 equal steps"
        )
        self._off = QLabel(self)
        self._off.setToolTip(
            "The share of the path whose z is farther from the nearest sample's code than\n"
            "99 % of the samples are from their own nearest neighbour; pictures there are marked"
        )
        self._keep = self._button("pathExportButton", "save")
        self._fold = self._button("pathFoldButton", "fold")
        self._fold.setCheckable(True)
        self._fold.setChecked(True)
        self._clear = self._button("pathClearButton", "close")
        self._build_strip()

    def _build_strip(self) -> None:
        self._strip = FilmStrip(self)
        self._strip.setObjectName("filmStrip")
        self._strip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._strip.customContextMenuRequested.connect(self._on_strip_menu_requested)
        self._strip.setToolTip("Drag to travel along the path")

    def _bind(self) -> None:
        """Each button to its command; the switches act as they are ticked."""
        made = PathCommands(self.player, self._loop, self._fold).named
        self._commands, session = made, self._session
        self._playing = BoundButton(
            self._play, made["path-play"], session, words=False, fields=NEEDED
        )
        for button, name in ((self._stop, "path-stop"), (self._clear, "path-clear")):
            BoundButton(button, made[name], session, words=False, fields=NEEDED)
        for button, name in ((self._loop, "path-loop"), (self._fold, "path-fold")):
            BoundButton(button, made[name], session, words=False, acts=False, fields=NEEDED)
        BoundButton(self._keep, "path-export", session, words=False, fields=NEEDED)

    def commands(self) -> list[Command]:
        """What the buttons do, but to export, which needs no strip."""
        return list(self._commands.values())

    def _button(self, name: str, icon: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._icons[button] = icon
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        for widget in (self._play, self._stop, self._loop, self._kinds):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self._keep, self._fold, self._clear):
            row.addWidget(widget)
        facts = QHBoxLayout()  # in a row of its own: the plane may be a narrow one of two
        facts.setSpacing(theme.INSIDE)
        facts.addWidget(self._length)
        facts.addWidget(self._off)
        facts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addLayout(facts)
        column.addWidget(self._strip)

    def _connect(self) -> None:
        self._loop.toggled.connect(self._on_loop_toggled)
        self._fold.toggled.connect(self._strip.setVisible)
        self._kinds.activated.connect(self._on_kinds_activated)
        self._strip.scrub_started.connect(self._on_strip_scrub_started)
        self._strip.scrubbed.connect(self.player.go)
        self._strip.room_changed.connect(self.player.set_count)
        self.player.playing_changed.connect(self._on_player_playing_changed)

    # -- showing ----------------------------------------------------------------------------

    def _show_presence(self) -> None:
        now = self._state.now
        self.setVisible(now.path is not None or (now.tool == "path" and now.model is not None))

    def _show_kind(self) -> None:
        path = self._state.now.path
        by_hand = path is not None and joins[path.kind].by_hand
        names = [path.kind] if path is not None and by_hand else offered()
        if [self._kinds.itemData(i) for i in range(self._kinds.count())] != names:
            self._kinds.clear()
            for name in names:
                self._kinds.addItem(joins[name].title, name)
        kind = names[0] if path is None else path.kind
        self._kinds.setCurrentIndex(names.index(kind))
        self._kinds.setToolTip(f"How the points are joined. {joins[kind].tip}")
        offer(self._kinds, "" if path is not None else NO_PATH)

    def _show_film(self) -> None:
        now = self._state.now
        self._strip.set_smooth(now.smooth)
        self._strip.set_images([] if now.path_pictures is None else list(now.path_pictures.images))
        waits = now.path is not None and len(now.path.points) == 1
        self._strip.set_empty_text("Click where the path goes next" if waits else INVITATION)

    def _show_facts(self) -> None:
        film, survey = self._state.now.path_pictures, self._state.now.survey
        self._length.set_texts(*_lengths(film, survey))
        ground = None if film is None or survey is None else survey.ground
        self._off.setText("" if ground is None else _spelled(ground.share))
        role = "warn" if ground is not None and ground.share else "quiet"
        if self._off.property("role") != role:
            self._off.setProperty("role", role)
            self._off.style().polish(self._off)
        if film is None or ground is None:
            self._strip.set_off(None)
        else:
            at = np.linspace(0, len(ground.off) - 1, len(film.z)).round().astype(np.int64)
            self._strip.set_off(ground.off[at])

    def _show_share(self) -> None:
        self._strip.set_share(self._state.now.path_at)

    @Slot()
    def _on_player_playing_changed(self) -> None:
        playing = self.player.playing
        self._icons[self._play] = "pause" if playing else "train"
        self._playing.wear(self._commands["path-pause" if playing else "path-play"])
        self._apply_theme()

    # -- mouse and keys ---------------------------------------------------------------------

    @Slot(bool)
    def _on_loop_toggled(self, on: bool) -> None:
        self.player.loop = on

    @Slot(object)
    def _on_strip_scrub_started(self, gesture: object) -> None:
        self.player.pause()
        self._state.mark(gesture)

    @Slot(int)
    def _on_kinds_activated(self, index: int) -> None:
        path, kind = self._state.now.path, self._kinds.itemData(index)
        if path is not None and kind != path.kind:
            self._state.mark()
            points = np.array(path.points)
            self._state.update(source=self, path=LatentPath(points, kind))

    @Slot(QPoint)
    def _on_strip_menu_requested(self, at: QPoint) -> None:
        """About the picture there, and the path."""
        film = self._state.now.path_pictures
        if film is None:
            return
        share = self._strip.share_at(at.x())
        i = round(share * (len(film.images) - 1))
        there = i / max(len(film.images) - 1, 1)
        frame = FilmFrame(i, partial(self._go, there))
        place = entries_of(Context(self._state, self._session, frame=frame), "film")
        names = [f"z{k + 1}" for k in range(film.z.shape[1])]
        rows = [[f"{v:.6g}" for v in z] for z in film.z.tolist()]
        every = plot_entries(
            self._strip,
            self._session,
            "path",
            [names, *rows],
            "the codes",
            "the film",
            self.player.kept(),
        )
        head = f"Picture {i + 1} of {len(film.images)}"
        popup(
            self._strip,
            self._strip.mapToGlobal(at),
            [PopupSection(head, place), PopupSection("", every)],
        )

    def _go(self, share: float) -> None:
        self.player.pause()
        self._state.mark()
        self.player.go(share)

    # -- Qt's events ------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the icons in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_strip"):
            self._apply_theme()

    def _apply_theme(self) -> None:
        tokens = theme.tokens_of(self)
        for button, name in self._icons.items():
            button.setIcon(icons.icon(name, tokens))


def _lengths(film: PathPictures | None, survey: PathMeasurements | None) -> tuple[str, ...]:
    """What is known of the length, at length and in short."""
    if film is None:
        return ("",)
    in_z = f"{film.length:.2f} in z"
    if survey is None:
        return f"length {in_z}", in_z
    both = f"{in_z}, {survey.image_length:.1f} in pictures"
    return f"length {both}", both, in_z


def _spelled(share: float) -> str:
    return f"{share:.0%} off the data" if share else "all of it near data"
