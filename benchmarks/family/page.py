"""The page: a table for each data set and number of latents, a line a model."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

from benchmarks.family.jobs import BASE, BURDA, PLAN, PUBLISHED, Values

Same = Sequence[Values]  # the runs of one model: its seeds
ORDER = {row: i for i, (_, _, row) in enumerate(PLAN)}
FIRST = ("fashion", "digits")
OTHERS = {  # what has a section of its own, by what its rows are called
    BURDA: "The setting of Burda et al. with fewer passes",
    PUBLISHED: "The published figure with 2 latents",
}


def page(head: str, rows: Same) -> str:
    """results.md, below ``head``."""
    text, own = [head.rstrip()], [row for row in rows if _other(row) is None]
    for data in sorted({row["data"] for row in own}, key=_place):
        for latent_dim in sorted({row["latent_dim"] for row in own if row["data"] == data}):
            some = [r for r in own if (r["data"], r["latent_dim"]) == (data, latent_dim)]
            text += ["", f"## {data}, {latent_dim} latent dimensions", "", *table(some)]
    for name, title in OTHERS.items():
        some = [row for row in rows if _other(row) == name]
        text += ["", f"## {title}", "", *table(some)] if some else []
    return "\n".join(text) + "\n"


def table(rows: Same) -> list[str]:
    """What is common to all, then a line a model; a column that says nothing of any is left out."""
    names = sorted(dict.fromkeys(row["row"] for row in rows), key=lambda name: ORDER.get(name, 99))
    seeds = [sorted((r for r in rows if r["row"] == n), key=lambda r: r["seed"]) for n in names]
    columns = {head: [cell(same) for same in seeds] for head, cell in COLUMNS.items()}
    shown = {head: cells for head, cells in columns.items() if any(cells)}
    lines = [_common(rows), "", "| " + " | ".join(shown) + " |", "|" + "---|" * len(shown)]
    return lines + ["| " + " | ".join(line) + " |" for line in zip(*shown.values(), strict=True)]


def _other(row: Values) -> str | None:
    return next((name for name in OTHERS if name in row["row"]), None)


def _place(data: str) -> tuple[int, str]:
    return FIRST.index(data) if data in FIRST else len(FIRST), data


def _common(rows: Same) -> str:
    first, draws = rows[0], {r["importance_samples"] for r in rows if r["importance_samples"]}
    drawn = f"; K = {', '.join(f'{n:,}' for n in sorted(draws))}" if draws else ""
    pca = f"PCA: MSE {first['pca_mse']:.5f}, kNN {_number(first['pca_knn_accuracy'], 3)}"
    parts = f"{first['n_train']:,} training and {first['n']:,} test samples"
    return f"{parts}; binarisation {first['binarisation']}{drawn}. {pca}."


def _number(value: float | None, digits: int) -> str:
    return "none" if value is None else f"{value:.{digits}f}"


def _mean(same: Same, key: str) -> float | None:
    """Over the seeds; None where one has none."""
    values = [row.get(key) for row in same]
    known = [value for value in values if value is not None]
    return statistics.fmean(known) if known and len(known) == len(values) else None


def _spread(same: Same, key: str, digits: int) -> str:
    """The deviation over seeds in brackets, where there are several."""
    values = [row.get(key) for row in same]
    if len(values) < 2 or None in values:
        return ""
    return f" ({statistics.stdev(values):.{digits}f})"


def _with_error(key: str, digits: int, sign: str = "") -> Callable[[Same], str]:
    """Mean, standard error over test samples, deviation over seeds."""

    def cell(same: Same) -> str:
        mean, error = _mean(same, key), _mean(same, f"{key}_standard_error")
        if mean is None or error is None:
            return ""
        told = f"{round(mean, digits) + 0.0:{sign}.{digits}f} \u00b1 {error:.{digits}f}"
        return told + _spread(same, key, digits)

    return cell


def _evidence(same: Same) -> str:
    """log p(x): itself where it is exact, else a lower bound and, where there is one, an upper."""
    told = _with_error("log_likelihood", 2)(same)
    if not told or all(row["log_likelihood_exact"] for row in same):
        return told
    upper = _mean(same, "log_likelihood_upper")
    loose = " (loose)" if any(row["log_likelihood_loose"] for row in same) else ""
    return f"{told} .. {_number(upper, 2)}{loose}" if upper is not None else f"\u2265 {told}{loose}"


def _plain(key: str, digits: int) -> Callable[[Same], str]:
    def cell(same: Same) -> str:
        mean = _mean(same, key)
        return "" if mean is None else f"{mean:.{digits}f}{_spread(same, key, digits)}"

    return cell


COLUMNS: dict[str, Callable[[Same], str]] = {
    "model": lambda same: str(same[0]["row"]),
    "likelihood": lambda same: str(same[0]["likelihood"]),
    "epochs, seeds": lambda same: f"{same[0]['epochs']}, {len(same)}",
    "ELBO": _with_error("elbo", 2),
    "log p(x)": _evidence,
    f"log p(x) - {BASE}'s": _with_error("difference_log_likelihood", 2, "+"),
    f"ELBO - {BASE}'s": _with_error("difference_elbo", 2, "+"),
    "gap": _with_error("gap", 2),
    "KL": _plain("kl", 2),
    "bits/dim": _plain("bits_per_dim", 3),
    "active": _plain("active_units", 1),
    "MSE": _with_error("mse", 5),
    f"MSE - {BASE}'s": _with_error("difference_mse", 5, "+"),
    "kNN": _plain("knn_accuracy", 3),
    "trust": _plain("trustworthiness", 3),
    "seconds": lambda same: _number(_mean(same, "seconds"), 0),
}
