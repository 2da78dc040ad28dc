"""What log p(x|z) is for each likelihood, as formula and sentence. No torch."""

from __future__ import annotations

GAUSSIAN = (
    r"-\log p = \frac{1}{2} \sum_i (\frac{(x_i - m_i)^2}{\sigma^2} + 2\log \sigma + \log 2\pi)"
)

LIKELIHOOD_CARDS: dict[str, tuple[str, str]] = {
    "bernoulli": (
        r"-\log p = -\sum_i (x_i \log p_i + (1 - x_i) \log(1 - p_i))",
        "A probability where x is 0 or 1.",
    ),
    "continuous-bernoulli": (
        r"-\log p = -\sum_i (x_i t_i - A(t_i)), \; A(t) = \log \frac{e^t - 1}{t}",
        (
            "A density for grey values in [0, 1]; what is shown is its mean A'(t), not its"
            " parameter (Loaiza-Ganem & Cunningham 2019)."
        ),
    ),
    "gaussian": (
        GAUSSIAN,
        (
            "Sigma is fixed: the reconstruction is the summed squared error over 2\u03c3\u00b2"
            " and a constant."
        ),
    ),
    "gaussian-learned": (
        GAUSSIAN,
        "One sigma for all features, learned with the weights (Rybkin et al. 2021).",
    ),
    "gaussian-optimal": (
        r"\sigma_*^2 = \frac{1}{D} \sum_i (x_i - m_i)^2, \; -\log p = D \log \sigma_* + const",
        "Sigma is set to its best value for each batch (Rybkin et al. 2021).",
    ),
    "gaussian-per-pixel": (
        (
            r"-\log p = \frac{1}{2} \sum_i (\frac{(x_i - m_i)^2}{\sigma_i^2} + 2\log \sigma_i"
            r" + \log 2\pi)"
        ),
        (
            "A sigma for each pixel from the decoder: where the fit is exact sigma runs to 0"
            " and the bound up; a floor holds it at e\u207b\u2076."
        ),
    ),
}

NOT_A_LIKELIHOOD = (
    r"-\sum_i (x_i \log p_i + (1 - x_i) \log(1 - p_i))",
    (
        "On grey values this is a cross-entropy, not a likelihood: its nats are no density and"
        " compare with no other likelihood's."
    ),
)


def likelihood_card(name: str, *, binary: bool) -> tuple[str, str] | None:
    """(formula, sentence) of a likelihood; the Bernoulli on grey values by its honest name."""
    if name == "bernoulli" and not binary:
        return NOT_A_LIKELIHOOD
    return LIKELIHOOD_CARDS.get(name)
