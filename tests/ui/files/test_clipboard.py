"""Ctrl+V and drops: pictures, files, paths as text, and one sentence for all else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QWidget

from explorer.data.pictures.own import Pasted
from explorer.data.pictures.reading import decode
from explorer.ui import synthetic_input
from explorer.ui.files import clipboard
from explorer.ui.menus.picture_menus import sections_of
from explorer.ui.widgets.overlays.popup import menu_of
from explorer.ui.widgets.pictures.picture_view import PictureView
from explorer.ui.window import MainWindow
from tests.app.opening.test_owning import data, made, png, quiet

CTRL = Qt.KeyboardModifier.ControlModifier
GREY = np.arange(64, dtype=np.uint8).reshape(8, 8, 1) * 4


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    """A window with a data set of pictures and a model."""
    shown = MainWindow(tmp_path / "settings")
    qtbot.addWidget(shown)
    shown.show()
    shown.state.update(dataset=data(), model=made(0), z=np.zeros(2, np.float32))
    shown.session.encode()
    quiet(shown.jobs, qtbot)
    yield shown
    QApplication.clipboard().clear()
    shown.close()


def image() -> QImage:
    return QImage(GREY.tobytes(), 8, 8, 8, QImage.Format.Format_Grayscale8).copy()


def urls(*paths: Path) -> QMimeData:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return held


def drop(window: MainWindow, held: QMimeData) -> None:
    window.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip


@pytest.mark.parametrize("focus", ["plane", "samplesView", "ownTray"])
def test_a_picture_is_pasted_wherever_the_keyboard_is(
    window: MainWindow, qtbot: Any, focus: str
) -> None:
    QApplication.clipboard().setImage(image())
    widget = synthetic_input.find(window, QWidget, focus)
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_V, CTRL)
    quiet(window.jobs, qtbot)
    shown = synthetic_input.find(window, PictureView, "originalView").image()
    np.testing.assert_array_equal(shown, GREY)
    for name in ("reconstructionView", "pcaReconstructionView"):
        assert synthetic_input.find(window, PictureView, name).image() is not None
    seen = window.state.now.own_comparison
    layers = window.plane_area.plane.layers
    assert len(layers["ellipses"].ellipses) == 1
    np.testing.assert_allclose(layers["ellipses"].ellipses[0].mean, seen.mean, rtol=1e-6)
    np.testing.assert_allclose(layers["ellipses"].ellipses[0].radii, seen.std, rtol=1e-6)
    np.testing.assert_array_equal(layers["selection"].ringed, [seen.mean])
    pca_plane = synthetic_input.find(window, QWidget, "pcaPlane")
    np.testing.assert_allclose(pca_plane.layers["selection"].ringed, [seen.scores[:2]], rtol=1e-5)
    tray = synthetic_input.find(window, QWidget, "ownTray")
    assert tray.isVisibleTo(window) and "the pasted picture" in tray.accessibleDescription()


def test_esc_and_the_cross_put_it_away(window: MainWindow, qtbot: Any) -> None:
    tray = synthetic_input.find(window, QWidget, "ownTray")
    for away in ("esc", "cross"):
        QApplication.clipboard().setImage(image())
        window.opening.paste()
        quiet(window.jobs, qtbot)
        assert not tray.isHidden()
        if away == "esc":
            QTest.keyClick(window, Qt.Key.Key_Escape)
        else:
            synthetic_input.find(window, QToolButton, "ownClose").click()
        assert tray.isHidden() and window.state.now.own is None
        assert not window.plane_area.plane.layers["ellipses"].ellipses
        assert not len(window.plane_area.plane.layers["selection"].ringed)
        assert not len(window.planes["pca"].layers["selection"].ringed)
        assert synthetic_input.find(window, PictureView, "originalView").image() is None


def test_a_text_field_keeps_its_own_paste(window: MainWindow, qtbot: Any) -> None:
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    QApplication.clipboard().setText("0.5")
    QTest.keyClick(field, Qt.Key.Key_V, CTRL)
    assert field.text() == "0.5" and window.state.now.message is None


def test_what_is_copied_here_can_be_pasted_here(window: MainWindow, qtbot: Any) -> None:
    window.state.update(selection=np.array([3]))
    quiet(window.jobs, qtbot)
    view = synthetic_input.find(window, PictureView, "originalView")
    view.copy()
    window.opening.paste()
    quiet(window.jobs, qtbot)
    np.testing.assert_array_equal(
        window.state.now.own_comparison.original, window.state.now.dataset.x[3]
    )
    assert menu_of(view, sections_of(view, window.session)).actions()[0].isEnabled()


def test_files_and_paths_are_taken(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    one, two = png(tmp_path, "a b.png", GREY), png(tmp_path, "c.png", 255 - GREY)
    as_text = QMimeData()
    as_text.setText(f'"{one}"\n{QUrl.fromLocalFile(str(two)).toString()}\n')
    assert clipboard.pasted(as_text) == [str(one), str(two)]
    assert clipboard.pasted(urls(one, two)) == [str(one), str(two)]
    drop(window, urls(one, two))
    quiet(window.jobs, qtbot)
    assert [p.name for p in window.state.now.own.pictures] == ["a b.png", "c.png"]
    QTest.mouseClick(synthetic_input.find(window, QWidget, "ownNext"), Qt.MouseButton.LeftButton)
    quiet(window.jobs, qtbot)
    np.testing.assert_array_equal(
        synthetic_input.find(window, PictureView, "originalView").image(), 255 - GREY
    )


def test_a_picture_dragged_from_a_browser_is_a_picture() -> None:
    held = QMimeData()
    held.setUrls([QUrl("https://example.org/a.png")])
    held.setImageData(image())
    found = clipboard.dropped(held)
    assert isinstance(found, Pasted)
    np.testing.assert_array_equal(decode(found.data, "a").pixels, GREY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "is empty"),
        ("hello\nworld", "names no file: \u201chello world\u201d"),
        ("/no/such/file.png", "names no file"),
        ("x" * 5000, "names no file"),
        ("\0", "names no file"),
        ("~nobody-at-all/a.png", "names no file"),
    ],
)
def test_what_is_nothing_to_paste_is_one_sentence(text: str | None, said: str) -> None:
    held = QMimeData()
    if text is not None:
        held.setText(text)
    found = clipboard.pasted(held)
    assert isinstance(found, str) and said in found and "\n" not in found


def test_a_broken_picture_is_one_sentence() -> None:
    held = QMimeData()
    held.setImageData(QImage())
    assert "cannot be read" in clipboard.pasted(held) or "is empty" in clipboard.pasted(held)
