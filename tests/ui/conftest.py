"""Toy data, and a session that writes down what it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from explorer.analysis.pca import Pca, fit
from explorer.app.background.answers import Answers
from explorer.app.background.jobs import Jobs
from explorer.app.state import State
from explorer.compute.comparing.sample import Comparison
from explorer.compute.decoding.latent import Decoded
from explorer.compute.decoding.linear import LinearDecoded
from explorer.compute.question import Question
from explorer.data.dataset import Dataset, Preparation
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.training.record.curve import Curve, empty
from explorer.training.record.curve_writer import CurveWriter
from explorer.training.record.moment import moment_of

N, SIDE = 60, 8


class NoAtlas(QObject):
    """Nothing is decoded below the points, and nothing will be."""

    changed = Signal(object)

    def want(self, *_: Any) -> None:
        """Heard, and no more."""

    def of(self, _slice: Any) -> dict[Any, Any]:
        return {}

    def is_due(self, _who: Any) -> bool:
        return False

    def failed(self, _slice: Any) -> bool:
        return True


class Asked:
    """In the session's place: every verb is kept as (name, arguments), and nothing happens."""

    def __init__(self, answers: Answers) -> None:
        self.answers, self.state = answers, answers.state
        self.calls: list[tuple[str, Any]] = []
        self.atlas = NoAtlas()

    def __getattr__(self, name: str) -> Any:
        def verb(*args: Any, **kwargs: Any) -> None:
            self.calls.append((name, (*args, *kwargs.values())))

        return verb

    def last(self, name: str) -> Any:
        """The first argument of the newest call of a verb."""
        return self.given(name)[0]

    def given(self, name: str) -> tuple[Any, ...]:
        """All arguments of the newest call of a verb."""
        return next(args for called, args in reversed(self.calls) if called == name)

    def count(self, name: str) -> int:
        """How often a verb was called."""
        return sum(called == name for called, _ in self.calls)


class Toy:
    """A data set of three classes, a model without weights, and what follows from them."""

    def __init__(self, latent_dim: int = 2) -> None:
        rng = np.random.default_rng(0)
        self.data = Dataset(
            "toy",
            rng.integers(0, 256, (N, SIDE, SIDE, 1), np.uint8),
            Preparation(SIDE, SIDE),
            np.arange(N) % 5 == 0,
            np.arange(N, dtype=np.int64) % 3,
            ("apple", "pear", "plum"),
        )
        config = ModelConfig(latent_dim=latent_dim)
        self.model = ModelSnapshot("m", config, self.data.preparation, {})
        mean = rng.normal(size=(N, latent_dim)).astype(np.float32)
        kl = np.linspace(0.0, 2.0, latent_dim, dtype=np.float32)
        self.codes = Codes("m", mean, np.ones_like(mean), np.arange(N), kl)
        self.pca: Pca = fit(self.data, 20)
        self.scores = self.pca.project(self.data.unit(slice(None)))[:, :16]

    def show(self, state: State) -> None:
        """Put all of it into the state."""
        dim = self.model.config.latent_dim
        state.update(
            dataset=self.data, model=self.model, codes=self.codes, model_config=self.model.config,
            z=np.zeros(dim, np.float32), pca=self.pca, pca_scores=self.scores,
        )  # fmt: skip

    def picture(self, value: int) -> NDArray[np.uint8]:
        """A picture of one grey."""
        return np.full((SIDE, SIDE, 1), value, np.uint8)

    def decoded(self, value: int) -> Decoded:
        """As the decoder would answer."""
        return Decoded(np.zeros(2, np.float32), self.picture(value))

    def linear(self, value: int) -> LinearDecoded:
        """As PCA would answer."""
        point = np.array([1.0, -2.0], np.float32)
        return LinearDecoded((0, 1), point, self.picture(value), None)

    def comparison(self, index: int) -> Comparison:
        """Of one sample."""
        return Comparison(
            index, self.data.picture(index), self.picture(10), self.picture(20),
            0.0123, 0.0456, None, None, 2,
        )  # fmt: skip

    def curve(self, count: int) -> Curve:
        """So many rows, half an epoch apart, of a training of ten epochs."""
        writer = CurveWriter(empty(2000, 10))
        for i in range(1, count + 1):
            writer.add(1000 * i, [64], np.array([[-95.0 + i, 5.0, -102.0 + i]]))
            if i % 2:
                writer.test(1000 * i, -101.0 + i)
        return writer.curve

    def trained(self, count: int) -> dict[str, Any]:
        """The curve and its moments, one a row, as the state has them."""
        moments = [moment_of(i, i / 2, self.model, self.codes) for i in range(1, count + 1)]
        return {"moments": tuple(moments), "curve": self.curve(count)}


@pytest.fixture
def asked(state: State, jobs: Jobs) -> Asked:
    """A session that only listens."""
    return Asked(Answers(state, jobs, jobs))


@pytest.fixture
def toy() -> Toy:
    """Toy data with two latent dimensions."""
    return Toy()


@pytest.fixture
def wide_toy() -> Toy:
    """Toy data with sixteen latent dimensions, the first of them dead."""
    return Toy(16)


@pytest.fixture
def light(qapp: Any) -> Iterator[None]:
    """The light theme; and it again at the end."""
    from explorer.ui.themes import theme

    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, "light")


@pytest.fixture
def shown(qtbot: Any) -> Callable[..., Any]:
    """Puts a widget on the screen in a size, and takes it away at the end."""

    def show(widget: QWidget, width: int, height: int) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        return widget

    return show


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Any]]:
    """Has a function answer the questions of a kind; returns the list of those that are asked."""

    def answer(kind: type[Question[Any]], given: Callable[[Any], Any]) -> list[Any]:
        asked: list[Any] = []

        def told(question: Any, _task: object) -> Any:
            asked.append(question)
            return given(question)

        monkeypatch.setattr(kind, "answer", told)
        return asked

    return answer


def choose(within: QWidget, name: str, value: object) -> None:
    """Choose from the list called ``name`` what stands for ``value``, as a user does."""
    box = within.findChild(QComboBox, name)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())
