"""Cards of the VAE and of what varies one piece of it."""

from __future__ import annotations

from dataclasses import replace

from explorer.models.cards import (
    BETA_IS_SIGMA,
    CLOSED_KL,
    KL,
    LINEAR,
    MEAN_IS_COLLAPSE,
    MONTE_CARLO_KL,
    POSTERIORS,
    PRIORS,
    RECONSTRUCTION,
    Card,
    Term,
    cards,
)

WEIGHT = Term(
    r"\beta", "beta", "The weight of the KL; the warm-up raises it from its first value.",
    "Higgins et al. 2017, equation 4",
)  # fmt: skip
TIMES = replace(KL, sign=r"\cdot")
BOUND = (
    "-loss is the elbo where \u03b2 = 1: log p(x) \u2265 elbo, and the gap is KL(q(z|x) ‖ p(z|x))."
)
REPARAMETRISED = (
    r"z = \mu + \sigma \odot \epsilon, \; \epsilon \sim N(0, I)",
    "The draw is written so that gradients pass through it to \u03bc and \u03c3.",
)

cards.register("vae")(
    Card(
        title="Variational autoencoder",
        terms=(RECONSTRUCTION, WEIGHT, TIMES),
        given=(REPARAMETRISED, CLOSED_KL),
        notes=(BOUND, BETA_IS_SIGMA, MEAN_IS_COLLAPSE),
    )
)

cards.register("beta-vae")(
    Card(
        title="\u03b2-VAE",
        terms=(RECONSTRUCTION, WEIGHT, TIMES),
        given=(REPARAMETRISED, CLOSED_KL),
        notes=(
            BETA_IS_SIGMA,
            (
                "With \u03b2 > 1 fewer dimensions stay alive, each with more meaning of its"
                " own; the elbo (always reported with \u03b2 = 1) falls."
            ),
            MEAN_IS_COLLAPSE,
        ),
    )
)

cards.register("linear-vae")(
    Card(
        title="Linear VAE = probabilistic PCA",
        terms=(RECONSTRUCTION, WEIGHT, TIMES),
        given=(
            (
                r"x = W z + b + \sigma \epsilon, \; z \sim N(0, I)",
                (
                    "A linear decoder with one learned sigma: the model of probabilistic PCA"
                    " (Tipping & Bishop 1999)."
                ),
            ),
            (
                r"\sigma^2 = \frac{1}{D - d} \sum_{i > d} \lambda_i",
                "At the optimum sigma\u00b2 is the mean of the discarded eigenvalues.",
            ),
            (
                r"\log p(x) = \log N(x; b, W W^T + \sigma^2 I)",
                "The evidence is exact here, and at the optimum the elbo reaches it.",
            ),
        ),
        notes=("Its optimum is probabilistic PCA, without spurious maxima (Lucas et al. 2019).",),
        theory=LINEAR,
    )
)

cards.register("full-cov-vae")(
    Card(
        title="VAE with full covariance",
        terms=(RECONSTRUCTION, WEIGHT, TIMES),
        given=(
            (
                r"z = \mu + L \epsilon, \; \Sigma = L L^T",
                "A lower triangle instead of a diagonal: the ellipses may be tilted.",
            ),
            (
                r"KL = \frac{1}{2}(\| L \|_F^2 + \| \mu \|^2 - d) - \sum_j \log L_{jj}",
                "Still in closed form; with a diagonal L it is the VAE's.",
            ),
        ),
        notes=("Where the true posterior is tilted, the gap to log p(x) is smaller.", BOUND),
        theory=POSTERIORS,
    )
)

cards.register("iwae")(
    Card(
        title="Importance-weighted autoencoder",
        terms=(
            Term(
                r"-E_{z_1..z_K \sim q}[\log \frac{1}{K} \sum_k w_k]",
                "",
                "A bound from K draws at once: it rises with K to log p(x).",
                "Burda et al. 2015, equation 8",
            ),
        ),
        given=(
            (
                r"w_k = \frac{p(x|z_k) \, p(z_k)}{q(z_k|x)}",
                "How much likelier a code is under the model than under the encoder.",
            ),
            (
                r"elbo = L_1 \leq L_5 \leq L_{50} \leq \log p(x)",
                "More draws, a tighter bound, in expectation.",
            ),
        ),
        notes=(
            (
                "The elbo, reconstruction and KL that the curves show are those of one draw,"
                " so that they can be set beside a VAE's."
            ),
        ),
    )
)

cards.register("flow-vae")(
    Card(
        title="VAE with a flow posterior",
        terms=(RECONSTRUCTION, WEIGHT, TIMES),
        given=(
            (
                r"\log q(z_T|x) = \log q(z_0|x) - \sum_t \log | \det J_t |",
                (
                    "A chain of invertible steps bends a Gaussian; each pays for what it stretches"
                    " (Rezende & Mohamed 2015)."
                ),
            ),
            MONTE_CARLO_KL,
        ),
        notes=("Posteriors may be curved; the ellipses show their mean and spread only.", BOUND),
        theory=POSTERIORS,
    )
)

cards.register("gmm-vae")(
    Card(
        title="VAE with a mixture prior",
        terms=(RECONSTRUCTION, WEIGHT, TIMES),
        given=(
            (
                r"p(z) = \sum_c \pi_c N(z; m_c, diag(s_c^2))",
                "The prior is a mixture of Gaussians whose means and widths are learned.",
            ),
            MONTE_CARLO_KL,
        ),
        notes=("Clusters of the data may get clusters of the prior, without labels.", BOUND),
        theory=PRIORS,
    )
)
