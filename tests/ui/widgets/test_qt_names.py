"""pyqtgraph finds every name of Qt, and has copied none."""

from __future__ import annotations

import subprocess
import sys

LENT = """
from PySide6 import QtCore, QtGui, QtWidgets
names = dir(QtCore)
import explorer.ui.widgets
import pyqtgraph
from pyqtgraph import Qt
assert Qt.QtCore.QTimer is QtCore.QTimer and Qt.QtGui.QPen is QtGui.QPen
assert Qt.QtWidgets.QOpenGLWidget.__name__ == "QOpenGLWidget"  # one that pyqtgraph puts in
assert not hasattr(Qt.QtWidgets, "QNothing")
assert set(names) <= set(dir(QtCore)) and "QTimer" in dir(QtCore)
assert "QWizard" not in vars(QtWidgets)  # which nobody asked for
print(max(len(vars(module)) for module in (Qt.QtCore, Qt.QtGui, Qt.QtWidgets)))
"""
FIRST = """
import pyqtgraph, sys
before = sys.modules["pyqtgraph.Qt.QtCore"]
import explorer.ui.widgets
assert sys.modules["pyqtgraph.Qt.QtCore"] is before
"""


def _told(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_names_are_looked_up_when_they_are_asked_for() -> None:
    assert int(_told(LENT)) < 20


def test_where_pyqtgraph_came_first_nothing_is_changed() -> None:
    assert _told(FIRST) == ""
