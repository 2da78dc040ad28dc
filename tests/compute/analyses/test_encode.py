"""explorer.compute.analyses.encode: the codes are the means and deviations of q(z|x)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from explorer.compute.analyses.encode import FindCodes
from explorer.compute.encoding.code import FindCode
from explorer.data.binarising import binarised, fixed_draw
from explorer.errors import Cancelled, ModelError
from explorer.task import NO_TASK, Task
from tests.compute.small import DATA, linear_model, rows_of, snapshot


def test_the_codes_of_the_linear_model_are_its_posterior() -> None:
    model, module = linear_model()
    codes = FindCodes(model, DATA).answer()
    total = module.scale**2 + module.sigma**2
    mean = (rows_of().flatten(1) - 0.5) @ module.basis / total
    np.testing.assert_allclose(codes.mean, mean.numpy(), atol=1e-5)
    np.testing.assert_allclose(codes.std, np.sqrt(module.sigma**2 / total), rtol=1e-5)
    assert codes.index.tolist() == list(range(len(DATA))) and codes.model_id == model.id


def test_one_samples_code_is_the_same_as_among_all() -> None:
    model = snapshot()
    codes = FindCodes(model, DATA).answer()
    for sample in (0, 41, 99):
        code = FindCode(model, DATA, sample).answer()
        assert code.shape == (2,)
        np.testing.assert_allclose(code, codes.mean[sample], atol=1e-5)


def test_codes_are_of_samples_as_they_are_measured() -> None:
    data, model = binarised(DATA, "dynamic"), snapshot()
    fixed = FindCodes(model, fixed_draw(data)).answer()
    np.testing.assert_array_equal(FindCodes(model, data).answer().mean, fixed.mean)


def test_codes_that_cannot_be_plotted_are_an_error() -> None:
    model = snapshot()
    torn = {name: np.full_like(w, np.nan) for name, w in model.weights.items()}
    with torch.no_grad(), pytest.raises(ModelError):
        FindCodes(replace(model, id="torn", weights=torn), DATA).answer()


def test_it_stops_when_it_is_told_to() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        FindCodes(snapshot(), DATA).answer(task)


@pytest.mark.parametrize("labelled", [True, False])
def test_what_leaves_are_all_codes_with_their_labels_where_there_are_any(labelled: bool) -> None:
    data = DATA if labelled else replace(DATA, labels=None, classes=())
    question = FindCodes(snapshot(latent_dim=3), data)
    codes = question.answer()
    report = question.report(codes)
    assert report.values == {"n": 100, "latent_dim": 3}
    assert report.thing is not None
    assert report.thing.arrays is not None and report.thing.table is not None
    arrays, table = report.thing.arrays(NO_TASK), report.thing.table(NO_TASK)
    assert set(arrays) == {"mean", "std", "index", *(("label", "classes") if labelled else ())}
    for name in ("mean", "std"):
        columns = np.stack([table[f"{name}_{i}"] for i in range(3)], axis=1)
        np.testing.assert_array_equal(columns, arrays[name])
    assert list(table["index"]) == arrays["index"].tolist() == list(range(100))
    if labelled:
        np.testing.assert_array_equal(arrays["label"], DATA.labels)
        assert arrays["classes"].tolist() == list("abc")
        assert [str(one) for one in table["label"][:4]] == ["a", "b", "c", "a"]
