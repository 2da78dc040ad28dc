"""The toolbar: open, train, what is loaded, tools, view, undo, theme."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QMenu,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from explorer.app import needs
from explorer.app.spelling import shortened
from explorer.data.bundled import BUNDLED
from explorer.ui import icons, theme
from explorer.ui.binding import make_action
from explorer.ui.plane.layers import layers
from explorer.ui.plane.looks import LayerMenu
from explorer.ui.plane.tools import tools
from explorer.ui.widgets.fitting_label import FittingLabel
from explorer.ui.widgets.forms.boxes import ChoiceBox
from explorer.ui.widgets.offering import offer

if TYPE_CHECKING:
    from explorer.ui.window import MainWindow

UNDER_WAY = "A training is under way: its Stop is in the Training panel"
FEW = 4  # of them in a narrow window


class Toolbar(QToolBar):
    """Buttons for the window's verbs; it shows the state and keeps none of it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__("Toolbar", window)
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setIconSize(QSize(icons.SIZE, icons.SIZE))
        self._window, self._state = window, window.state
        self._icons: dict[QAction | QToolButton, str] = {}
        self._panel_seen = True  # that of the training, with its Stop
        self._build_open()
        self._build_train()
        self._build_names()
        self._build_layers()
        self._build_tools()
        self._build_view()
        self._build_more()
        self._dress()
        self._state.watch("dataset model training", self._show_names)
        self._state.watch("training dataset", self._show_train)
        dock = next(d for d in window.docks if d.objectName() == "trainingDock")
        dock.visibilityChanged.connect(self._on_training_dock_visibility_changed)
        self._state.watch("tool", self._show_tool)
        self._state.watch("follow smooth", self._show_switches)
        self._state.watch("model plane_axes", self._show_axes)

    # -- building ---------------------------------------------------------------------------

    def _build_open(self) -> None:
        menu = QMenu(self)
        for name, bundled in BUNDLED.items():
            text = f"{name.capitalize()}: {bundled.summary}"
            self._item(menu, text, partial(self._window.open, name))
        menu.addSeparator()
        self._item(menu, "Open files...", self._window.opening.ask_for_file, "Ctrl+O")
        self._item(menu, "Open a folder...", self._window.opening.ask_for_folder, "Ctrl+Shift+O")
        self._item(menu, "Paste a picture or files", self._window.opening.paste, "Ctrl+V")
        menu.addSeparator()
        self._item(menu, "Save the model...", self._window.session.save_elsewhere, "Ctrl+S")
        tip = "Open data, pictures or a saved model; dropping them on the window does the same"
        self._menu_button("Open", "open", menu, tip).setObjectName("openButton")

    def _build_train(self) -> None:
        self._train = self._action(
            "Train", self._train_or_stop, "train", "",
            "Train the chosen model on the data shown; once more to stop and keep what there is"
            " (Ctrl+T)",
        )  # fmt: skip
        make_action(self._window, "Train, or stop", self._train_or_stop, "Ctrl+T")
        button = self.widgetForAction(self._train)
        assert isinstance(button, QToolButton)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def _build_names(self) -> None:
        self.addSeparator()
        self._data = self._name_label("Data")
        self._model = self._name_label("Model")
        spacer = QWidget(self)
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(spacer)

    def _name_label(self, tip: str) -> FittingLabel:
        label = FittingLabel(self)
        label.setToolTip(tip)
        label.setContentsMargins(theme.GRID, 0, theme.GRID, 0)
        self.addWidget(label)
        return label

    def _build_layers(self) -> None:
        menu, content = QMenu(self), QWidgetAction(self)
        rows = LayerMenu(self._state)
        content.setDefaultWidget(rows)
        menu.addAction(content)
        tip = "What the plane shows, and how opaque; the digits toggle the layers"
        self._menu_button("Layers", "layers", menu, tip).setObjectName("layersButton")
        for name in layers:
            layer = layers[name]
            if layer.key:
                slot = partial(rows.looks.toggle, name)
                make_action(self._window, f"Show or hide: {layer.label}", slot, layer.key)
        self.addSeparator()

    def _build_tools(self) -> None:
        group = QActionGroup(self)
        self._tools: dict[str, QAction] = {}
        for name in sorted(tools, key=lambda name: tools[name].order):
            tool = tools[name]
            slot = partial(self._choose_tool, name)
            action = self._action(tool.label, slot, tool.icon, tool.key, tool.tip)
            action.setCheckable(True)
            group.addAction(action)
            self._tools[name] = action

    def _build_view(self) -> None:
        self._axes = [self._axis_box(i) for i in (0, 1)]
        self.addSeparator()
        plane = self._window.stage.plane
        self._follow = self._action(
            "Follow the pointer", self._toggle_follow, "follow", "H",
            "The picture follows the pointer over the plane",
        )  # fmt: skip
        self._follow.setCheckable(True)
        self._action("Fit", plane.fit, "fit", "F", "Show all points")

    def _axis_box(self, i: int) -> ChoiceBox:
        box = ChoiceBox(self)
        box.setToolTip(f"Latent dimension on the {('horizontal', 'vertical')[i]} axis")
        box.setAccessibleName(box.toolTip())
        box.activated.connect(self._on_axis_box_activated)
        box_action = self.addWidget(box)
        box.setProperty("action", box_action)
        return box

    def _build_more(self) -> None:
        self.addSeparator()
        self._action("Undo", self._window.undo, "undo", "Ctrl+Z")
        self._action("Redo", self._window.redo, "redo", "Ctrl+Shift+Z")
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for dock in self._window.docks:
            menu.addAction(dock.toggleViewAction())
        self._item(menu, "Reset the layout", self._window.reset_layout)
        menu.addSeparator()
        self._smooth = self._item(menu, "Smooth pictures", self._toggle_smooth)
        self._smooth.setCheckable(True)
        menu.addSeparator()
        for name in ("system", "light", "dark"):
            text = {"system": "Colours of the system", "light": "Light", "dark": "Dark"}[name]
            self._item(menu, text, partial(self._window.set_theme, name))
        self._menu_button("", "theme", menu, "Panels, pictures, light and dark")
        make_action(self._window, "Clear the selection", self._window.clear_selection, "Esc")

    def _menu_button(self, text: str, icon: str, menu: QMenu, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(text or tip)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        if text:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.addWidget(button)
        self._icons[button] = icon
        return button

    def _item(self, menu: QMenu, text: str, slot: Callable[[], object], key: str = "") -> QAction:
        action = make_action(self._window, text, slot, key)
        menu.addAction(action)
        return action

    def _action(
        self, text: str, slot: Callable[[], object], icon: str, key: str, tip: str = ""
    ) -> QAction:
        action = make_action(self._window, text, slot, key, tip)
        self.addAction(action)
        self.widgetForAction(action).setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._icons[action] = icon
        return action

    # -- acting -----------------------------------------------------------------------------

    def _train_or_stop(self) -> None:
        if self._state.now.training == "idle":
            self._window.session.train()
        else:
            self._window.session.stop()

    @Slot(bool)
    def _on_training_dock_visibility_changed(self, seen: bool) -> None:
        self._panel_seen = seen
        self._show_train()

    def _choose_tool(self, name: str) -> None:
        self._state.update(source=self, tool=name)

    def _toggle_follow(self) -> None:
        self._state.mark()
        self._state.update(source=self, follow=not self._state.now.follow, preview=None)

    def _toggle_smooth(self) -> None:
        self._state.mark()
        self._state.update(source=self, smooth=not self._state.now.smooth)

    @Slot(int)
    def _on_axis_box_activated(self, _index: int) -> None:
        a, b = (box.currentIndex() for box in self._axes)
        if a != b:
            self._state.mark()
            self._state.update(source=self, plane_axes=(a, b))
        self._show_axes()

    # -- showing ----------------------------------------------------------------------------

    def _show_names(self) -> None:
        now = self._state.now
        name = "no data" if now.dataset is None else now.dataset.name
        count = "" if now.dataset is None else f" {len(now.dataset):,}"
        short = escape(shortened(name))
        self._data.set_texts(
            f"Data: <b>{short}{count}</b>", f"<b>{short}{count}</b>", f"<b>{short}</b>",
            f"<b>{escape(shortened(name, FEW))}</b>",
        )  # fmt: skip
        self._data.setToolTip(f"Data: {name}{count}")
        if now.model is None:
            self._model.set_texts("Model: <b>none yet</b>")
        else:
            config = now.model.config
            likelihood = config.likelihood.replace("-", " ")
            named = f"<b>{config.preset} z={config.latent_dim}</b>"
            short = f"<b>{escape(shortened(config.preset, FEW))}</b>"
            self._model.set_texts(f"Model: {named}", named, short)
            self._model.setToolTip(f"{config.preset}, {config.body} body, {likelihood} likelihood")

    def _show_train(self) -> None:
        """Train; it turns into Stop only where the Stop of the training panel is out of sight."""
        training = self._state.now.training
        stops = training != "idle" and not self._panel_seen
        self._icons[self._train] = "stop" if stops else "train"
        self._train.setText("Stop" if stops else "Train")
        running = "" if training == "idle" or stops else UNDER_WAY
        stopping = "" if training != "stopping" else needs.STOPPING
        offer(self._train, stopping or running or needs.missing(self._state.now, "data"))
        self._train.setIcon(icons.icon(self._icons[self._train], theme.tokens_of(self)))

    def _show_tool(self) -> None:
        action = self._tools.get(self._state.now.tool)
        if action is not None:
            action.setChecked(True)

    def _show_switches(self) -> None:
        self._follow.setChecked(self._state.now.follow)
        self._smooth.setChecked(self._state.now.smooth)

    def _show_axes(self) -> None:
        model = self._state.now.model
        count = 0 if model is None else model.config.latent_dim
        for box, axis in zip(self._axes, self._state.now.plane_axes, strict=True):
            if box.count() != count:
                box.clear()
                box.addItems([f"z{i + 1}" for i in range(count)])
            box.setCurrentIndex(axis)
            box.property("action").setVisible(count > 2)

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the icons in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_icons"):
            self._dress()

    def _dress(self) -> None:
        tokens = theme.tokens_of(self)
        for owner, name in self._icons.items():
            owner.setIcon(icons.icon(name, tokens))
