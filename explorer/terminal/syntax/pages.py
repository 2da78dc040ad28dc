"""Help pages: wrapped to the terminal, with choices and defaults in words."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from inspect import cleandoc

from explorer.terminal.syntax.flags import JSON, Flag, flags_of

WIDEST = 100  # columns; longer lines are hard to follow
_INDENT = 2
_ALWAYS = (
    (JSON.spelled, JSON.help),
    ("--debug", "Show the traceback of an error."),
    ("-h, --help", "Show this page."),
)


def page(command: type, prog: str) -> str:
    """All about one command: usage, what it does, its flags, examples."""
    width, flags = _width(), flags_of(command)
    rows = [(_entry(flag), _sentence(flag)) for flag in flags]
    column = _column([left for left, _ in rows] + [left for left, _ in _ALWAYS], width)
    blocks = [_usage(command, prog, width), *paragraphs(cleandoc(command.__doc__ or ""), width)]
    groups = dict.fromkeys(_heading(flag) for flag in flags)
    for heading in groups:
        members = (r for flag, r in zip(flags, rows, strict=True) if _heading(flag) == heading)
        blocks.append("\n".join([f"{heading}:", *_listed(members, column, width)]))
    blocks.append("\n".join(["always:", *_listed(_ALWAYS, column, width)]))
    examples = getattr(command, "examples", ())
    if examples:
        title = "example:" if len(examples) == 1 else "examples:"
        root = prog.partition(" ")[0]
        blocks.append("\n".join([title, *(f"  {root} {example}" for example in examples)]))
    return "\n\n".join(blocks)


def overview(prog: str, topics: Mapping[str, Mapping[str, str]]) -> str:
    """All commands with a line each, under their topics: topic -> name -> summary."""
    width = _width()
    names = [name for members in topics.values() for name in members]
    column = _column(names, width)
    intro = (
        "Without a command the window opens. PATH is what it opens on: data of your own (a folder "
        "of pictures, a table, an array), a bundled data set by its name, or a trained model's "
        "folder. Its options say how the data is read: they are those of inspect."
    )
    blocks = [
        f"usage: {prog} [PATH [options]]\n       {prog} COMMAND ... [--json] [--debug]",
        *paragraphs(intro, width),
        *(
            "\n".join([f"{topic}:", *_listed(members.items(), column, width)])
            for topic, members in topics.items()
        ),
        *paragraphs(
            f"{prog} COMMAND --help says what a command takes, with an example; --version shows "
            "the version.",
            width,
        ),
        *paragraphs(
            "Exit codes: 0 done, 1 could not be done (one line says what and what to do), 2 wrong "
            "usage, 130 interrupted.",
            width,
        ),
    ]
    return "\n\n".join(blocks)


def usage(command: type, prog: str) -> str:
    """The shortest form that works: what must be given, and that there is more."""
    flags = flags_of(command)
    either = [flag for flag in flags if flag.name in getattr(command, "one_of", ())]
    words = [flag.value for flag in flags if flag.placed]
    if either:
        words.append("(" + " | ".join(_entry(flag) for flag in either) + ")")
    words += [_entry(flag) for flag in flags if flag.required and not flag.placed]
    left = [f for f in flags if not f.required and not f.placed and f not in either]
    return " ".join([prog, *words, *(["[options]"] if left else [])])


def paragraphs(text: str, width: int) -> list[str]:
    """Text parted by empty lines, wrapped; what is indented stays as it is, it may be copied."""
    blocks = [block for block in text.split("\n\n") if block.strip()]
    return [b if b.startswith(" ") else _wrapped(b, width) for b in blocks]


def _usage(command: type, prog: str, width: int) -> str:
    return _wrapped(f"usage: {usage(command, prog)}", width, further=" " * 9)


def _heading(flag: Flag) -> str:
    return flag.group or ("arguments" if flag.placed else "options")


def _entry(flag: Flag) -> str:
    """The flag with its value, as it is typed."""
    words = flag.value if flag.placed else ", ".join(flag.words)
    value = f" {flag.value}" if flag.takes_value and not flag.placed else ""
    return f"{words}{value}{' ...' if flag.several else ''}"


def _sentence(flag: Flag) -> str:
    """Help, choices and default."""
    choices = f"One of {', '.join(flag.choices)}." if flag.choices else ""
    parts = [flag.help, choices, _default(flag)]
    return " ".join(part for part in parts if part)


def _default(flag: Flag) -> str:
    """What comes of saying nothing; nothing is said of what is merely absent."""
    if flag.required:
        return "" if flag.placed else "Required."
    if flag.unset:
        return f"Default: {flag.unset}."
    if flag.default in (None, "", ()) or flag.type is bool:
        return ""
    number = isinstance(flag.default, float)
    return f"Default: {flag.default:g}." if number else f"Default: {flag.default}."


def _column(entries: Iterable[str], width: int) -> int:
    """Where sentences begin: after the longest entry, or at a third of the width."""
    return min(max(map(len, entries)) + 2 * _INDENT, max(width // 3, 16))


def _listed(rows: Iterable[tuple[str, str]], column: int, width: int) -> Iterator[str]:
    """Two columns; what is too long for the first has a line of its own."""
    for left, text in rows:
        first = " " * _INDENT + left
        if len(first) + _INDENT > column:
            yield first
            first = ""
        wrapped = _wrapped(text, width, first=first.ljust(column), further=" " * column)
        yield wrapped if text else first


def _wrapped(text: str, width: int, *, first: str = "", further: str = "") -> str:
    return textwrap.fill(
        " ".join(text.split()),
        width,
        initial_indent=first,
        subsequent_indent=further,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _width() -> int:
    """Columns of the terminal, 80 where there is none."""
    return max(40, min(shutil.get_terminal_size().columns, WIDEST))
