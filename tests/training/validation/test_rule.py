"""When a training counts as converged, by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from explorer.config import from_json, to_json
from explorer.training.validation.rule import Convergence, Verdict, said_in

LAST, GAIN, LOSS = "the last", "0.020 ± 0.050 nats", "\u22123.2 ± 1.2 nats, it overfits"
SAID = Verdict(23, 13, 10, 0.02, 0.05, 10, 140, "ELBO")


def fed(means: list[float], patience: int = 3, spread: float = 1.0, n: int = 4) -> Convergence:
    """A rule that saw samples around each of the means; they move together but for ``spread``."""
    rule = Convergence(patience)
    for epoch, mean in enumerate(means, start=1):
        alone = spread * epoch * np.resize([1.0, -1.0], n)  # 0 on the mean
        rule.add(epoch, mean + alone, "ELBO")
    return rule


def test_the_first_epoch_says_nothing_and_the_second_is_compared_with_it() -> None:
    assert fed([1.0]).verdict is None
    verdict = fed([1.0, 5.0]).verdict
    assert verdict is not None
    # smoothed: mean of 1 and 5 less 1; the samples differ by 1.5 - 1 = 0.5 to either side
    assert verdict.change == pytest.approx(2.0)
    assert verdict.error == pytest.approx(0.5 * math.sqrt(4 / 3) / 2)
    told = (verdict.epoch, verdict.since, verdict.over, verdict.samples, verdict.name)
    assert told == (2, 2, 1, 4, "ELBO")


def test_a_change_counts_where_it_is_beyond_its_error_only() -> None:
    error = 0.5 * math.sqrt(4 / 3) / 2  # of two epochs, as above
    for gain, since in ((1.01 * error, 2), (0.99 * error, 1), (-5.0, 1)):
        verdict = fed([0.0, 2.0 * gain]).verdict
        assert verdict is not None and verdict.since == since


def test_smoothed_is_the_mean_of_as_many_epochs_as_the_patience_has() -> None:
    verdict = fed([0.0, 10.0, 20.0, 30.0, 60.0], patience=2, spread=0.0).verdict
    assert verdict is not None
    assert verdict.change == pytest.approx(45.0 - 25.0) and verdict.error == 0.0


def test_what_does_not_move_has_converged_after_the_patience() -> None:
    for epochs, found in ((3, None), (4, 4), (9, 4)):
        verdict = fed([7.0] * epochs, spread=0.0).verdict
        assert verdict is not None and verdict.converged_epoch == found
        assert (verdict.waited, verdict.over) == (epochs - 1, epochs - 1)


def test_a_gain_that_comes_late_takes_the_word_back() -> None:
    rule = fed([7.0] * 6, spread=0.0)
    assert rule.verdict is not None and rule.verdict.converged_epoch == 4
    rule.add(7, np.full(4, 8.0), "ELBO")
    assert rule.verdict.converged_epoch is None and rule.verdict.since == 7
    assert rule.verdict.over == 6 and rule.verdict.change == pytest.approx(1 / 3)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_no_number_begins_it_anew(bad: float) -> None:
    rule = fed([7.0] * 6)
    rule.add(7, np.array([1.0, bad, 1.0, 1.0]), "ELBO")
    assert rule.verdict is None
    rule.add(8, np.full(4, 1.0), "ELBO")
    assert rule.verdict is None
    rule.add(9, np.full(4, 1.0), "ELBO")
    assert rule.verdict is not None and rule.verdict.since == 8


@pytest.mark.parametrize("at", [0, 1, 2, 5])
def test_a_packed_rule_goes_on_to_the_bit(at: int) -> None:
    random = np.random.default_rng(0)
    rows = [epoch + random.standard_normal(9) for epoch in (0, 3, 4, 4, 4, 4, 4, 4)]
    whole, part = Convergence(3), Convergence(3)
    for epoch, row in enumerate(rows):
        whole.add(epoch, row, "objective")
        if epoch == at:
            tensors, values = part.pack()
            part = Convergence(3)
            part.unpack(tensors, values)
        part.add(epoch, row, "objective")
    assert whole.verdict is not None and part.verdict == whole.verdict
    for name, array in whole.pack()[0].items():
        np.testing.assert_array_equal(array, part.pack()[0][name])
    assert whole.pack()[0]["rows"].shape == (3, 9)


def test_another_patience_judges_what_is_known_anew() -> None:
    tensors, values = fed([7.0] * 6, spread=0.0).pack()
    for patience, found in ((2, 3), (5, 6), (6, None)):
        rule = Convergence(patience)
        rule.unpack(tensors, values)
        verdict = said_in(values, patience)
        assert verdict is not None and rule.verdict == verdict
        assert verdict.converged_epoch == found


def test_a_state_that_does_not_belong_together_is_refused() -> None:
    tensors, values = fed([7.0] * 6).pack()
    with pytest.raises(ValueError, match="validation samples"):
        Convergence(3).unpack({**tensors, "best": np.zeros(5)}, values)
    with pytest.raises(KeyError):
        Convergence(3).unpack({"rows": np.zeros((1, 2))}, values)
    assert said_in({"since": 0, "said": None}, 3) is None


@pytest.mark.parametrize(
    ("verdict", "text", "brief", "short"),
    [
        (
            SAID,
            f"converged at epoch 23: {LAST} 10 epochs changed the validation ELBO by {GAIN}",
            "converged at epoch 23: 0.020 ± 0.050 nats in 10 epochs",
            "converged at epoch 23",
        ),
        (
            replace(SAID, epoch=40, over=27, change=-3.25, error=1.2, name="objective"),
            f"converged at epoch 23: {LAST} 27 epochs changed the validation objective by {LOSS}",
            "converged at epoch 23: \u22123.2 ± 1.2 nats in 27 epochs",
            "converged at epoch 23",
        ),
        (
            replace(SAID, epoch=17),
            "not converged: the validation ELBO has not risen for 4 of 10 epochs",
            "not converged: no gain for 4 of 10 epochs",
            "not converged",
        ),
        (
            replace(SAID, epoch=14, since=14, over=1, change=25.0, error=12.0),
            "not converged: the last epoch changed the validation ELBO by 25 ± 12 nats",
            "not converged: 25 ± 12 nats in an epoch",
            "not converged",
        ),
    ],
    ids=["converged", "overfits", "waits", "gains"],
)
def test_it_is_said_in_words(verdict: Verdict, text: str, brief: str, short: str) -> None:
    assert (verdict.text, verdict.brief, verdict.short) == (text, brief, short)


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [(0.0, 0.0, "0.0 ± 0.0"), (0.1234567, 1e-9, "0.123457 ± 0.000000"), (120.0, 11.0, "120 ± 11")],
)
def test_an_error_has_two_digits_and_sets_those_of_the_change(
    change: float, error: float, said: str
) -> None:
    assert replace(SAID, change=change, error=error).amount == said


@pytest.mark.parametrize(("change", "falls"), [(-0.1, False), (-0.1001, True), (0.2, False)])
def test_a_fall_of_more_than_two_errors_is_named(change: float, falls: bool) -> None:
    assert replace(SAID, change=change).text.endswith(", it overfits") is falls


def test_a_verdict_is_json() -> None:
    assert from_json(Verdict, to_json(SAID)) == SAID
