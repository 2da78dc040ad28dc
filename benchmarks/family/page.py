"""The page: a table for each data set and number of latents, a line a model."""

from __future__ import annotations

from benchmarks.family.cells import COLUMNS, Same, number
from benchmarks.family.jobs import BURDA, PLAN, PUBLISHED, Values

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
    seeds = by_model(rows)
    columns = {head: [cell(same) for same in seeds] for head, cell in COLUMNS.items()}
    shown = {head: cells for head, cells in columns.items() if any(cells)}
    lines = [_common(rows), "", "| " + " | ".join(shown) + " |", "|" + "---|" * len(shown)]
    return lines + ["| " + " | ".join(line) + " |" for line in zip(*shown.values(), strict=True)]


def by_model(rows: Same) -> list[Same]:
    """The runs of each model with as many passes, by their seeds, in the order of the plan."""
    found: dict[tuple[str, int], list[Values]] = {}
    for row in sorted(rows, key=lambda row: row["seed"]):
        found.setdefault((row["row"], row["epochs"]), []).append(row)
    return [found[one] for one in sorted(found, key=lambda one: (ORDER.get(one[0], 99), *one))]


def _other(row: Values) -> str | None:
    return next((name for name in OTHERS if name in row["row"]), None)


def _place(data: str) -> tuple[int, str]:
    return FIRST.index(data) if data in FIRST else len(FIRST), data


def _common(rows: Same) -> str:
    first, draws = rows[0], {r["importance_samples"] for r in rows if r["importance_samples"]}
    drawn = f"; K = {', '.join(f'{n:,}' for n in sorted(draws))}" if draws else ""
    pca = f"PCA: MSE {first['pca_mse']:.5f}, kNN {number(first['pca_knn_accuracy'], 3)}"
    lengths = {r["bits_per_dim_n"] for r in rows if r.get("bits_per_dim_n")}
    some = f"; bits of {' or '.join(f'{n:,}' for n in sorted(lengths))} test samples"
    parts = f"{first['n_train']:,} training and {first['n']:,} test samples"
    binarised = f"binarisation {first['binarisation']}"
    return f"{parts}; {binarised}{drawn}{some if lengths else ''}. {pca}."
