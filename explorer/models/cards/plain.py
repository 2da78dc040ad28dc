"""Cards of the autoencoders whose code is a point."""

from __future__ import annotations

from explorer.models.cards import LINEAR, SQUARED, Card, Term, cards

NO_KL = "A point has no density: there is no KL, no elbo, and no prior to draw from."
AFTERWARDS = (
    "To draw new samples, fit a mixture to the codes after training (RAE, Ghosh et al. 2020)."
)

cards.register("ae")(
    Card(
        title="Autoencoder",
        terms=(SQUARED,),
        given=((r"\mu(x) = encoder(x)", "The code is one point for each sample."),),
        notes=(NO_KL, AFTERWARDS),
    )
)

cards.register("linear-ae")(
    Card(
        title="Linear autoencoder",
        terms=(
            Term(
                r"\frac{1}{2\sigma^2} \| x - (W V^T (x - b) + b) \|^2 + const",
                "reconstruction",
                "The squared error of a linear map down to d numbers and up again.",
                "Baldi & Hornik 1989",
            ),
        ),
        given=(
            (
                r"\min \| X - X_d \|_F^2 = \sum_{i > d} S_i^2",
                (
                    "No map of rank d does better: what PCA discards is the least error there is"
                    " (Eckart & Young 1936)."
                ),
            ),
        ),
        notes=(
            (
                "Its optimum spans the PCA subspace, not the PCA axes: compare principal angles and"
                " MSE, never coordinates."
            ),
            NO_KL,
        ),
        theory=LINEAR,
    )
)

cards.register("denoising-ae")(
    Card(
        title="Denoising autoencoder",
        terms=(
            Term(
                r"-E_{\tilde{x}|x}[\log p(x | z = \mu(\tilde{x}))]",
                "reconstruction",
                "How badly the code of the corrupted sample explains the clean one.",
                "Vincent et al. 2008, equation 5",
            ),
        ),
        given=(
            (
                r"\tilde{x} = x + s \epsilon, \; \epsilon \sim N(0, I)",
                (
                    "The input is corrupted anew each time: by Gaussian noise, salt and"
                    " pepper, or a masked patch; the target stays clean."
                ),
            ),
        ),
        notes=(
            (
                "With little Gaussian noise the step from input to output points along"
                " \u2207 log p(x), the gradient of the log-density (Alain & Bengio 2014)."
            ),
            NO_KL,
        ),
    )
)
