from __future__ import annotations

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo

from explorer.ui.themes import fonts


def test_the_formulas_letters_are_there_upright_and_leaning(qapp):
    for italic in (False, True):
        found = QFontInfo(fonts.formula_font(17, italic=italic))
        assert (found.family(), found.italic(), found.pixelSize()) == (fonts.FORMULAS, italic, 17)


@pytest.mark.parametrize(
    ("families", "said"), [([], 1), ([fonts.FORMULAS], 1), ([fonts.FORMULAS, "DejaVu Sans"], 0)]
)
def test_a_machine_without_letters_is_told_so(monkeypatch, caplog, families, said):
    monkeypatch.setattr(QFontDatabase, "families", lambda: families)
    fonts.warn_without_any()
    assert len(caplog.records) == said
