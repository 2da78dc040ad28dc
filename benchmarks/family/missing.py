"""What of the plan has no line, and which lines have no bits: said by the page itself."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.family.cells import Same
from benchmarks.family.jobs import BURDA, ONLY_TWO, PLAN

PLACES = (("digits", 2), ("digits", 16), ("fashion", 2), ("fashion", 16), ("mnist10k", 2))
SETTING, PASSES = "passes in the setting of Burda et al.", (20, 80)


def not_measured(rows: Same) -> Iterator[str]:
    """An item of a list for each place where something is missing."""
    for place in PLACES:
        here = [row for row in rows if (row["data"], row["latent_dim"]) == place]
        wanted = [name for _, _, name in PLAN if place[1] == 2 or name not in ONLY_TWO]
        lines = {row["row"] for row in here}
        yield from _item(place, "", [name for name in wanted if name not in lines])
        yield from _item(place, "bits of ", [name for name in wanted if _lacks_bits(here, name)])
    found = {(row["row"], row["epochs"]) for row in rows}
    models = (f"vae, {BURDA}", f"iwae (K = 5), {BURDA}", f"iwae (K = 50), {BURDA}")
    for passes in PASSES:
        away = [name.removesuffix(f", {BURDA}") for name in models if (name, passes) not in found]
        yield from _item((SETTING, passes), "", away)


def _lacks_bits(here: Same, name: str) -> bool:
    """Whether a model has an ELBO and neither bits nor a bound of them."""
    return any(
        row["row"] == name and row.get("elbo") is not None and row.get("bits_per_dim_n") is None
        for row in here
    )


def _item(place: tuple[str, int], what: str, names: list[str]) -> Iterator[str]:
    """Nothing where nothing is missing."""
    every = len(names) == sum(place[1] == 2 or name not in ONLY_TWO for _, _, name in PLAN)
    told = "all models" if every else ", ".join(f"`{name}`" for name in names)
    if names:
        yield f"* {place[0]}, {place[1]}: {what}{told}"
