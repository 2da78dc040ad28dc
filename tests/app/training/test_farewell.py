"""The end of a training, in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from explorer.app.training.farewell import _counted, farewell
from explorer.errors import EnvironmentFault
from explorer.training.validation.rule import Verdict
from tests.app.training.test_trainer import _model, _trained


def test_the_end_of_training_is_told_as_it_was() -> None:
    bound = replace(
        _model(), metrics={"bound": "ELBO", "test_reconstruction": -2.0, "test_kl": 0.5}
    )
    assert farewell(_trained(snapshot=bound)) == (
        "Trained 3 epochs in 4 s, test ELBO 1.50 nats per sample. Kept in /kept", "done"
    )  # fmt: skip
    said = Verdict(23, 13, 10, 0.02, 0.05, 10, 140, "ELBO")
    judged = replace(_trained(snapshot=bound).curve, verdict=said)
    assert farewell(_trained(snapshot=bound, curve=judged))[0] == (
        f"Trained 3 epochs in 4 s, test ELBO 1.50 nats per sample; {said.text}. Kept in /kept"
    )
    no_bound = replace(_model(), metrics={"bound": "log p(x|z)", "test_reconstruction": -1.5})
    assert "test log p(x|z) 1.50" in farewell(_trained(snapshot=no_bound))[0]
    assert farewell(_trained(stopped=True))[0].startswith("Stopped after 3 epochs")
    text, tone = farewell(_trained(stopped=True, message="the loss was no number"))
    assert text.startswith("the loss was no number. Kept in") and tone == "warn"


@pytest.mark.parametrize(
    ("epochs", "said"),
    [(1, "1 epoch"), (2.0, "2 epochs"), (10.94, "10.9 epochs"), (59.999, "59.9 epochs"),
     (0, "0 epochs")],
)  # fmt: skip
def test_epochs_are_counted_in_good_english(epochs: float, said: str) -> None:
    assert _counted(epochs) == said


def test_what_is_not_kept_is_said_with_its_reason() -> None:
    nowhere = replace(_model(), path=None)
    fault = EnvironmentFault("nothing can be saved here: disk full", where=Path("x"))
    text, tone = farewell(_trained(snapshot=nowhere, unsaved=fault))
    assert text.endswith("In memory only: nothing can be saved here: disk full") and tone == "bad"
    text, tone = farewell(_trained(snapshot=nowhere))
    assert text.endswith("Not kept, as was wished") and tone == "done"
    noted = farewell(_trained(note="moments are not kept any more: disk full"))[0]
    assert noted.endswith("Kept in /kept (moments are not kept any more: disk full)")
