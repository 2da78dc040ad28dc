"""No hidden layer: the pieces on either side of z are all there is (theory, section 6)."""

from __future__ import annotations

from torch import nn

from explorer.models.bodies import Body, Encoder, Shape, bodies


class Linear(Body):
    """One linear layer each way; that of the encoder is the posterior's own."""

    summary = "one linear layer each way: what PCA does"

    def encoder(self, shape: Shape) -> Encoder:
        """The sample itself."""
        return Encoder([nn.Flatten()], shape.features, shape.dropout)

    def decoder(self, shape: Shape) -> nn.Module:
        """d - D."""
        picture = (shape.outputs * shape.channels, shape.height, shape.width)
        last = nn.Linear(shape.latent_dim, shape.outputs * shape.features)
        return nn.Sequential(last, nn.Unflatten(1, picture))


bodies.register("linear")(Linear())
