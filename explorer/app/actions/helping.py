"""Find what can be done, and the keys for it."""

from __future__ import annotations

from explorer.app.commands import Command, Context, groups


def _show_palette(context: Context) -> None:
    context.window.show("commandPalette")


def _show_shortcuts(context: Context) -> None:
    context.window.show("shortcutSheet")


@groups.register("helping")
def helping() -> list[Command]:
    """The palette and the shortcut sheet."""
    return [
        Command(
            name="palette", title="All commands...", menu="help", keys=("Ctrl+K",), icon="search",
            sentence="Find a command by a few letters of its name", act=_show_palette,
        ),
        Command(
            name="shortcuts", title="Keys and gestures", menu="help", keys=("F1",),
            sentence="Show every shortcut and what the mouse does", act=_show_shortcuts,
            icon="help",
        ),
    ]  # fmt: skip
