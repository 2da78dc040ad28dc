"""explorer.compute.exporting: the question that writes a file."""

from __future__ import annotations

import numpy as np

from explorer.compute.exporting import Export
from explorer.export.things import pictured


def test_its_answer_is_the_file(tmp_path):
    thing = pictured("a", "the picture", np.zeros((2, 2, 1), np.uint8))
    assert Export(thing, tmp_path / "a").answer() == tmp_path / "a.png"
    assert (tmp_path / "a.png").exists()


def test_it_is_kept_whatever_is_shown_later():
    """Each one that was asked for, and the window waits for it."""
    assert (Export.about, Export.policy, Export.keeps) == ((), "queue", True)
