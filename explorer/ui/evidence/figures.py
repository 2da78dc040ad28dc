"""The numbers of the evidence: their names, how each is found, and how it is said."""

from __future__ import annotations

import numpy as np

from explorer.compute.measuring.aggregate import grown
from explorer.compute.measuring.evidence import Measured
from explorer.ui.widgets.charts.figure_grid import Figure, signed

QUESTION = "How probable are samples that the model has not seen?"
PLAN = (
    ("log p(x)", "the evidence, from K codes drawn for each sample"),
    ("ELBO", "the bound that was trained, and the gap between the two"),
    ("reconstruction, KL", "where the nats go, dimension by dimension"),
    ("active units, I(x; z), holes", "how much of latent space is used"),
)
FIGURES = (
    Figure("log_likelihood", "log p(x)",
           "Mean over samples \u00b1 standard error. With one or two latent dimensions, a linear"
           " decoder or a codebook it is exact (analysis.evidence.exact), else\nL_K ="
           " log 1/K \u03a3 p(x, z) / q(z), a lower bound that rises with K; z ~ q, a mixture"
           " around the modes of p(z|x) (analysis.evidence.estimate)."),
    Figure("elbo", "ELBO",
           "ELBO = \u2212reconstruction \u2212 KL \u2264 log p(x) (analysis.evidence.measure)."),
    Figure("reconstruction", "reconstruction",
           "\u2212E_q[log p(x|z)], summed over features (analysis.evidence.measure)."),
    Figure("kl", "KL", "KL(q(z|x) \u2016 p(z)), mean over samples (analysis.evidence.measure)."),
    Figure("gap", "gap",
           "log p(x) \u2212 ELBO = KL(q(z|x) \u2016 p(z|x)): what the encoder's posterior"
           " misses.\nWhere log p(x) is an L_K with few effective draws it is loose, and so is"
           " this: it may be less than the amortisation gap."),
    Figure("amortisation_gap", "amortisation gap",
           "ELBO of each sample's own refined \u03bc and \u03c3, minus the encoder's (Cremer et al."
           " 2018; analysis.amortisation.refine)."),
    Figure("effective", "effective draws",
           "(\u03a3 w)\u00b2 / \u03a3 w\u00b2 of the K weights w = p(x, z) / q(z|x); the median"
           " sample. Few of many: L_K is loose."),
    Figure("active", "active units",
           "Dimensions with Var_x(\u03bc_j) > 0.01 (Burda et al. 2015, section 5.2)."),
    Figure("mutual_information", "I(x; z)",
           "Mean KL = I(x; z) + KL(q(z) \u2016 p(z)): what codes of the training"
           " part tell of samples, at most log n (Hoffman & Johnson 2016;"
           " analysis.latent.growth.grow)."),
    Figure("kl_to_prior", "KL(q(z) \u2016 p(z))",
           "How far all codes together, q(z) = 1/n \u03a3 q(z|x_i), are from the prior"
           " (analysis.latent.growth.grow)."),
    Figure("kl_to_prior_limit", "KL(q \u2016 p), n \u2192 \u221e",
           "What KL(q(z) \u2016 p(z)) = E_q(z)[log q(z) \u2212 log p(z)] comes to with ever more"
           " codes; its interval stands above (analysis.latent.limits.limit)."),
    Figure("holes", "holes",
           "Share of the prior's mass where q(z) is below 5 % of p(z): prior samples from there"
           " look like nothing in the data."),
    Figure("bits_per_dim", "bits / dimension",
           "\u2212log\u2082 P(x) / D of the levels that values come in: the length of a code."
           " Of a density, of its mass in each level's bin (analysis.evidence.bits)."),
    Figure("original", "log p, data's units",
           "log p(x) less the sum of log scale: the density in the units that the data came in"
           " (analysis.units). A probability has none."),
    Figure("selected", "selected sample",
           "log p(x) of the selected sample, where it is in the part measured."),
)  # fmt: skip


WAYS = {
    "closed form": "the decoder is linear",
    "quadrature": "integrated over z",
    "sum over codes": "summed over all codes",
}


def figures(seen: Measured) -> dict[str, str]:
    """Every number as text, with its standard error where it has one."""
    names = ("log_likelihood", "elbo", "reconstruction", "kl")
    shown = {name: signed(*(seen.mean(name) or (None,))) for name in names}
    shown["gap"] = signed(*(seen.gap or (None,)))
    if seen.effective is not None:
        shown["effective"] = f"{np.median(seen.effective):,.0f} of {seen.draws:,}"
    bits, of_bits = (seen.lengths.get(f"bits_per_dim{end}") for end in ("", "_standard_error"))
    shown["bits_per_dim"] = signed(bits, of_bits, 3)
    shown["original"] = signed(seen.lengths.get("log_likelihood_original_units"))
    shown["active"] = f"{int(seen.active.sum())} of {len(seen.active)}"
    for name in ("amortisation_gap", "mutual_information", "kl_to_prior", "kl_to_prior_limit"):
        shown[name] = signed(seen.gaps.get(name), seen.gaps.get(f"{name}_error"))
    shown["kl_to_prior_limit"] = shown["kl_to_prior_limit"] or _limited(seen)
    holes = seen.gaps.get("holes")
    shown["holes"] = "" if holes is None else f"{holes:.1%}"
    return shown


def _limited(seen: Measured) -> str:
    """What is known of KL(q(z) || p(z)) of ever more codes, where that is no more than ends."""
    limit = grown(seen.together, "kl_to_prior").limit
    return "" if limit is None else " to ".join(signed(end) for end in limit.interval)
