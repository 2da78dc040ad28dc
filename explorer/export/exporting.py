"""Which kinds of files a thing can be, and the writing of it."""

from __future__ import annotations

from pathlib import Path

from explorer.errors import SettingsError
from explorer.export.kinds import FileKind, kinds
from explorer.export.things import Thing
from explorer.task import NO_TASK, Task
from explorer.writing import exported


def kinds_of(thing: Thing) -> list[FileKind]:
    """The kinds that ``thing`` can be written as, the one to propose first."""
    fitting = [kind for kind in kinds.values() if thing.face(kind.face) is not None]
    return sorted(fitting, key=lambda kind: kind.order)


def placed(thing: Thing, target: str | Path, usual: FileKind | None = None) -> Path:
    """Where ``thing`` goes: the target, with an ending where it has none that there is.

    usual: the kind whose ending that is, else the one to propose first.
    """
    path = Path(target)
    known = {suffix for kind in kinds.values() for suffix in kind.suffixes}
    if path.suffix.lower() in known:
        return path
    kind = usual or kinds_of(thing)[0]
    return path.with_name(path.name + kind.suffixes[0])


def export(thing: Thing, target: str | Path, task: Task = NO_TASK) -> Path:
    """Write ``thing``, whole or not at all; the path that it has got.

    Raises SettingsError where it cannot be this kind of file, EnvironmentFault where nothing can be
    written.
    """
    path, fitting = placed(thing, target), kinds_of(thing)
    kind = next((kind for kind in fitting if path.suffix.lower() in kind.suffixes), None)
    face = None if kind is None else thing.face(kind.face)
    if kind is None or face is None:
        known = ", ".join(suffix for kind in fitting for suffix in kind.suffixes)
        raise SettingsError(
            f"{thing.what} cannot be written as {path.suffix}", where=path,
            remedy=f"choose one of {known}",
        )  # fmt: skip
    value = face(task)  # before the file is there
    task.check()
    with exported(path, thing.what) as file:
        kind.write(value, file)
    return path
