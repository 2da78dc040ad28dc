"""The cells of a table's columns: each says one thing of the runs of one model."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

from benchmarks.family.jobs import BASE, BURDA, Values
from explorer.analysis.evidence.bits import BOUND

Same = Sequence[Values]  # the runs of one model: its seeds


def number(value: float | None, digits: int) -> str:
    """A number where there is one."""
    return "none" if value is None else f"{value:.{digits}f}"


def mean(same: Same, key: str) -> float | None:
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


def with_error(key: str, digits: int, sign: str = "") -> Callable[[Same], str]:
    """Mean, standard error over test samples, deviation over seeds."""

    def cell(same: Same) -> str:
        middle, error = mean(same, key), mean(same, f"{key}_standard_error")
        if middle is None or error is None:
            return ""
        told = f"{round(middle, digits) + 0.0:{sign}.{digits}f} \u00b1 {error:.{digits}f}"
        return told + _spread(same, key, digits)

    return cell


def _evidence(same: Same) -> str:
    """log p(x): itself where it is exact, else a lower bound and, where there is one, an upper."""
    told = with_error("log_likelihood", 2)(same)
    if not told or all(row["log_likelihood_exact"] for row in same):
        return told
    upper = mean(same, "log_likelihood_upper")
    loose = " (loose)" if any(row["log_likelihood_loose"] for row in same) else ""
    return f"{told} .. {number(upper, 2)}{loose}" if upper is not None else f"\u2265 {told}{loose}"


def _plain(key: str, digits: int) -> Callable[[Same], str]:
    def cell(same: Same) -> str:
        middle = mean(same, key)
        return "" if middle is None else f"{middle:.{digits}f}{_spread(same, key, digits)}"

    return cell


def _bits(same: Same) -> str:
    """Of a probability: itself, or what it is at most, where log p(x) is known from below only."""
    sure = all(row["latent_dim"] <= 2 and row.get("bits_per_dim_way") != BOUND for row in same)
    told = with_error("bits_per_dim", 3)(same)
    if told:
        return told if sure else f"\u2264 {told}"
    bound = with_error("bits_per_dim_bound", 3)(same)
    return f"\u2264 {bound}" if bound else ""


def _of_training(same: Same) -> str:
    """Where passes are compared: what is learned by heart shows as a distance to the ELBO."""
    return _plain("train_elbo", 2)(same) if BURDA in same[0]["row"] else ""


COLUMNS: dict[str, Callable[[Same], str]] = {
    "model": lambda same: str(same[0]["row"]),
    "likelihood": lambda same: str(same[0]["likelihood"]),
    "epochs, seeds": lambda same: f"{same[0]['epochs']}, {len(same)}",
    "ELBO": with_error("elbo", 2),
    "ELBO, of training samples": _of_training,
    "log p(x)": _evidence,
    f"log p(x) - {BASE}'s": with_error("difference_log_likelihood", 2, "+"),
    f"ELBO - {BASE}'s": with_error("difference_elbo", 2, "+"),
    "gap": with_error("gap", 2),
    "KL": _plain("kl", 2),
    "bits/dim": _bits,
    f"bits/dim - {BASE}'s": with_error("difference_bits_per_dim", 3, "+"),
    "active": _plain("active_units", 1),
    "MSE": with_error("mse", 5),
    f"MSE - {BASE}'s": with_error("difference_mse", 5, "+"),
    "kNN": _plain("knn_accuracy", 3),
    "trust": _plain("trustworthiness", 3),
    "seconds": lambda same: number(mean(same, "seconds"), 0),
}
