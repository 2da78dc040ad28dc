"""explorer.models.theory: the page that is there, and the sections that cards lead to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer import paths
from explorer.models import theory
from explorer.models.cards import cards


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Each test reads the page anew, and so do those after it."""
    theory.page.cache_clear()
    yield
    theory.page.cache_clear()


def test_sections_have_their_numbers_and_no_files() -> None:
    found = theory.sections()
    assert found["2.1"] == "Posteriors q(z|x)" and found["4"] == "Objectives"
    assert [n for n in found if "." not in n] == [str(i + 1) for i in range(9)]
    assert not any("explorer/" in line for line in theory.page().splitlines() if line[:1] == "#")


@pytest.mark.parametrize("name", list(cards))
def test_a_card_leads_to_a_section_that_there_is(name: str) -> None:
    assert cards[name].theory in theory.sections()


def test_cards_lead_to_what_is_their_own() -> None:
    assert {n: cards[n].theory for n in ("vae", "flow-vae", "gmm-vae", "linear-vae")} == {
        "vae": "4", "flow-vae": "2.1", "gmm-vae": "2.3", "linear-vae": "6",
    }  # fmt: skip


def test_without_the_page_there_are_no_sections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "theory", lambda: tmp_path / "theory.md")
    assert theory.page() == "" and not theory.sections()
