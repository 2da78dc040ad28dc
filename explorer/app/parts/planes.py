"""How the planes are seen: their axes, what of them is shown, and where the cursor is."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.app.parts import fitting
from explorer.app.parts.rules import answer, chosen
from explorer.app.parts.values import Vector, View
from explorer.compute.decoding.linear import LinearDecoded


@dataclass(frozen=True, eq=False)
class PlanesPart:
    """plane_axes: the two latent dimensions that the plane shows; pca_axes: the two components.

    pca_point: (2,) the cursor of the PCA plane in ``pca_axes``; pca_decoded: its picture.
    lead: "latent" or "pca", the plane whose cursor is moved; the other one's follows. "sample":
    each plane's cursor is at the sample that was gone to.
    view, pca_view: what the user chose to see of the two planes; None for all points.
    """

    plane_axes: tuple[int, int] = chosen((0, 1), in_space=True, fits=fitting.are_dimensions)
    pca_axes: tuple[int, int] = chosen((0, 1), goes_with="dataset", fits=fitting.are_components)
    pca_point: Vector | None = chosen(in_space=True, fits=fitting.is_point)
    pca_decoded: LinearDecoded | None = answer("dataset", to="the picture at the PCA cursor")
    lead: str = chosen("latent", in_space=True, fits=fitting.is_lead)
    view: View | None = chosen(in_space=True, fits=fitting.is_view)
    pca_view: View | None = chosen(goes_with="dataset pca_axes", fits=fitting.is_view)
