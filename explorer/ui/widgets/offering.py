"""A control that cannot be used says why, where the pointer asks: in its tooltip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

REASON = "reason"  # the property that holds why, and "" while it can be used
_TIP, _SAID = "ownTip", "saidTip"


def offer(control: QWidget | QAction, reason: str = "") -> None:
    """Enable ``control`` where there is no reason against it, else disable it and say the reason.

    Its own tooltip stays in front; one set in between counts as the new one.
    """
    if control.toolTip() != (control.property(_SAID) or ""):
        control.setProperty(_TIP, _given(control))
    own = control.property(_TIP) or ""
    said = "\n".join(line for line in (own, reason) if line)
    control.setProperty(_SAID, said)
    control.setProperty(REASON, reason)
    control.setToolTip(said)
    control.setEnabled(not reason)


def _given(control: QWidget | QAction) -> str:
    """The tooltip that was set; an action without any says its text."""
    tip = control.toolTip()
    alone = isinstance(control, QAction) and tip == control.text().replace("&", "").rstrip(".")
    return "" if alone else tip


def offer_item(box: QComboBox, row: int, reason: str = "") -> None:
    """The same for one of the choices of ``box``."""
    model, role = box.model(), Qt.ItemDataRole
    assert isinstance(model, QStandardItemModel)
    item = model.item(row)
    own = item.data(role.UserRole + 1)
    if own is None:
        own = item.data(role.ToolTipRole) or ""
        item.setData(own, role.UserRole + 1)
    item.setData("\n".join(line for line in (own, reason) if line), role.ToolTipRole)
    item.setData(reason, role.UserRole + 2)
    item.setEnabled(not reason)
