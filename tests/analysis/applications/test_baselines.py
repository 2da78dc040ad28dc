"""Detectors beside a model: what they learn, how they are ranked, and who is said to win."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from explorer.analysis.applications import baselines
from explorer.analysis.applications.baselines import Baseline, Scored
from explorer.analysis.applications.detectors import discover
from explorer.analysis.errors import auroc as roc
from tests.analysis.applications.detectors.rows import table

ODD = np.arange(60) >= 30
RNG = np.random.default_rng(0)
GUESS, GOOD = RNG.normal(size=60), RNG.normal(size=60) + 3.0 * ODD


def of(score: np.ndarray, name: str = "pca") -> Scored:
    return Scored(name, "PCA", score, {"k": 3})


def test_each_learns_the_normal_training_samples_and_nothing_else() -> None:
    known = table()
    odd = known.labels == 1
    assert known.labels is not None
    found = baselines.scored(known, known.test_index, odd)
    assert [one.name for one in found] == [one.name for one in discover()]
    x = known.x.copy()
    x[odd & ~known.test] = 50.0  # the odd ones of the training part are somewhere else
    others = baselines.scored(replace(known, x=x), known.test_index, odd)
    for one, other in zip(found, others, strict=True):
        assert one.setting == other.setting and np.array_equal(one.score, other.score)
        assert one.score.shape == known.test_index.shape
    everything = baselines.scored(known, known.test_index, np.zeros(100, bool))
    assert not np.array_equal(everything[0].score, found[0].score)


def test_one_that_has_too_few_samples_is_left_out() -> None:
    known = table(d=1, rank=1)
    names = [one.name for one in baselines.scored(known, known.test_index, np.zeros(100, bool))]
    assert names == ["isolation-forest", "neighbours"]


def test_the_best_come_first_each_with_its_intervals() -> None:
    found = baselines.against(ODD, GUESS, [of(GUESS, "a"), of(GOOD, "b")])
    assert [one.scored.name for one in found] == ["b", "a"]
    best = found[0]
    assert best.auroc == pytest.approx(roc_auc_score(ODD, GOOD))
    assert best.interval == roc.interval(ODD, GOOD)
    assert (best.difference, best.difference_interval) == roc.difference(ODD, GUESS, GOOD)
    assert best.wide == roc.difference(ODD, GUESS, GOOD, 0.975)[1]  # type: ignore[index]
    values = best.values()
    assert values["name"] == "b" and values["setting"] == {"k": 3} and values["wins"] is True
    assert (values["title"], values["auroc"]) == ("PCA", best.auroc)
    assert values["auroc_interval"] == best.interval
    assert values["difference_auroc"] == best.difference
    assert values["difference_auroc_interval"] == best.difference_interval


def test_where_all_are_of_one_kind_there_is_nothing_to_rank() -> None:
    assert baselines.against(np.ones(60, bool), GUESS, [of(GOOD)]) == ()
    one = np.arange(60) == 0
    (alone,) = baselines.against(one, GUESS, [of(GOOD)])  # which has no interval
    assert alone.interval is alone.difference is alone.wide is None
    assert not alone.wins and not alone.loses and baselines.verdict([alone]) == ""


def beside(auroc: float, difference: float, half: float, wide: float) -> Baseline:
    around = (difference - half, difference + half)
    return Baseline(
        of(GOOD), auroc, None, difference, around, (difference - wide, difference + wide)
    )


BETTER = "is the better detector here: its AUROC is 0.900, higher by 0.100 (0.050 to 0.150)"
WORSE = "PCA (k = 3) has an AUROC of 0.700, lower by 0.100 (0.050 to 0.150)"
ALIKE = "PCA (k = 3) and the model are no different by these samples"


@pytest.mark.parametrize(
    ("one", "said"),
    [(beside(0.9, -0.1, 0.05, 0.08), f"PCA (k = 3) {BETTER}"),
     (beside(0.7, 0.1, 0.05, 0.08), f"the model is the better detector here: {WORSE}"),
     (beside(0.9, -0.1, 0.05, 0.1), ALIKE), (beside(0.7, 0.1, 0.05, 0.1), ALIKE)],
)  # fmt: skip
def test_who_wins_is_said_where_the_samples_can_tell(one: Baseline, said: str) -> None:
    assert baselines.verdict([one]) == said
    assert baselines.winner([one]) == (one if "its AUROC" in said else None)


def test_what_chose_nothing_is_said_by_its_title() -> None:
    assert Scored("forest", "Forest", GOOD, {}).said == "Forest"
    assert Scored("two", "Two", GOOD, {"k": 1, "m": 2}).said == "Two (k = 1, m = 2)"


def test_the_winner_is_the_best_of_those_that_are_surely_better() -> None:
    unsure, sure = beside(0.95, -0.15, 0.1, 0.2), beside(0.9, -0.1, 0.05, 0.08)
    assert baselines.winner([unsure, sure]) is sure
    assert "0.900" in baselines.verdict([unsure, sure])
    assert baselines.winner([]) is None and baselines.verdict([]) == ""


def test_more_baselines_make_a_win_harder() -> None:
    """One in twenty would win by chance, so each of six must be surer."""
    slight = GUESS + 0.8 * ODD
    alone = baselines.against(ODD, GUESS, [of(slight)])[0]
    (among, *_) = baselines.against(ODD, GUESS, [of(slight), *[of(GUESS)] * 5])
    assert alone.wide == alone.difference_interval == among.difference_interval
    assert alone.wide is not None and among.wide is not None
    assert among.wide[0] < alone.wide[0] and among.wide[1] > alone.wide[1]
