"""Imports pyqtgraph without all of Qt: a tenth of a second less at every start.

pyqtgraph copies each name of three of Qt's modules into modules of its own, and PySide6 makes a
class, or one of six hundred enumerations, when its name is first asked for. Here its modules are
there before it is, and look a name up when it is asked for; and Qt's list no names meanwhile.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from PySide6 import QtCore, QtGui, QtWidgets


class NamesOf(ModuleType):
    """Has what is put in, and the names of ``source``, each looked up when it is asked for."""

    def __init__(self, name: str, source: ModuleType) -> None:
        super().__init__(name)
        self._source = source

    def __getattr__(self, name: str) -> Any:
        return getattr(self._source, name)


def import_pyqtgraph() -> None:
    """The first import of pyqtgraph; nothing is done where somebody was first."""
    if "pyqtgraph" in sys.modules:
        return
    lists = {source: vars(source)["__dir__"] for source in (QtCore, QtGui, QtWidgets)}
    for source in lists:
        name = f"pyqtgraph.Qt.{source.__name__.rpartition('.')[2]}"
        sys.modules[name] = NamesOf(name, source)
        vars(source)["__dir__"] = list
    try:
        import pyqtgraph  # noqa: F401
    finally:
        for source, names in lists.items():
            vars(source)["__dir__"] = names
