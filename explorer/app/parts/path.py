"""Ways through latent space and the places that were marked in it."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.analysis.latent.paths import LatentPath
from explorer.app.parts import fitting
from explorer.app.parts.rules import answer, chosen
from explorer.app.parts.values import Bookmark, Vector
from explorer.compute.path.pictures import PathPictures
from explorer.compute.path.survey import PathMeasurements


@dataclass(frozen=True, eq=False)
class PathPart:
    """path: a way through latent space. path_pictures: what is decoded along it, and survey: where
    it leaves the data, as far as they are known. path_at: how far along the path the moving dot is,
    0 to 1. mark_a, mark_b: (d,) the two ends that a path may join. bookmarks: of all models.
    """

    path: LatentPath | None = chosen(goes_with="space", in_space=True, fits=fitting.is_path)
    path_pictures: PathPictures | None = answer("path space", to="the pictures along the path")
    survey: PathMeasurements | None = answer("path space", to="where the path leaves the data")
    path_at: float = chosen(0.0, goes_with="path space", in_space=True, fits=fitting.is_share)
    mark_a: Vector | None = chosen(goes_with="space", in_space=True, fits=fitting.is_code)
    mark_b: Vector | None = chosen(goes_with="space", in_space=True, fits=fitting.is_code)
    bookmarks: tuple[Bookmark, ...] = chosen((), setting=True, fits=fitting.are_bookmarks)
