"""explorer.app.parts.naming: what views of planes are called."""

from __future__ import annotations

import pytest

from explorer.app.parts.naming import further, kind_name, number_of


@pytest.mark.parametrize(
    ("view", "kind", "number"),
    [
        ("latent", "latent", 1),
        ("latent:2", "latent", 2),
        ("two words:10", "two words", 10),
        ("a:b:3", "a:b", 3),
        ("latent:1", "latent:1", 1),
        ("latent:0", "latent:0", 1),
        ("latent:02", "latent:02", 1),
        (":2", ":2", 1),
        ("latent:", "latent:", 1),
        ("latent:2 ", "latent:2 ", 1),
        ("sample", "sample", 1),
    ],
)
def test_a_name_says_of_which_kind_and_which_view(view: str, kind: str, number: int) -> None:
    assert (kind_name(view), number_of(view)) == (kind, number)


def test_another_view_has_the_first_number_that_is_free() -> None:
    assert further("pca", ()) == "pca:2"
    assert further("pca", ("pca:2", "latent:3", "pca:4")) == "pca:3"
