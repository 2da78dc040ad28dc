"""Kinds of paths: what lists offer, and that all of them go from the first node to the last."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis.latent.joins import Join, joins, offered

NODES = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 2]], np.float32)
CODES = np.random.default_rng(0).normal(size=(60, 3)).astype(np.float32)


def test_they_are_offered_in_their_order_but_for_what_is_drawn() -> None:
    assert offered() == ["straight", "spherical", "neighbours"]
    assert [name for name in joins if joins[name].by_hand] == ["drawn"]
    assert [name for name in joins if joins[name].over_codes] == ["neighbours"]


@pytest.mark.parametrize("name", joins)
def test_each_has_words_and_leads_from_end_to_end(name: str) -> None:
    join = joins[name]
    assert join.title and join.tip and join.title[0].isupper() and not join.tip.endswith(".")
    for codes in (None, CODES):
        way = join.way(NODES, codes)
        assert way.dtype == np.float32 and way.shape[1] == 3
        np.testing.assert_allclose(way[[0, -1]], NODES[[0, -1]], atol=1e-6)
        assert join.way(NODES[:1], codes).shape == (1, 3)


def test_of_a_kind_that_says_no_more_the_nodes_are_the_way() -> None:
    assert Join().way(NODES) is NODES and joins["drawn"].way(NODES) is NODES
