"""The head of the page: its words are written by hand, its numbers are those of the lines.

A field is ``{data latents|model|key|format}``, as ``{digits 2|vae|elbo|2±}``: digits after the
point, a ``+`` before them for a sign, ``±`` after them for the error and, over several seeds, the
deviation. The model may name its passes (``vae @80``) or be two (``vae @80 less vae @20``), of
which the difference of means is told. A field that no line answers is a KeyError.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.family.cells import Same, mean, with_error
from benchmarks.family.jobs import BASE, Values
from benchmarks.family.missing import not_measured
from benchmarks.family.page import by_model

FIELD = re.compile(r"\{([^{}|]+) (\d+)\|([^{}|]+)\|(\w+)\|(\+?)(\d)(±?)\}")
OLD_TABLE, NOT_MEASURED = "{old against new}", "{not measured}"
HEADS = (
    "data, latents", "model", "seeds", "L_5000, old", "log p(x), new",
    "ahead of the vae, old", "ahead of the vae, new",
)  # fmt: skip


def filled(head: str, rows: Same) -> str:
    """``head`` with its fields, the table of old and new figures, and what is missing."""
    told = FIELD.sub(lambda field: _told(rows, *field.groups()), head)
    told = told.replace(OLD_TABLE, "\n".join(old_against_new(rows)))
    return told.replace(NOT_MEASURED, "\n".join(not_measured(rows)))


def with_before(rows: Same, before: Same) -> list[Values]:
    """Rows that have their old L_5000 and ELBO, and what it was ahead of the old vae's by."""
    known = {_run(row): row for row in before}
    return [{**row, **_before(row, known)} for row in rows]


def old_against_new(rows: Same) -> Iterator[str]:
    """A line for each model that was measured before, by the seeds that there are of both."""
    yield "| " + " | ".join(HEADS) + " |"
    yield "|" + "---|" * len(HEADS)
    both = [r for r in rows if r.get("before") is not None and r["log_likelihood"] is not None]
    for data, latents in sorted({(row["data"], row["latent_dim"]) for row in both}):
        for same in by_model([r for r in both if (r["data"], r["latent_dim"]) == (data, latents)]):
            yield "| " + " | ".join((f"{data}, {latents}", *_old_and_new(same))) + " |"


def _old_and_new(same: Same) -> tuple[str, ...]:
    ahead = mean(same, "before_ahead")
    return (
        str(same[0]["row"]), str(len(same)), f"{mean(same, 'before'):.2f}",
        f"{mean(same, 'log_likelihood'):.2f}", "" if ahead is None else f"{ahead:+.2f}",
        with_error("difference_log_likelihood", 2, "+")(same),
    )  # fmt: skip


def _run(row: Values) -> tuple[object, ...]:
    return row["data"], row["latent_dim"], row["row"], row["seed"]


def _before(row: Values, known: Mapping[tuple[object, ...], Values]) -> Values:
    ours, base = known.get(_run(row), {}), known.get(_run({**row, "row": BASE}), {})
    found: Values = {key: ours.get(key) for key in ("before", "before_elbo")}
    both = row["row"] != BASE and bool(ours) and bool(base)
    return {**found, "before_ahead": ours["before"] - base["before"] if both else None}


def _told(
    rows: Same, data: str, latents: str, model: str, key: str, sign: str, digits: str, error: str
) -> str:
    """One field."""
    some = [row for row in rows if (row["data"], str(row["latent_dim"])) == (data, latents)]
    runs = [_runs(some, one) for one in model.split(" less ")]
    if error:
        told = with_error(key, int(digits), sign)(runs[0])
    else:
        ours, *theirs = (_known(same, key) for same in runs)
        told = f"{round(ours - sum(theirs), int(digits)) + 0.0:{sign}.{digits}f}"
    if not told:
        raise KeyError(f"{data} {latents}|{model}|{key}")
    return told


def _runs(rows: Same, model: str) -> Sequence[Values]:
    """The seeds of ``vae``, or of ``vae @80`` with that many passes."""
    name, _, passes = model.partition(" @")
    found = [r for r in rows if r["row"] == name and passes in ("", str(r["epochs"]))]
    if not found:
        raise KeyError(f"no run of {model}")
    return found


def _known(same: Same, key: str) -> float:
    value = mean(same, key)
    if value is None:
        raise KeyError(key)
    return value
