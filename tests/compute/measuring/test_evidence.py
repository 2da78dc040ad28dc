"""explorer.compute.measuring.evidence: of the linear model, the bound is tight and closed form."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from explorer.analysis.evaluating import kept_in
from explorer.compute.measuring.aggregate import grown
from explorer.compute.measuring.evidence import Measured, MeasureEvidence, as_csv
from explorer.errors import Cancelled, ModelError
from explorer.task import Task
from tests.compute.small import DATA, linear_model, rows_of, snapshot


def test_the_elbo_of_the_linear_model_is_its_evidence(tmp_path: Path) -> None:
    model, module = linear_model()
    measured = MeasureEvidence(model, DATA, 20).answer()
    wanted = module.log_evidence(rows_of(measured.index.tolist())).numpy()
    np.testing.assert_allclose(measured.log_likelihood, wanted, rtol=1e-4)  # whatever is drawn
    assert measured.gap is not None and abs(measured.gap[0]) < 3 * measured.gap[1] + 1e-3


def test_what_is_measured_adds_up(tmp_path: Path) -> None:
    seen: list[Measured] = []
    question = MeasureEvidence(snapshot(), DATA, 20, folder=tmp_path)
    measured = question.answer(Task(on_partial=seen.append))  # type: ignore[arg-type]
    assert np.array_equal(measured.index, DATA.test_index)
    assert np.allclose(measured.elbo, -measured.reconstruction - measured.kl)
    assert measured.kl_per_dim is not None
    assert measured.kl_per_dim.sum() == pytest.approx(measured.kl.mean(), rel=1e-4)
    bound, elbo = measured.mean("log_likelihood"), measured.mean("elbo")
    assert bound is not None and elbo is not None and bound[0] >= elbo[0] - 0.1
    assert seen and not seen[0].gaps and measured.gaps["mutual_information"] is not None
    assert not list(tmp_path.iterdir())  # all is done


def test_bits_and_the_units_of_the_data_stand_beside_it() -> None:
    measured = MeasureEvidence(snapshot(), DATA, 5).answer()
    known, bound = (measured.lengths[key] for key in ("bits_per_dim", "bits_per_dim_bound"))
    assert known is not None and bound is not None and 0.0 < known < bound + 0.1
    away, original = (
        measured.lengths[key] for key in ("log_jacobian", "log_likelihood_original_units")
    )
    mean = measured.mean("log_likelihood")
    assert mean is not None and away is not None
    assert original == pytest.approx(mean[0] + away)
    assert measured.notes[0] == "Bits per dimension by mass of levels"


def test_the_mean_has_its_standard_error() -> None:
    measured = MeasureEvidence(snapshot(), DATA, 5).answer()
    values = measured.elbo
    assert measured.mean("elbo") == pytest.approx(
        (values.mean(), values.std(ddof=1) / len(values) ** 0.5)
    )
    assert measured.gap == pytest.approx((
        (measured.log_likelihood - values).mean(),
        (measured.log_likelihood - values).std(ddof=1) / len(values) ** 0.5,
    ))  # fmt: skip


def test_one_that_is_stopped_leaves_what_it_has(tmp_path: Path) -> None:
    class Impatient(Task):
        checks = 0

        def check(self) -> None:
            self.checks += 1
            if self.checks == 3:
                self.cancel()
            super().check()

    question = MeasureEvidence(snapshot(), DATA, 2000, "all", folder=tmp_path)
    with pytest.raises(Cancelled):
        question.answer(Impatient())
    assert len(list(tmp_path.iterdir())) <= 1
    every = np.arange(len(DATA))
    one, other = (kept_in(tmp_path, snapshot(), DATA, every, k, 0) for k in (2000, 2001))
    assert one.parent == tmp_path and one.name != other.name
    assert {path.name for path in tmp_path.iterdir()} <= {one.name}


def test_a_line_a_sample() -> None:
    measured = MeasureEvidence(snapshot(), DATA, 5).answer()
    lines = as_csv(measured, tuple('say "l"' for _ in range(100))).splitlines()
    assert len(lines) == 1 + len(measured.index)
    assert lines[0].split(",")[:3] == ["index", "label", "elbo"]
    index, label, elbo, *_ = lines[1].split(",")
    assert (int(index), label) == (measured.index[0], '"say ""l"""')
    assert float(elbo) == pytest.approx(measured.elbo[0], rel=1e-5)
    assert as_csv(measured).splitlines()[1].split(",")[1] == ""


def test_a_point_has_no_evidence() -> None:
    with pytest.raises(ModelError, match="a point"):
        MeasureEvidence(snapshot("ae"), DATA, 5).answer()


def test_the_ceiling_is_of_the_codes_that_the_numbers_are_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Those of the training part, not of the part measured."""
    monkeypatch.setattr("explorer.analysis.cautions.of_gaps", lambda gap, more, n: [f"of {n}"])
    measured = MeasureEvidence(snapshot(), DATA, 5).answer()
    codes = len(DATA.train_index)
    assert measured.gaps["aggregate_n"] == codes != len(measured.index)
    assert f"of {codes}" in measured.warnings
    assert any("by the number of codes" in note for note in measured.notes)


def test_what_a_picture_is_made_of() -> None:
    """L_K and L_{K/10} above the ELBO of the same samples, and the curve of all codes."""
    measured = MeasureEvidence(snapshot(latent_dim=3), DATA, 100).answer()
    assert measured.importance is not None and measured.tenth is not None
    assert np.array_equal(measured.importance, measured.log_likelihood)
    away = measured.importance - measured.elbo
    error = away.std(ddof=1) / len(away) ** 0.5
    assert measured.above("importance") == pytest.approx((away.mean(), error))
    assert measured.above("importance") == measured.gap
    tenth = measured.above("tenth")
    assert tenth is not None and tenth[0] < away.mean()
    assert MeasureEvidence(snapshot(), DATA, 5).answer().above("tenth") is None
    curve = grown(measured.together, "kl_to_prior")
    assert curve.points[-1][0] == len(DATA.train_index)
    assert curve.points[-1][1] == measured.gaps["kl_to_prior"]
    assert curve.limit is not None and curve.limit.value == measured.together["kl_to_prior_limit"]
