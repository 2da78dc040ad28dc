"""Completion for bash, from 3.2 on: a function that looks the words up in ``case`` tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from shlex import quote

from explorer.terminal.shells import Words, identifier, takes_files
from explorer.terminal.syntax.flags import Flag

_FUNCTION = """\
# Completion of PROG for bash. For this shell: eval "$(PROG completion bash)"
FUNCTION_lookup() {
    case "$1" in
TABLE
    esac
}
FUNCTION() {
    local current="${COMP_WORDS[COMP_CWORD]}" command="${COMP_WORDS[1]}"
    local key="" active="" place=0 at word kind choices files
    for ((at = 2; at < COMP_CWORD; at++)); do
        word="${COMP_WORDS[at]}"
        if [[ $word == "=" ]]; then
            continue  # bash parts --flag=value at the sign
        elif [[ $word == -[a-zA-Z]* || $word == --[a-zA-Z]* ]]; then
            FUNCTION_lookup "$command $word"
            active="$word"
            [[ $kind == switch ]] && active=""
        elif [[ -n $active ]]; then
            FUNCTION_lookup "$command $active"
            [[ $kind == several ]] || active=""
        else
            place=$((place + 1))
        fi
    done
    [[ $current == "=" ]] && current=""
    COMPREPLY=()
    if ((COMP_CWORD == 1)); then
        key="first"
    elif [[ $current == -* ]]; then
        key="$command flags"
    elif [[ -n $active ]]; then
        key="$command $active"
    else
        key="$command $place"
    fi
    FUNCTION_lookup "$key"
    while IFS= read -r word; do
        COMPREPLY+=("$word")
    done < <(compgen -W "$choices" -- "$current")
    if [[ $files == yes ]]; then
        compopt -o filenames 2>/dev/null
        while IFS= read -r word; do
            COMPREPLY+=("$word")
        done < <(compgen -f -- "$current")
    fi
}
complete -F FUNCTION PROG"""


def script(prog: str, commands: Sequence[Words], bundled: Sequence[str]) -> str:
    """What ``eval`` takes."""
    first = [command.name for command in commands]
    lines = [_case("first", "", [*first, *bundled], files=True)]
    for command in commands:
        lines += _cases(command)
    lines.append(_case("*", "", (), files=False, quoted=False))
    text = _FUNCTION.replace("TABLE", "\n".join(lines))
    return text.replace("FUNCTION", identifier(prog)).replace("PROG", prog)


def _cases(command: Words) -> Iterable[str]:
    """A line of the table for the flags, each flag and each place of a command."""
    words = [word for flag in command.flags for word in flag.words]
    yield _case(f"{command.name} flags", "", words, files=False)
    for flag in command.flags:
        for word in flag.words:
            yield _case(
                f"{command.name} {word}", _kind(flag), command.choices(flag), takes_files(flag)
            )
    for place, flag in enumerate(command.placed):
        yield _case(f"{command.name} {place}", "", command.choices(flag), takes_files(flag))


def _kind(flag: Flag) -> str:
    if not flag.takes_value:
        return "switch"
    return "several" if flag.several else "one"


def _case(key: str, kind: str, choices: Sequence[str], files: bool, *, quoted: bool = True) -> str:
    pattern = quote(key) if quoted else key
    there = "yes" if files else "no"
    return f"        {pattern}) kind={kind} choices={quote(' '.join(choices))} files={there} ;;"
