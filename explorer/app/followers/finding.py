"""What is found of data and model as they come: principal components, and codes where asked for."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from explorer.analysis.pca import Pca
from explorer.app.background.answers import Answers
from explorer.app.state import State
from explorer.compute.analyses.encode import FindCodes
from explorer.compute.encoding.principal import FitPca
from explorer.data.dataset import Floats
from explorer.models.config import Codes


class Finding(QObject):
    """Fills in ``codes``, ``pca`` and ``pca_scores``."""

    def __init__(self, state: State, answers: Answers, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._answers = state, answers
        state.watch("dataset", self._fit_pca, last=True)

    def encode(self) -> None:
        """Find the codes of every sample of the data set."""
        now = self._state.now
        if now.model is not None and now.dataset is not None:
            question = FindCodes(now.model, now.dataset)
            self._answers.ask(question, self._show_codes, owner=self)

    def _show_codes(self, codes: Codes) -> None:
        """Codes that were asked for; the moment of their model has them too."""
        now = self._state.now
        moments = tuple(
            replace(moment, codes=codes) if moment.model is now.model else moment
            for moment in now.moments
        )
        self._state.update(source=self, codes=codes, moments=moments)

    def _fit_pca(self) -> None:
        data = self._state.now.dataset
        if data is not None and self._state.now.pca is None:
            self._answers.ask(FitPca(data), self._show_pca, owner=self)

    def _show_pca(self, answer: tuple[Pca, Floats]) -> None:
        self._state.update(source=self, pca=answer[0], pca_scores=answer[1])
