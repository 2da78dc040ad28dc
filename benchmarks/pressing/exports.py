"""A deed: what is seen leaves as a file of a kind that fits, which is whole."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from benchmarks.pressing.controls import named
from benchmarks.pressing.deeds import deed
from explorer.export.exporting import kinds_of
from explorer.export.things import Thing

if TYPE_CHECKING:
    from benchmarks.pressing.presser import Presser


def _exportable(presser: Presser) -> list[QWidget]:
    seen = [w for w in presser.window.findChildren(QWidget) if not w.visibleRegion().isEmpty()]
    return [widget for widget in seen if callable(getattr(widget, "thing", None))]


@deed(often=3)
def export(presser: Presser, rng: random.Random) -> str:
    """Any picture, chart, list or film that is seen."""
    widget = rng.choice(_exportable(presser) or [presser.window])
    thing = getattr(widget, "thing", lambda: None)()
    if not isinstance(thing, Thing):
        return "there is nothing to export"
    kind = rng.choice(kinds_of(thing))
    target = presser.supplies.folder / "saved" / f"{thing.name}-{presser.pressed}{kind.suffixes[0]}"
    presser.window.session.export(thing, target)
    if presser.settle() and not (target.is_file() and target.stat().st_size):
        said = presser.window.state.now.message
        presser.notice(f"export: {target.name} is not there: {said and said.text!r}")
    target.unlink(missing_ok=True)
    return f"{named(widget)} as {target.name}"
