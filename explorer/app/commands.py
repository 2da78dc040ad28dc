"""What a user can do, each thing by its name: menus, keys and the palette are drawn from here.

A group of commands is a file of `explorer.app.actions` (or of what registers tools, layers,
panels): a function that returns them, registered in ``groups``. No widgets here: what a command
needs of the window (a file dialog, the clipboard) it asks for through `Frontend`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from explorer.app.frontend import Frontend
from explorer.app.parts.planes import Place
from explorer.app.session import Session
from explorer.app.snapshot import Snapshot, Vector
from explorer.app.state import State
from explorer.export.things import Columns, Thing
from explorer.registry import Registry


@dataclass(frozen=True)
class Shown:
    """A view of numbers: a plot, a list, a film. name: of the files it is kept in.

    rows: the numbers, the names of their columns in front. what: the numbers are; drawn: what is
    seen of them is. widget: the view. thing: what becomes a file, where that is not what is seen.
    table: finds the numbers where they are too many to list before they are asked for.
    """

    name: str
    rows: Sequence[Sequence[object]]
    what: str
    drawn: str
    widget: object
    thing: Thing | None = None
    table: Callable[[], Columns] | None = None


@dataclass(frozen=True)
class PlanePoint:
    """A point of a plane. plane: the name of its kind; at: in its coordinates."""

    plane: str
    at: Place


@dataclass(frozen=True)
class FilmFrame:
    """One picture of the path's film. number: from 0; visit: moves z there."""

    number: int
    visit: Callable[[], object]


@dataclass(frozen=True, eq=False)
class Context:
    """What a command acts through, and what it acts on.

    place: z (d,), the held one unless a menu was opened elsewhere. sample: a position in the data
    set, the selected one unless a menu speaks of another. shown: the view that a menu was opened
    on, or none; so are point and frame, of a plane and of the path's film.
    """

    state: State
    session: Session
    window: Frontend = field(default_factory=Frontend)
    place: Vector | None = None
    sample: int | None = None
    shown: Shown | None = None
    point: PlanePoint | None = None
    frame: FilmFrame | None = None

    @property
    def now(self) -> Snapshot:
        """The present snapshot."""
        return self.state.now


@dataclass(frozen=True)
class Choice:
    """One of the values that a command offers. on: it is the present one."""

    title: str
    act: Callable[[], object]
    on: bool = False


def _nothing_missing(_context: Context) -> str:
    return ""


def _no_act(_context: Context) -> None:
    """Of a command that has choices, each with an act of its own."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """One thing that a user can do.

    name: for programs, as "open-fashion". title: what it is called; entry: the same on a button or
    in a menu whose name says the rest. sentence: what it does, for the tooltip. keys: shortcuts,
    the first is shown; two commands may share one if never both can be done. menu: where it is
    listed, one of ``MENUS``; order: its place there, with a line between tens, those of one order
    as their group lists them. icon: a file of ``resources/icons``, or its shapes. on: what it acts
    on, one of ``TARGETS``. missing: why it cannot be done now, as a sentence, or "". checked: for a
    switch, whether it is on. choices: for a command that offers values instead of acting. named:
    what its entry says where that depends on what it acts on.
    """

    name: str
    title: str
    sentence: str
    act: Callable[[Context], object] = _no_act
    keys: tuple[str, ...] = ()
    entry: str = ""
    menu: str = ""
    order: float = 0
    icon: str = ""
    on: str = ""
    missing: Callable[[Context], str] = _nothing_missing
    checked: Callable[[Snapshot], bool] | None = None
    choices: Callable[[Context], Sequence[Choice]] | None = None
    named: Callable[[Context], str] | None = None

    def label(self, context: Context) -> str:
        """What its entry says in the menu of ``context``."""
        return self.named(context) if self.named is not None else self.entry or self.title


MENUS = {
    "open": "Open and save", "train": "Train", "workspaces": "Workspaces", "model": "Model",
    "tools": "Tools", "plane": "Plane", "axes": "Axes", "layers": "Layers", "edit": "Edit",
    "panels": "Panels", "view": "View", "colours": "Colours", "place": "Place", "point": "Point",
    "path": "Paths and bookmarks", "film": "Film", "sample": "Sample", "own": "Own pictures",
    "measure": "Measure and use",
    "picture": "Picture", "plot": "Plot", "help": "Help",
}  # fmt: skip
"""The menus and their heads, in the order of the shortcut sheet."""

TARGETS = ("", "place", "point", "sample", "picture", "plot", "frame")

Group = Callable[[], Iterable[Command]]
groups: Registry[Group] = Registry("group of commands")


def all_commands(*packages: str) -> dict[str, Command]:
    """Every command of every group by its name. Raises ValueError where two have one name.

    packages: more of them whose files register groups.
    """
    for package in ("explorer.app.actions", *packages):
        groups.discover(package)
    return by_name(command for group in groups.values() for command in group())


def by_name(commands: Iterable[Command]) -> dict[str, Command]:
    """Commands by their names. Raises ValueError where two have one name."""
    found: dict[str, Command] = {}
    for command in commands:
        if command.name in found:
            raise ValueError(f"two commands are called {command.name!r}")
        found[command.name] = command
    return found
