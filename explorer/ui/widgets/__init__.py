from explorer.ui.widgets import qt_names

qt_names.import_pyqtgraph()
