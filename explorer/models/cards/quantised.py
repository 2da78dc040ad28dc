"""The card of the model whose codes are numbered."""

from __future__ import annotations

from explorer.models.cards import POSTERIORS, Card, Term, cards

NEURAL = "van den Oord et al. 2017, equation 3"

cards.register("vq-vae")(
    Card(
        title="Vector-quantised VAE",
        terms=(
            Term(
                r"-\log p(x|z_q)",
                "reconstruction",
                "How badly the nearest code vectors explain the sample.",
                NEURAL,
            ),
            Term(
                r"\| sg[z_e] - e \|^2",
                "",
                "Moves each code vector to the encoder's outputs that chose it; sg stops the"
                " gradient.",
                NEURAL,
            ),
            Term(
                r"0.25 \| z_e - sg[e] \|^2",
                "",
                "Keeps the encoder's output near the code vector it chose (commitment).",
                NEURAL,
            ),
        ),
        given=(
            (
                r"z_q = e_k, \; k = argmin_j \| z_e - e_j \|",
                "The nearest of K code vectors; the gradient passes straight through.",
            ),
            (
                r"KL = positions \cdot \log K",
                "With a uniform prior over K codes it is a constant: nothing to minimise.",
            ),
            (
                r"perplexity = \exp(-\sum_k p_k \log p_k)",
                "How many codes are in use, as if all were used equally.",
            ),
        ),
        notes=(
            (
                "The latent plane is a map of cells: every point of a cell decodes to the same"
                " picture."
            ),
        ),
        theory=POSTERIORS,
    )
)
