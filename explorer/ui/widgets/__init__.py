"""Widgets that know no state. Before the first of them, pyqtgraph is imported as it costs least."""

from explorer.ui.widgets import qt_names

qt_names.import_pyqtgraph()
