"""The dense network of Burda et al. 2015, for figures that can be laid beside published ones."""

from __future__ import annotations

from torch import nn

from explorer.models.bodies import Body, Dropout, Encoder, Shape, bodies


class Burda(Body):
    """D - h - h - z - h - h - D with tanh between; h = 200 in the paper (section 5)."""

    summary = "two tanh layers each way, as published tables have it (width 200)"

    def encoder(self, shape: Shape) -> Encoder:
        """D - h - h."""
        layers = [nn.Flatten(), *_two(shape.features, shape.hidden, shape.dropout)]
        return Encoder(layers, shape.hidden, shape.dropout)

    def decoder(self, shape: Shape) -> nn.Module:
        """d - h - h - D."""
        picture = (shape.outputs * shape.channels, shape.height, shape.width)
        last = nn.Linear(shape.hidden, shape.outputs * shape.features)
        layers = _two(shape.latent_dim, shape.hidden)
        return nn.Sequential(*layers, last, nn.Unflatten(1, picture))


def _two(inputs: int, hidden: int, dropout: float = 0.0) -> list[nn.Module]:
    layers: list[nn.Module] = []
    for width in (inputs, hidden):
        layers += [nn.Linear(width, hidden), nn.Tanh()]
        if dropout:
            layers.append(Dropout(dropout))
    return layers


bodies.register("burda")(Burda())
