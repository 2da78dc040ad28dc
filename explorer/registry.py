"""Named members of one kind: formats, presets, commands, panels, tools. One file registers one."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from explorer.errors import SettingsError

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Registry(Generic[T]):
    """A typed dictionary filled by decorators. A name is given once, never overridden."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.broken: dict[str, str] = {}
        self._members: dict[str, T] = {}
        self._looked_in: set[tuple[str, ...]] = set()

    def register(self, name: str) -> Callable[[T], T]:
        """Decorator: ``@presets.register("vae")``. Raises ValueError if the name is taken."""

        def add(member: T) -> T:
            if name in self._members:
                raise ValueError(f"{self.kind} {name!r} is registered twice")
            self._members[name] = member
            return member

        return add

    def __getitem__(self, name: str) -> T:
        """The member called ``name``; raises SettingsError naming what there is."""
        try:
            return self._members[name]
        except KeyError:
            raise SettingsError(
                f"there is no {self.kind} called {name!r}",
                remedy=f"choose one of {', '.join(self._members)}",
            ) from None

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def values(self) -> list[T]:
        """All members in the order of registration."""
        return list(self._members.values())

    def discover(self, package: str) -> None:
        """Import every module of ``package`` and of the packages in it, once a process.

        One that fails is logged and kept in ``broken``. A package that got another folder since is
        looked through again.
        """
        parent = importlib.import_module(package)
        where = (package, *parent.__path__)
        if where in self._looked_in:  # a list of files costs more than all else at the start
            return
        self._looked_in.add(where)
        for info in sorted(pkgutil.iter_modules(parent.__path__), key=lambda m: m.name):
            name = f"{package}.{info.name}"
            try:
                importlib.import_module(name)
            except Exception as error:  # a broken member must not take the others along
                self.broken[name] = f"{type(error).__name__}: {error}"
                logger.exception("%s %s could not be loaded", self.kind, name)
            else:
                if info.ispkg:
                    self.discover(name)
