"""The toolbar: drawn from the commands, with what is loaded, and the axes of the plane."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QToolButton, QWidgetAction

from explorer.app.state import State
from explorer.ui.menus.binding import Commands
from explorer.ui.menus.command_menu import command_button, fill_menu, wear
from explorer.ui.plane.layer_settings import LayerMenu
from explorer.ui.subject_label import SubjectLabel
from explorer.ui.themes import icons, theme
from explorer.ui.widgets.forms.boxes import ChoiceBox
from explorer.ui.widgets.layouts.folding_bar import FoldingBar, Section

TOOLS, AXES, LAYERS, NAMES, VIEW, PLANE, EDIT = range(1, 8)  # the last folds first


class Toolbar(FoldingBar):
    """Shows the commands and the state, and keeps neither.

    docks: those that the menu on the right shows and hides.
    """

    def __init__(
        self, window: QMainWindow, state: State, commands: Commands, docks: list[QDockWidget]
    ) -> None:
        super().__init__("Toolbar", window)
        self.setObjectName("toolbar")
        self.setIconSize(QSize(icons.SIZE, icons.SIZE))
        self._state, self._commands, self._docks = state, commands, docks
        self._menu_icons: dict[QToolButton, str] = {self.more: "more"}
        self._panel_seen = True  # that of the training, with its Stop
        self._build_left()
        self.add_spring()
        self._build_buttons("workspaces", "Workspaces")
        self.add_spring()
        self._build_layers()
        self._build_buttons("tools", "Tools", TOOLS, line=True)
        self._build_axes()
        self._build_buttons("plane", "Plane", PLANE, line=True)
        self._build_buttons("edit", "Edit", EDIT, line=True, most=2)
        self._build_view()
        self.paint()
        self.finish()
        self._watch()

    def _watch(self) -> None:
        dock = next(d for d in self._docks if d.objectName() == "trainingDock")
        dock.visibilityChanged.connect(self._on_training_dock_visibility_changed)
        self._state.watch("training", self._show_train)
        self._state.watch("model planes.latent.axes", self._show_axes)

    # -- building ---------------------------------------------------------------------------

    def _build_left(self) -> None:
        first = self.add_section("Open")
        menu = QMenu(self)
        fill_menu(menu, self._commands, "open")
        tip = "Open data, pictures or a saved model; dropping them on the window does the same"
        self._menu_button(first, "Open", "open", menu, tip)
        self._train = command_button(self._commands, "train", self)
        self._train.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add_to(first, self._train)
        names = self.add_section("What is shown", NAMES, line=True)
        self.add_to(names, SubjectLabel(self._state, self))

    def _build_buttons(
        self, menu: str, title: str, rank: int = 0, *, line: bool = False, most: int = 99
    ) -> None:
        """A button for each of the first commands of a menu."""
        section = self.add_section(title, rank, line=line)
        for name in self._commands.of(menu)[:most]:
            button = command_button(self._commands, name, self)
            self.add_to(section, button, [self._commands[name]])

    def _build_layers(self) -> None:
        menu, content = QMenu(self), QWidgetAction(self)
        content.setDefaultWidget(LayerMenu(self._state))
        menu.addAction(content)
        tip = "What the plane shows, and how opaque; the digits toggle the layers"
        self._menu_button(self.add_section("Layers", LAYERS), "Layers", "layers", menu, tip)

    def _build_axes(self) -> None:
        self._axes_section = self.add_section("Axes", AXES)
        self._axes = [self._axis_box(i) for i in (0, 1)]

    def _axis_box(self, i: int) -> ChoiceBox:
        box = ChoiceBox(self)
        box.setToolTip(f"Latent dimension on the {('horizontal', 'vertical')[i]} axis")
        box.setAccessibleName(box.toolTip())
        box.activated.connect(self._on_axis_box_activated)
        name = f"axis-{('horizontal', 'vertical')[i]}"
        self.add_to(self._axes_section, box, [self._commands[name]])
        return box

    def _build_view(self) -> None:
        menu = QMenu(self)
        menu.addActions([dock.toggleViewAction() for dock in self._docks])
        fill_menu(menu, self._commands, "view", "colours", "help")
        section = self.add_section("View", VIEW)
        self._menu_button(section, "", "theme", menu, "Panels, pictures, light and dark", "View")

    def _menu_button(
        self, section: Section, text: str, icon: str, menu: QMenu, tip: str, title: str = ""
    ) -> None:
        button = QToolButton(self)
        button.setText(text)
        button.setObjectName(f"{(text or title).lower()}Button")
        button.setToolTip(tip)
        button.setAccessibleName(text or tip)
        button.setMenu(menu)
        menu.setTitle(text or title)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        if text:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add_to(section, button, [menu.menuAction()])
        self._menu_icons[button] = icon

    # -- acting -----------------------------------------------------------------------------

    @Slot(bool)
    def _on_training_dock_visibility_changed(self, seen: bool) -> None:
        self._panel_seen = seen
        self._show_train()

    @Slot(int)
    def _on_axis_box_activated(self, _index: int) -> None:
        a, b = (box.currentIndex() for box in self._axes)
        if a != b:
            self._state.mark()
            self._state.update_plane("latent", self, axes=(a, b))
        self._show_axes()

    # -- showing ----------------------------------------------------------------------------

    def _show_train(self) -> None:
        """Train; it turns into Stop only where the Stop of the training panel is out of sight."""
        stops = self._state.now.training != "idle" and not self._panel_seen
        wear(self._train, self._commands, "stop" if stops else "train")

    def _show_axes(self) -> None:
        model = self._state.now.model
        count = 0 if model is None else model.config.latent_dim
        for box, axis in zip(self._axes, self._state.now.plane("latent").axes, strict=True):
            if box.count() != count:
                box.clear()
                box.addItems([f"z{i + 1}" for i in range(count)])
            box.setCurrentIndex(axis)
            self.set_present(self._axes_section, box, count > 2)

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the icons in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_menu_icons"):
            self.paint()

    def paint(self) -> None:
        """Draw every icon in the colours of the theme."""
        tokens = theme.tokens_of(self)
        self._commands.paint(tokens)
        for button, name in self._menu_icons.items():
            button.setIcon(icons.icon(name, tokens))
