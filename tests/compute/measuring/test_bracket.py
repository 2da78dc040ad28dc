"""explorer.compute.measuring.bracket: what the window shows is what ``evaluate --bracket`` says."""

from __future__ import annotations

import pytest

from explorer.analysis.errors import means
from explorer.analysis.evidence.bracket import SIMULATED, bracketed
from explorer.compute.analyses.evaluate import Evaluate
from explorer.compute.live import live
from explorer.compute.measuring.bracket import BoundAbove, Bracketed
from explorer.errors import Cancelled, ModelError
from explorer.task import Task
from tests.compute.small import DATA, snapshot


def test_it_is_what_the_terminal_says() -> None:
    model = snapshot(latent_dim=3)
    found = BoundAbove(model, DATA, 20, 7).answer()
    said = Evaluate(model, DATA, samples=20, seed=7, fresh=True, bracket=True).answer().values
    assert found.lower == said["bracket_lower"] and found.upper == said["bracket_upper"]
    assert (found.gap, found.gap_error) == (said["bracket_gap"], said["bracket_gap_error"])
    assert (found.n, found.draws) == (said["bracket_n"], 20) == (SIMULATED, 20)
    assert said["log_likelihood_upper"] == said["log_likelihood"] + found.missed


def test_its_error_is_that_of_the_gaps() -> None:
    model = snapshot(latent_dim=3)
    seen = bracketed(live(model), DATA, 20)
    away = means.with_error(seen.upper - seen.lower)
    found = BoundAbove(model, DATA, 20).answer()
    assert (found.gap, found.gap_error) == away and found.upper - found.lower == pytest.approx(
        found.gap
    )


def test_a_gap_below_nothing_is_noise() -> None:
    assert Bracketed(-2.0, -2.1, -0.1, 0.2, 100, 50).missed == 0.0
    assert Bracketed(-2.0, -1.5, 0.5, 0.2, 100, 50).missed == 0.5


@pytest.mark.parametrize("preset", ["ae", "vq-vae"])
def test_where_nothing_is_drawn_there_is_no_gap(preset: str) -> None:
    with pytest.raises(ModelError, match="nothing is drawn"):
        BoundAbove(snapshot(preset), DATA, 20).answer()


def test_it_tells_how_far_it_is_and_can_be_stopped() -> None:
    told: list[str] = []
    task = Task(lambda done, text: told.append(text), interval=0.0)
    BoundAbove(snapshot(latent_dim=3), DATA, 20).answer(task)
    assert any("samples of the model" in text for text in told)
    task.cancel()
    with pytest.raises(Cancelled):
        BoundAbove(snapshot(latent_dim=3), DATA, 20).answer(task)
