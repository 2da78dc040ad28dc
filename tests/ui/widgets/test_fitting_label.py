from __future__ import annotations

from explorer.ui.widgets.fitting_label import FittingLabel


def test_it_says_as_much_as_there_is_room_for(qtbot):
    label = FittingLabel()
    qtbot.addWidget(label)
    label.show()
    label.set_texts("a long text that says all", "<b>a short</b> one", "x")
    for width, said in ((400, "a long text that says all"), (130, "<b>a short</b> one"), (12, "x")):
        label.resize(width, 20)
        assert label.text() == said
    assert label.minimumSizeHint().width() < 20 < 130 < label.sizeHint().width()
    assert label.accessibleDescription() == "a long text that says all"
