"""``latent-explorer``: the window, or one command of `explorer.commands`.

Importing this module costs nothing, and the way to the window imports no parser: the time to the
first painted window matters.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

PROG = "latent-explorer"
HELP = ("--help", "-h", "help")


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the words say; returns the exit code.

    0 done, 1 could not be done, 2 wrong usage, 130 interrupted. On a failure stderr gets exactly
    one line, and with ``--debug`` anywhere among the words the traceback before it.
    """
    from explorer.terminal.streams import standing_streams

    words = list(sys.argv[1:] if argv is None else argv)
    with standing_streams():
        return _done(words)


def _done(words: list[str]) -> int:
    """Do it, with every failure as an exit code and a line."""
    debug = "--debug" in words
    words = [word for word in words if word != "--debug"]
    try:
        with _quiet(debug):
            code = _ended(words)
            sys.stdout.flush()
            return code
    except BrokenPipeError:
        return _nobody_reads()
    except BaseException as error:  # noqa: BLE001  the one exit of all errors
        return _told(error, debug)


def _ended(words: list[str]) -> int:
    try:
        return _dispatch(words)
    except SystemExit as leaving:  # the parser has said what is wrong, or shown its help
        return leaving.code if isinstance(leaving.code, int) else 1


def _dispatch(words: list[str]) -> int:
    from explorer import commands

    first = words[0] if words else ""
    if first in HELP and len(words) == 2 and words[1] in commands.names():
        words = [words[1], HELP[0]]
        first = words[0]
    if first in commands.names():
        return _run(first, words[1:])
    if first in HELP:
        return _say(_help())
    if first in ("-V", "--version"):
        from explorer import __version__

        return _say(f"{PROG} {__version__}")
    return _window(words)


def _run(name: str, words: list[str]) -> int:
    """Parse and run one command."""
    from explorer import commands

    kind = commands.load(name)
    if _asks_for_help(words):
        return _say(_page(kind, name))
    from explorer.terminal.console import Console
    from explorer.terminal.signals import interrupting
    from explorer.terminal.streams import require_output
    from explorer.terminal.syntax.parsing import parse

    require_output()
    command, as_json = parse(kind, words, prog=f"{PROG} {name}")
    console = Console(as_json=as_json)
    try:
        with interrupting():
            values = command.run(console)
            console.finish(values, command.lines(values))
    finally:
        console.close()
    return console.code


def _window(words: list[str]) -> int:
    """Open the window, on the one path that may be given and how to read it."""
    if len(words) > 1 and words[1].startswith("-") and _found(words[0]):
        return _window_reading(words)
    if len(words) > 1 or any(word.startswith("-") for word in words):
        raise _no_window(words)
    source = _source(words[0]) if words else None
    from explorer.ui.application import run_window

    code: int = run_window(source)
    return code


def _window_reading(words: list[str]) -> int:
    """Open the window on a path with flags that say how its data is read."""
    from explorer.terminal.reading import Window
    from explorer.terminal.syntax.parsing import parse

    asked, _ = parse(Window, words, prog=PROG)
    from explorer.ui.application import run_window

    code: int = run_window(_source(asked.path), asked.choices)
    return code


def _no_window(words: list[str]) -> Exception:
    """What is wrong with words that are neither a command nor one path."""
    import os

    from explorer.errors import SettingsError

    if os.path.lexists(words[0]):
        what = f"the window opens one path and nothing else, {words[1]!r} is too many"
        return SettingsError(what, remedy=f"see {PROG} --help")
    noun = "flag" if words[0].startswith("-") else "command"
    return SettingsError(f"{PROG} has no {noun} {words[0]!r}", remedy=_meant(words[0]))


def _source(given: str) -> str:
    """What the window opens; raises where there is nothing of that name, before it does."""
    from explorer.errors import DataError, SettingsError

    found = _found(given)
    if found:
        return found
    if given.isalpha():
        what = f"there is no command, data set or file called {given!r}"
        raise SettingsError(what, remedy=_meant(given))
    raise DataError("there is no such file or folder", where=given, remedy="check the path")


def _found(given: str) -> str:
    """A path, a bundled name, or the folder of a bundled model; nothing where there is neither."""
    import os

    if os.path.lexists(given):
        return given
    from explorer.compute.meaning import meaning

    meant = meaning(given)
    return "" if meant.folder is None else meant.source


def _help() -> str:
    """All commands with a line each."""
    from explorer import commands
    from explorer.terminal.syntax.pages import overview

    return overview(PROG, commands.topics())


def _page(command: type, name: str) -> str:
    """All about one command."""
    from explorer.terminal.syntax.pages import page

    return page(command, f"{PROG} {name}")


def _asks_for_help(words: list[str]) -> bool:
    """Whether a help flag stands among the words, before a bare ``--``."""
    flags = words[: words.index("--")] if "--" in words else words
    return any(flag in flags for flag in HELP[:2])


def _meant(word: str) -> str:
    """The command that was meant, if one is near."""
    from explorer import commands
    from explorer.terminal.syntax.nearest import nearest

    return nearest(word, commands.names(), say=f"see {PROG} --help")


def _say(text: str) -> int:
    from explorer.terminal.streams import require_output

    require_output()
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
    return 0


def _told(error: BaseException, debug: bool) -> int:
    """Say what went wrong in one line; the traceback only where it is asked for."""
    from explorer.terminal.faults import code_of, line_of

    if debug:
        import traceback

        traceback.print_exception(error)
    with suppress(OSError, ValueError):  # the terminal may have gone
        sys.stderr.write(line_of(error) + "\n")
    return code_of(error)


def _nobody_reads() -> int:
    """The reader of our output has gone, as ``| head`` does; there is nobody to tell."""
    from explorer.terminal.streams import silence

    silence(sys.stdout)
    return 0


@contextmanager
def _quiet(debug: bool) -> Iterator[None]:
    """Keep the warnings and log lines of libraries off stderr, which carries one line at most."""
    if debug:
        yield
        return
    import logging
    import warnings

    fallback, logging.lastResort = logging.lastResort, None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.lastResort = fallback
