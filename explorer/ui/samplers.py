"""The ways to draw new samples in words: what each is called, and what its strength means."""

from __future__ import annotations

NAMES = {
    "prior": ("From the prior", "z ~ p(z), the model's own prior"),
    "mixture": (
        "From the codes",
        (
            "z from a mixture of Gaussians fitted to the codes by EM, as many as have the least BIC"
            " (Ghosh et al. 2020): for every model, plain autoencoders included"
        ),
    ),
    "around": (
        "Around the selected",
        "z ~ q(z|x) of the selected sample, its \u03c3 times the temperature",
    ),
    "truncated": (
        "Without the tails",
        (
            "Standard normal numbers no larger than the cut: fewer odd samples, less variety"
            " (Brock et al. 2019)"
        ),
    ),
}
STRENGTHS = {
    "around": ("Temperature", "Times the posterior's standard deviation; 1 is q(z|x) itself"),
    "truncated": ("Cut", "No standard normal number beyond this"),
}
