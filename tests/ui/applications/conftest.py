"""What restores a sample, with the pictures and errors that a test gives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from explorer.compute.applications.restoring import Restore, Restored
from tests.ui.conftest import Toy


@pytest.fixture
def restored(toy: Toy, answered: Callable[..., list[Any]]) -> list[Restore]:
    """Pictures of one grey each, and an error each; returns what is asked for."""

    def made(question: Restore) -> Restored:
        pictures = (toy.picture(grey) for grey in (1, 2, 3, 4))
        return Restored(question.sample, *pictures, 0.75, 0.25, 0.5, k=2)

    return answered(Restore, made)
