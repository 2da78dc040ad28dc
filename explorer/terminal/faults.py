"""What went wrong, as an exit code and one line."""

from __future__ import annotations

import errno

from explorer.errors import Cancelled, ExplorerError, SettingsError

DONE, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130

_REMEDIES = {
    errno.ENOSPC: ("the disk is full", "free some space and try again"),
    errno.EDQUOT: ("the disk quota is used up", "free some space and try again"),
    errno.EACCES: ("access is not permitted", "change its permissions or choose another place"),
    errno.EPERM: ("access is not permitted", "change its permissions or choose another place"),
    errno.EROFS: ("this place cannot be written to", "choose another place"),
    errno.ENOENT: ("there is nothing there", "check the path"),
    errno.ENOTDIR: ("a part of this path is a file, not a folder", "choose another path"),
    errno.EISDIR: ("this is a folder, not a file", "name a file"),
    errno.EEXIST: ("something is there already", "choose another name"),
    errno.ENAMETOOLONG: ("this name is too long", "choose a shorter one"),
}


def code_of(error: BaseException) -> int:
    """0 done, 1 could not be done, 2 wrong usage, 130 interrupted."""
    if isinstance(error, (KeyboardInterrupt, Cancelled)):
        return INTERRUPTED
    if isinstance(error, SettingsError) and error.where is None:
        return MISUSED
    return FAILED


def line_of(error: BaseException) -> str:
    """``error: <what> (<which file>): <what to do>``, always one line."""
    if isinstance(error, (KeyboardInterrupt, Cancelled)):
        said = str(error) if isinstance(error, KeyboardInterrupt) else ""
        return said or "interrupted"
    known = _known(error)
    if not known.remedy:
        known.remedy = "check the path and what is in it"
    return f"error: {' '.join(str(known).split())}"


def _known(error: BaseException) -> ExplorerError:
    """Any exception as one of ours."""
    if isinstance(error, ExplorerError):
        return error
    if _is_memory(error):
        remedy = "close other programs, or take fewer or smaller samples"
        return ExplorerError("there is not enough memory", remedy=remedy)
    if isinstance(error, OSError) and error.errno is not None:
        reason = (error.strerror or str(error)).lower()
        what, remedy = _REMEDIES.get(error.errno, (reason, "check the path and try again"))
        return ExplorerError(what, where=_named(error), remedy=remedy)
    if isinstance(error, ImportError):
        remedy = "install it, or install latent-space-explorer again"
        return ExplorerError(f"a library is missing: {error}", where=error.name, remedy=remedy)
    what = f"something went wrong inside: {type(error).__name__}: {error}"
    return ExplorerError(what, remedy="run it again with --debug and report what it prints")


def _is_memory(error: BaseException) -> bool:
    """MemoryError, numpy's and torch's; torch's allocator raises a plain RuntimeError."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    return isinstance(error, RuntimeError) and "not enough memory" in str(error)


def _named(error: OSError) -> str | None:
    name = error.filename2 or error.filename
    return None if name is None else str(name)
