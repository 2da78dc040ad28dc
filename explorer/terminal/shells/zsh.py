"""Completion for zsh: ``_arguments`` with a specification for each flag."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote

from explorer.terminal.shells import Words, identifier, takes_files
from explorer.terminal.syntax.flags import Flag

_FUNCTION = """\
#compdef PROG
# Completion of PROG for zsh. In .zshrc, after compinit: eval "$(PROG completion zsh)"
FUNCTION() {
    local context state line
    local -a commands bundled
    commands=(
COMMANDS
    )
    bundled=(BUNDLED)
    _arguments -C '1: :->first' '*:: :->rest'
    if [[ $state == first ]]; then
        _describe command commands
        compadd -a bundled
        _files
        return
    fi
    case $words[1] in
TABLE
    esac
}
if [[ $funcstack[1] == FUNCTION ]]; then
    FUNCTION "$@"
else
    compdef FUNCTION PROG
fi"""


def script(prog: str, commands: Sequence[Words], bundled: Sequence[str]) -> str:
    """What ``eval`` takes, or a file in ``fpath``."""
    listed = [f"        {quote(f'{one.name}:{one.summary}')}" for one in commands]
    text = _FUNCTION.replace("COMMANDS", "\n".join(listed)).replace("BUNDLED", " ".join(bundled))
    text = text.replace("TABLE", "\n".join(map(_case, commands)))
    return text.replace("FUNCTION", identifier(prog)).replace("PROG", prog)


def _case(command: Words) -> str:
    specs = [_spec(command, flag, word) for flag in command.flags for word in flag.words]
    specs += [f":{flag.value}:{_values(command, flag)}" for flag in command.placed]
    lines = " \\\n".join(f"                {quote(spec)}" for spec in specs)
    return f"        {command.name})\n            _arguments \\\n{lines} ;;"


def _spec(command: Words, flag: Flag, word: str) -> str:
    """``--flag[what it does]:VALUE:(choices)``, with a star where it may be given again."""
    told = flag.help.translate({ord(sign): f"\\{sign}" for sign in "[]:\\"})
    value = f":{flag.value}:{_values(command, flag)}" if flag.takes_value else ""
    return f"{'*' if flag.several else ''}{word}[{told}]{value}"


def _values(command: Words, flag: Flag) -> str:
    """What zsh completes a value with: words, files, both or nothing."""
    choices = " ".join(command.choices(flag))
    if takes_files(flag):
        named = f'"names:name:({choices})" ' if choices else ""
        return f' _alternative {named}"files:file:_files"' if choices else "_files"
    return f"({choices})" if choices else " "
