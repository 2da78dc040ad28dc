"""Dense layers: for anything small."""

from __future__ import annotations

from torch import nn

from explorer.models.bodies import Body, Encoder, Shape, bodies, dense


class Mlp(Body):
    """D - h - h/2 - z - h/8 - h/4 - h/2 - D."""

    summary = "dense layers: quick, good for small pictures"

    def encoder(self, shape: Shape) -> Encoder:
        """D - h - h/2."""
        widths = [shape.features, shape.hidden, max(4, shape.hidden // 2)]
        layers = [nn.Flatten(), *dense(widths, shape.dropout)]
        return Encoder(layers, widths[-1], shape.dropout)

    def decoder(self, shape: Shape) -> nn.Module:
        """d - h/8 - h/4 - h/2 - D."""
        widths = [shape.latent_dim, *(max(4, shape.hidden // k) for k in (8, 4, 2))]
        picture = (shape.outputs * shape.channels, shape.height, shape.width)
        last = nn.Linear(widths[-1], shape.outputs * shape.features)
        return nn.Sequential(*dense(widths), last, nn.Unflatten(1, picture))


bodies.register("mlp")(Mlp())
