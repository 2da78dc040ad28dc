"""``latent-explorer``: the window, or one command of `explorer.commands`.

Importing this module costs nothing, and the way to the window imports no parser: the time to the
first painted window matters.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

PROG = "latent-explorer"


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the words say; returns the exit code.

    0 done, 1 could not be done, 2 wrong usage, 130 interrupted. On a failure stderr gets exactly
    one line, and with ``--debug`` anywhere among the words the traceback before it.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in words
    words = [word for word in words if word != "--debug"]
    try:
        with _quiet(debug):
            return _dispatch(words)
    except SystemExit as leaving:  # the parser has said what is wrong, or shown its help
        return leaving.code if isinstance(leaving.code, int) else 1
    except BrokenPipeError:
        return _nobody_reads()
    except BaseException as error:  # noqa: BLE001  the one exit of all errors
        return _told(error, debug)


def _dispatch(words: list[str]) -> int:
    from explorer import commands

    first = words[0] if words else ""
    if first in commands.names():
        return _run(first, words[1:])
    if first in ("-h", "--help", "help"):
        return _say(_help())
    if first in ("-V", "--version"):
        from explorer import __version__

        return _say(f"{PROG} {__version__}")
    return _window(words)


def _run(name: str, words: list[str]) -> int:
    """Parse and run one command."""
    from explorer import commands
    from explorer.terminal.console import Console
    from explorer.terminal.parsing import parse
    from explorer.terminal.signals import interrupting

    command, as_json = parse(commands.load(name), words, prog=f"{PROG} {name}")
    console = Console(as_json=as_json)
    try:
        with interrupting():
            values = command.run(console)
            console.finish(values, command.lines(values))
    finally:
        console.close()
    return console.code


def _window(words: list[str]) -> int:
    """Open the window, on the one path that may be given."""
    if len(words) > 1 or any(word.startswith("-") for word in words):
        from explorer.errors import SettingsError

        what = f"{PROG} has no command {words[0]!r}"
        raise SettingsError(what, remedy=f"see {PROG} --help")
    if words:
        _check_source(words[0])
    from explorer.ui.application import run_window

    code: int = run_window(words[0] if words else None)
    return code


def _check_source(given: str) -> None:
    """Raise where there is nothing called ``given``, before a window opens."""
    import os

    from explorer.errors import DataError, SettingsError

    if os.path.lexists(given):
        return
    from explorer.data.bundled import BUNDLED

    if given in BUNDLED:
        return
    if given.isalpha():
        what = f"there is no command, data set or file called {given!r}"
        raise SettingsError(what, remedy=f"see {PROG} --help")
    raise DataError("there is no such file or folder", where=given, remedy="check the path")


def _help() -> str:
    """All commands with a line each."""
    from explorer import commands

    found = {name: commands.load(name).summary() for name in commands.names()}
    width = max(map(len, found))
    listed = [f"  {name:<{width}}  {summary}" for name, summary in found.items()]
    return "\n".join(
        [
            f"usage: {PROG} [PATH]",
            f"       {PROG} COMMAND ... [--json] [--debug]",
            "",
            "Without a command the window opens, on a data set or a checkpoint if PATH is given.",
            "",
            "commands:",
            *listed,
            "",
            f"{PROG} COMMAND --help shows what a command takes; --version shows the version.",
        ]
    )


def _say(text: str) -> int:
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
    import os

    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())  # the flush at exit must not fail again
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
