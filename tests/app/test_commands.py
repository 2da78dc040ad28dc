"""All commands: names, words, keys, and what they do without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explorer import paths
from explorer.app.commands import MENUS, TARGETS, Command, Context, all_commands, groups
from explorer.app.session import Session
from explorer.app.state import State

COMMANDS = all_commands()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_words_and_a_place(name: str) -> None:
    command = COMMANDS[name]
    assert command.name == name and " " not in name
    assert command.title[:1].isupper() and command.title.rstrip(".")[-1:].isalnum()
    assert command.sentence[:1].isupper() and len(command.sentence) > 8
    assert command.menu in MENUS and command.on in TARGETS
    drawn = not command.icon or command.icon.startswith("<")
    assert drawn or (paths.resources() / "icons" / f"{command.icon}.svg").is_file()


def test_titles_are_given_once() -> None:
    titles = [command.title for command in COMMANDS.values()]
    assert len(titles) == len(set(titles))


def test_two_commands_of_one_name_are_refused() -> None:
    group = groups.register("twice")(lambda: [Command(name="undo", title="U", sentence="Undo it")])
    try:
        with pytest.raises(ValueError, match="'undo'"):
            all_commands()
    finally:
        assert groups._members.pop("twice") is group


def test_what_an_entry_says(session: Session, state: State) -> None:
    """The title, or what is said where the menu says the rest, or what the moment says."""
    here = Context(state, session)
    plain = Command(name="a", title="Open file", sentence="Open one.")
    assert plain.label(here) == "Open file"
    assert replace(plain, entry="File").label(here) == "File"
    named = replace(plain, entry="File", named=lambda context: f"z is {context.now.z}")
    assert named.label(here) == "z is None"
