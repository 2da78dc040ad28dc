"""explorer.compute.measuring.errors: mean_i (x_i - decode(mu(x))_i)^2, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.compute.comparing.sample import Compare
from explorer.compute.measuring.errors import MeasureErrors, errors_of
from explorer.errors import Cancelled
from explorer.task import NO_TASK, Task
from tests.compute.small import DATA, linear_model, rows_of, snapshot


def test_the_errors_of_the_linear_model_are_closed_form() -> None:
    """What is given back is 0.5 + s^2 / (s^2 + sigma^2) P (x - 0.5), P on the columns of W."""
    model, module = linear_model()
    x = rows_of().flatten(1) - 0.5
    total = module.scale**2 + module.sigma**2
    back = x @ module.basis @ module.basis.T / total
    wanted = (x - back).square().mean(1).numpy()
    np.testing.assert_allclose(MeasureErrors(model, DATA).answer(), wanted, rtol=1e-4)


def test_errors_are_those_of_the_comparison() -> None:
    model = snapshot()
    errors = MeasureErrors(model, DATA).answer()
    for i in (0, 57):
        assert errors[i] == pytest.approx(Compare(DATA, i, model, None).answer().mse, rel=1e-5)


def test_some_samples_errors_stand_in_their_order() -> None:
    model, index = snapshot(), np.array([70, 3, 41])
    some = errors_of(model, DATA, index, NO_TASK)
    np.testing.assert_allclose(some, MeasureErrors(model, DATA).answer()[index], rtol=1e-5)


def test_it_stops_when_it_is_told_to() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        MeasureErrors(snapshot(), DATA).answer(task)
