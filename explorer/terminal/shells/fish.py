"""Completion for fish: a ``complete`` line for each command, flag and place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from explorer.terminal.shells import Words, takes_files
from explorer.terminal.syntax.flags import Flag


def script(prog: str, commands: Sequence[Words], bundled: Sequence[str]) -> str:
    """What ``source`` takes, or a file in ``completions``."""
    lines = [
        f"# Completion of {prog} for fish. In config.fish: {prog} completion fish | source",
        f"complete -c {prog} -e",
    ]
    lines.append(f"complete -c {prog} -n __fish_use_subcommand -a {_quoted(' '.join(bundled))}")
    for command in commands:
        lines += _lines(prog, command)
    return "\n".join(lines)


def _lines(prog: str, command: Words) -> Iterable[str]:
    yield (
        f"complete -c {prog} -n __fish_use_subcommand -a {command.name} "
        f"-d {_quoted(command.summary)}"
    )
    start = f"complete -c {prog} -n '__fish_seen_subcommand_from {command.name}'"
    if not any(takes_files(flag) for flag in command.placed):
        yield f"{start} -f"
    names = dict.fromkeys(name for flag in command.placed for name in command.choices(flag))
    if names:
        yield f"{start} -a {_quoted(' '.join(names))}"
    for flag in command.flags:
        for word in flag.words:
            yield f"{start} -l {word[2:]}{_values(command, flag)} -d {_quoted(flag.help)}"


def _values(command: Words, flag: Flag) -> str:
    """Whether a value follows, and what it may be."""
    if not flag.takes_value:
        return ""
    choices = command.choices(flag)
    offered = f" -a {_quoted(' '.join(choices))}" if choices else ""
    return (" -r" if takes_files(flag) else " -x") + offered


def _quoted(text: str) -> str:
    """Between single quotes, in which fish knows two escapes."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
