r"""Formula cards: what each preset minimises, in mathematics and in sentences. No torch.

One card a preset, some presets a file; a new preset brings its card along. Formulas are written in
a small part of TeX, which `ui.widgets.typesetting` sets: ``_ ^ {} \frac \hat \sum \log`` and
Greek letters.
"""

from __future__ import annotations

from dataclasses import dataclass

from explorer.registry import Registry


@dataclass(frozen=True)
class Term:
    """One summand of a loss.

    formula: in small TeX. reads: which number of a training stands below it (`READINGS`), "" for
    none. tip: one sentence. source: where it comes from. sign: what joins it to the term before.
    """

    formula: str
    reads: str
    tip: str
    source: str
    sign: str = "+"


OBJECTIVES, POSTERIORS, PRIORS, LINEAR = "4", "2.1", "2.3", "6"  # sections of docs/theory.md


@dataclass(frozen=True)
class Card:
    """A preset's loss as a sum of terms, what stands for what in it, and what to know.

    given: (formula, sentence) each, definitions below the loss. notes: sentences. title: its name
    in words. theory: the section of docs/theory.md that says more, by its number.
    """

    title: str
    terms: tuple[Term, ...]
    given: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    theory: str = OBJECTIVES


READINGS = {
    "loss": "The loss: what training minimises",
    "reconstruction": "The reconstruction",
    "kl": "The KL",
    "beta": "The weight of the KL at this moment",
}
"""What the number below a term is called; "loss" stands below the left side. Nats per sample."""

cards: Registry[Card] = Registry("formula card")

KINGMA = "Kingma & Welling 2014, equation 3"
RECONSTRUCTION = Term(
    r"-E_{q(z|x)}[\log p(x|z)]",
    "reconstruction",
    "How badly a code drawn from q(z|x) explains the sample: minus the mean log-likelihood.",
    KINGMA,
)
KL = Term(
    r"KL(q(z|x) \| p(z))",
    "kl",
    "How many nats the code says about the sample beyond what the prior says about any.",
    KINGMA,
)
SQUARED = Term(
    r"-\log p(x|z = \mu(x))",
    "reconstruction",
    "How badly the sample's one code explains it; for a Gaussian of fixed sigma half the squared"
    " error and a constant.",
    "Rumelhart, Hinton & Williams 1986",
)
FREE_BITS = (
    r"KL_{free} = \sum_j \max(\lambda, KL_j)",
    (
        "Free bits are on: up to \u03bb nats of each dimension cost nothing (Kingma et al."
        " 2016). The value above is the KL as it is."
    ),
)
CLOSED_KL = (
    r"KL = \frac{1}{2} \sum_j (\mu_j^2 + \sigma_j^2 - 1 - 2\log \sigma_j)",
    "The KL of a diagonal Gaussian to N(0, I) in closed form: the plot below shows one summand.",
)
MONTE_CARLO_KL = (
    r"KL \approx \log q(z|x) - \log p(z), \; z \sim q(z|x)",
    (
        "No closed form: estimated at the codes that are drawn anyway. A single estimate may be"
        " negative, the mean is not."
    ),
)
BETA_IS_SIGMA = (
    "\u00bd SSE + \u03b2 KL is a \u03b2 = 1 VAE with \u03c3\u00b2 = \u03b2: a weight on the KL is"
    " a wish for coarser pictures."
)
MEAN_IS_COLLAPSE = (
    "Mean-MSE + w KL is \u03c3\u00b2 = w D / 2: w = 1 on 28 \u00d7 28 is \u03c3\u00b2 = 392,"
    " certain collapse. Here the error is summed over the features, never averaged."
)

cards.discover(__name__)
