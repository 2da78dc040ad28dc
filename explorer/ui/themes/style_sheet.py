"""What the palette cannot say: hairlines, corners, paddings, the focus ring.

It is the same for each theme: colours are those of the palette, by the names of their roles.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from explorer import paths

ICONS = {"arrow": "down", "check": "check", "close": "close", "float_": "float"}


def filled(names: Mapping[str, object]) -> str:
    """The style sheet with each $name of it replaced. Raises KeyError where one is missing."""
    folder = paths.resources() / "icons"
    icons = {name: (folder / f"{file}-any.svg").as_posix() for name, file in ICONS.items()}
    return TEMPLATE.substitute(names, **icons)


TEMPLATE = Template(
    """
    * { font-size: ${text_px}px; }
    QMainWindow, QDialog { background: $window; }
    QMainWindow::separator { background: $hairline; width: 1px; height: 1px; }
    QMainWindow::separator:hover { background: $accent; }
    QDockWidget { background: $surface; color: $text; font-weight: 600;
        titlebar-close-icon: url("$close"); titlebar-normal-icon: url("$float_"); }
    QDockWidget::close-button, QDockWidget::float-button { border: 0; background: transparent;
        icon-size: 14px; }
    QDockWidget::title { background: $surface; text-align: left; padding: 8px 12px 4px 12px; }
    QDockWidget > QWidget { background: $surface; }
    Panel { background: $surface; }
    QLabel { background: transparent; }
    QLabel#menuHead:disabled { color: $text; }
    QLabel[role="quiet"] { color: $quiet; font-size: ${small_px}px; }
    QLabel[role="head"] { font-weight: 600; }
    QLabel[role="big"] { font-size: ${big_px}px; font-weight: 600; }
    QLabel[role="warn"] { color: $warn; }
    QLabel[role="caution"] { color: $warn; font-size: ${small_px}px; }
    QLabel[role="keys"] { color: $quiet; font-size: ${small_px}px; border: 1px solid $hairline;
        border-radius: 4px; padding: 1px 6px; }
    QLabel[role="note"] { background: $accent; color: $surface; border-radius: 4px;
        padding: 3px 8px; }
    QFrame[role="card"] { background: $surface; border: 1px solid $quiet;
        border-radius: 8px; }
    QLineEdit[role="search"] { border: 0; border-bottom: 1px solid $hairline;
        border-radius: 0; padding: 6px 14px 10px 14px; font-size: ${big_px}px; }
    QLineEdit[role="search"]:focus { border: 0; border-bottom: 2px solid $accent;
        padding: 6px 14px 9px 14px; }
    QToolBar { background: $surface; border: 0; border-bottom: 1px solid $hairline;
        padding: 4px 8px; spacing: 4px; }
    QToolBar::separator { background: $hairline; width: 1px; margin: 6px 4px; }
    QPushButton, QToolButton, QComboBox, QSpinBox, QDoubleSpinBox, QLineEdit {
        background: $surface; color: $text; border: 1px solid $hairline;
        border-radius: ${corner_px}px; padding: 4px 8px; min-height: 20px; }
    QToolButton { border-color: transparent; }
    QPushButton:hover, QToolButton:hover, QComboBox:hover { border-color: $quiet; }
    QPushButton:pressed, QToolButton:pressed { background: $hairline; }
    QToolButton:checked { background: $window; border-color: $hairline; color: $accent; }
    QPushButton[role="primary"] { background: $accent; color: $surface;
        border-color: $accent; font-weight: 600; }
    QPushButton:disabled, QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled,
    QLineEdit:disabled { color: $quiet;
        background: $window; border-color: $hairline; }
    QToolButton:disabled { color: $quiet; }
    QCheckBox { spacing: 8px; }
    QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $quiet;
        border-radius: 3px; background: $surface; }
    QCheckBox::indicator:checked { background: palette(shadow); border-color: palette(shadow);
        image: url("$check"); }
    QCheckBox::indicator:focus, QCheckBox::indicator:hover { border-color: $accent; }
    QCheckBox::indicator:disabled { border-color: $hairline; background: $window; }
    QPushButton:focus, QToolButton:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus,
    QLineEdit:focus { border: 2px solid $accent; padding: 3px 7px; }
    QToolButton[role="small"] { padding: 0; min-height: 16px; background: transparent; }
    QToolButton[role="small"]:checked:!focus:!hover { border-color: transparent; }
    QToolButton::menu-indicator { image: none; }
    QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button,
    QDoubleSpinBox::down-button { width: 0; border: 0; }
    QComboBox { combobox-popup: 0; }
    QComboBox::drop-down { border: 0; width: 20px; }
    QComboBox::down-arrow { image: url("$arrow"); width: 12px; height: 12px; }
    QComboBox QAbstractItemView { background: $surface; border: 1px solid $hairline;
        selection-background-color: $accent; selection-color: $surface; }
    QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $hairline; }
    QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
    QSlider::handle:horizontal { width: 14px; height: 14px; margin: -5px 0; border-radius: 7px;
        background: $surface; border: 2px solid $accent; }
    QSlider::handle:horizontal:focus { background: $accent; }
    QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled {
        background: $hairline; border-color: $hairline; }
    QTabBar { background: $surface; }
    QTabBar::tab { background: transparent; color: $quiet; border: 0; padding: 6px 8px 4px 8px;
        margin-left: 4px; border-bottom: 2px solid transparent; }
    QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
    QTabBar::tab:hover { color: $text; }
    QProgressBar { border: 0; border-radius: 2px; background: $hairline;
        max-height: 4px; min-height: 4px; }
    QProgressBar::chunk { border-radius: 2px; background: $accent; }
    QScrollBar:vertical { width: 10px; background: transparent; margin: 0; }
    QScrollBar:horizontal { height: 10px; background: transparent; margin: 0; }
    QScrollBar::handle { background: $hairline; border-radius: 4px; margin: 1px;
        min-height: 24px; min-width: 24px; }
    QScrollBar::handle:hover { background: $quiet; }
    QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
    QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
    QMenu { background: $surface; border: 1px solid $hairline; padding: 4px; }
    QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
    QMenu::item:selected { background: $accent; color: $surface; }
    QMenu::item:disabled { color: $quiet; }
    QMenu::separator { height: 1px; background: $hairline; margin: 4px 8px; }
    QToolTip { background: $surface; color: $text; border: 1px solid $hairline;
        padding: 4px; }
    QScrollArea, QListView { border: 0; background: $surface; }
    """
)
