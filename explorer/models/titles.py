"""What the window and JSON call each likelihood. No torch, so that a form can show it at once."""

from __future__ import annotations

TITLES = {
    "bernoulli": "Bernoulli",
    "continuous-bernoulli": "continuous Bernoulli",
    "gaussian": "Gaussian, fixed sigma",
    "gaussian-learned": "Gaussian, one learned sigma",
    "gaussian-optimal": "Gaussian, optimal sigma",
    "gaussian-per-pixel": "Gaussian, a sigma for each pixel",
}
GREY_TITLES = {"bernoulli": "cross-entropy (not a likelihood)"}


def display_name(likelihood: str, *, binary: bool = False) -> str:
    """The honest name: Bernoulli is no likelihood of grey values (theory, section 2.2)."""
    title = TITLES.get(likelihood, likelihood)
    return title if binary else GREY_TITLES.get(likelihood, title)


def bound_title(bound: str, likelihood: str, *, binary: bool) -> str:
    """What a model's curve is called: ``bound``, unless the likelihood is none for its data."""
    if binary or likelihood not in GREY_TITLES:
        return bound
    return "-cross-entropy" if bound == "log p(x|z)" else "-(cross-entropy + KL)"
