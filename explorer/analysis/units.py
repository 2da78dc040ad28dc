"""From the units that a model sees to those that the data came in: a density changes with them.

Of v = centre + scale x the density is p(x) / scale: in nats, less the sum of log scale over the
features (theory, section 5). A probability has no unit.
"""

from __future__ import annotations

import math

from explorer.analysis import cautions
from explorer.analysis.basis import Values
from explorer.data.features import features_of
from explorer.data.kinds import kind_of
from explorer.data.preparation import Preparation

KEYS = ("log_jacobian", "elbo_original_units", "log_likelihood_original_units")
NO_DENSITY = "a cross-entropy of grey values is no density, whose nats would change with a unit"


def log_jacobian(preparation: Preparation) -> float:
    """What a log-density in the model's units gains in those of the data, nats a sample.

    Columns that are one of a word's categories stay as they are: a category has no unit.
    """
    if not kind_of(preparation).standardised:
        scale = preparation.high - preparation.low if preparation.binarisation == "none" else 1.0
        return -preparation.features * math.log(scale)
    left_out = one_hot(preparation)
    scales = preparation.scale or (1.0,) * preparation.features
    return -math.fsum(math.log(one) for i, one in enumerate(scales) if i not in left_out)


def one_hot(preparation: Preparation) -> frozenset[int]:
    """The columns of a table that are 1 for one word and 0 for others."""
    if not kind_of(preparation).has_columns:
        return frozenset()
    words = [one.columns for one in features_of(preparation) if one.categories]
    return frozenset(i for columns in words for i in range(columns.start, columns.stop))


def in_units(
    preparation: Preparation, values: Values, *, discrete: bool, is_density: bool
) -> Values:
    """The bound and log p(x) among ``values`` in the units of the data; None where there is none.

    discrete: whether they are of a probability, which stays what it is.
    """
    if not (discrete or is_density):
        return dict.fromkeys(KEYS)
    more = 0.0 if discrete else log_jacobian(preparation)
    there = {f"{name}_original_units": values.get(name) for name in ("elbo", "log_likelihood")}
    changed = {key: v + more if isinstance(v, float) else None for key, v in there.items()}
    return {"log_jacobian": more, **changed}


def warnings_of(values: Values, preparation: Preparation, without: str) -> list[str]:
    """Why some are null, and which columns have no density. without: why there is no log p(x)."""
    why = NO_DENSITY if values[KEYS[0]] is None else without
    return [*cautions.of_nulls(values, KEYS, why), *of_one_hot(preparation)]


def of_one_hot(preparation: Preparation) -> list[str]:
    """That some columns have no density, where it is so."""
    count = len(one_hot(preparation))
    if not count:
        return []
    those = f"{count:,} of {preparation.features:,} columns are categories as 0 and 1"
    return [f"{those}: a density of them has no unit, and log_jacobian leaves them standardised"]
