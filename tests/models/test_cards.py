from __future__ import annotations

import pytest

from explorer.models.cards import READINGS, cards
from explorer.models.presets import presets


@pytest.mark.parametrize("name", list(presets))
def test_every_preset_has_a_card(name: str) -> None:
    card = cards[name]
    assert card.title and card.terms and card.given
    for term in card.terms:
        assert term.formula and term.tip and term.source
        assert term.reads in ("", *READINGS)


def test_the_identities_of_math_section_4_are_stated() -> None:
    notes = " ".join(cards["vae"].notes)
    assert "\u03c3\u00b2 = \u03b2" in notes and "392" in notes
