"""explorer.ui.themes.style_sheet: one text for both themes, with nothing left to fill in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explorer.ui.themes import style_sheet, theme


def test_nothing_is_left_to_fill_in() -> None:
    text = theme.style_sheet()
    assert "$" not in text
    assert text.count("{") == text.count("}") > 50


def test_colours_are_those_of_the_palette() -> None:
    text = theme.style_sheet()
    assert not re.search(r"#[0-9A-Fa-f]{6}", text)
    assert f'QLabel[role="warn"] {{ color: {theme.ROLES.warn}; }}' in text
    assert f"* {{ font-size: {theme.TEXT}px; }}" in text
    assert f"border-radius: {theme.CORNER}px; padding: 4px 8px" in text


def test_its_pictures_exist() -> None:
    found = re.findall(r'url\("([^"]+)"\)', theme.style_sheet())
    assert len(found) == len(style_sheet.ICONS)
    assert all(Path(name).is_file() for name in found)


def test_a_name_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        style_sheet.filled({"text_px": 13})
