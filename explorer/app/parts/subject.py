"""What is looked at: the data, the model, and what is known of both."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.analysis.pca import Pca
from explorer.app.parts import fitting
from explorer.app.parts.rules import answer, chosen, shown
from explorer.app.parts.values import Vector, preparation_of, space_of
from explorer.compute.measuring.usual import Usual
from explorer.compute.references import DataReference, ModelReference, OwnReference
from explorer.data.dataset import Dataset, Preparation
from explorer.data.pictures.own import Own
from explorer.models.config import Codes, ModelSnapshot


@dataclass(frozen=True, eq=False)
class SubjectPart:
    """codes: of ``model`` and ``dataset``, whatever was asked for: `State.update` drops all others.

    pca_scores: (n, k) of every sample. epoch: of the model shown. own: pictures of the user's own
    that are looked at instead of a sample: `State.update` keeps one of the two. usual: what the
    errors of samples stay below under ``model``, while own pictures are looked at.
    """

    dataset: Dataset | None = shown(reference=DataReference)
    model: ModelSnapshot | None = shown(reference=ModelReference)
    codes: Codes | None = shown(follows="the model encodes the data")
    pca: Pca | None = shown(follows="it is fitted to the data", goes_with="dataset")
    pca_scores: Vector | None = shown(follows="PCA projects the data", goes_with="dataset")
    epoch: float | None = shown(fits=fitting.is_epoch)
    own: Own | None = chosen(reference=OwnReference, fits=fitting.is_sample_like)
    usual: Usual | None = answer("dataset model", to="what errors are usual")

    @property
    def space(self) -> str | None:
        """What z means (`space_of`)."""
        return None if self.model is None else space_of(self.model)

    @property
    def whole_codes(self) -> Codes | None:
        """The codes, where they are of every sample and not of some as while training."""
        whole = self.codes is not None and len(self.codes.index) == len(self.dataset or ())
        return self.codes if whole else None

    @property
    def preparation(self) -> Preparation | None:
        """Of the data shown, or of the model's where there is no data."""
        return preparation_of(self.dataset, self.model)
