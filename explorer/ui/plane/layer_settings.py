"""The layers' appearance: what the toolbar's list and the digits change."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Slot

from explorer.app.commands import Command, Context, groups
from explorer.app.planes import planes
from explorer.app.state import LayerAppearance, Message, Snapshot, State
from explorer.ui.plane.layers import layers
from explorer.ui.widgets.legend.layer_list import LayerList, LayerRow


class LayerSettings(QObject):
    """The verbs over the state's ``layers``."""

    def __init__(self, state: State, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state

    def of(self, name: str) -> LayerAppearance:
        """How a layer looks now."""
        return self._state.now.layers.get(name, layers[name].usual)

    def toggle(self, name: str) -> None:
        """Show what is hidden, hide what is shown, and say so: a digit is soon hit by mistake."""
        visible, kind = not self.of(name).visible, layers[name]
        self.switch(name, visible)
        if not visible or not kind.absence(self._state.now):
            text = f"{kind.label}: {'shown' if visible else 'hidden'} ({kind.key} toggles it)"
            self._state.update(source=self, message=Message(text))

    @Slot(str, bool)
    def switch(self, name: str, visible: bool) -> None:
        """Show or hide a layer, as one step of undo; say so where there is nothing to show."""
        self._state.mark()
        self._keep(name, replace(self.of(name), visible=visible))
        absence = layers[name].absence(self._state.now)
        if visible and absence:
            text = f"{layers[name].label}: nothing to draw, {absence}"
            self._state.update(source=self, message=Message(text))

    @Slot(str, float)
    def fade(self, name: str, opacity: float) -> None:
        """Draw a layer more or less opaque; mark the state before the gesture."""
        self._keep(name, replace(self.of(name), opacity=opacity))

    def _keep(self, name: str, appearance: LayerAppearance) -> None:
        self._state.update(source=self, layers={**self._state.now.layers, name: appearance})


class LayerMenu(LayerList):
    """The list of the layers that there are, bound to the state."""

    def __init__(self, state: State) -> None:
        self._names = sorted(
            (name for name in layers if layers[name].switchable), key=lambda n: layers[n].order
        )
        super().__init__(
            [LayerRow(n, layers[n].label, layers[n].key, layers[n].tip) for n in self._names]
        )
        self._state = state
        self.layer_settings = LayerSettings(state, self)
        self.switched.connect(self.layer_settings.switch)
        self.faded.connect(self.layer_settings.fade)
        self.fade_started.connect(state.mark)
        state.watch("layers", self._show_appearances)
        state.watch("model", self._show_tips)

    def _show_appearances(self) -> None:
        for name in self._names:
            appearance = self.layer_settings.of(name)
            self.set_appearance(name, appearance.visible, appearance.opacity)

    def _show_tips(self) -> None:
        for name in self._names:
            absence = layers[name].absence(self._state.now)
            tip = f"Nothing to draw: {absence}" if absence else layers[name].tip
            self.set_tip(name, "\n".join([tip, *_elsewhere(name)]))


def _elsewhere(name: str) -> list[str]:
    """Where the layer means nothing, a line for each kind of plane."""
    told = ((planes[kind].title, layers[name].stranger(planes[kind])) for kind in planes)
    return [f"Not in the {title}: {why}" for title, why in told if why]


def _toggle(name: str, context: Context) -> None:
    LayerSettings(context.state).toggle(name)


def _is_visible(name: str, now: Snapshot) -> bool:
    return now.layers.get(name, layers[name].usual).visible


@groups.register("layers")
def layer_commands() -> list[Command]:
    """One for each layer that can be switched: show or hide it."""
    return [
        Command(
            name=f"layer-{name}", title=f"Layer: {layer.label}", entry=layer.label,
            sentence=f"Show or hide. {layer.tip}",
            keys=(layer.key,) if layer.key else (), menu="layers", order=layer.order,
            icon="layers", act=partial(_toggle, name), checked=partial(_is_visible, name),
        )
        for name, layer in ((name, layers[name]) for name in layers)
        if layer.switchable
    ]  # fmt: skip
