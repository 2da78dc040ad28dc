"""Nothing is built or encoded twice in one command, except for another purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from torch import Tensor

from explorer.compute.live import _kept_modules
from explorer.models import autoencoder
from explorer.models.autoencoder import Autoencoder
from tests.commands.conftest import Call
from tests.fakes import toy_dataset


class Counts:
    """built: models put together. encoded: how often each of the samples went into an encoder."""

    def __init__(self) -> None:
        toy = toy_dataset(60)
        rows = toy.unit(slice(None))
        self.built = 0
        self.encoded: Counter[int] = Counter()
        self._which = {row.astype(np.float32).tobytes(): i for i, row in enumerate(rows)}
        assert len(self._which) == 60  # no two are alike

    def encode(self, x: Tensor) -> None:
        """Take note of a batch (B, C, H, W); what is no sample, as a noisy one, has no number."""
        for row in x.reshape(len(x), -1).cpu().numpy():
            which = self._which.get(row.tobytes())
            if which is not None:
                self.encoded[which] += 1


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counts:
    found = Counts()
    _kept_modules().clear()  # of the commands before

    def counted(do: Callable[..., object], note: Callable[..., None]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            note(*arguments)
            return do(*arguments)

        return call

    def built(*_: object) -> None:
        found.built += 1

    monkeypatch.setattr(
        Autoencoder, "encode", counted(Autoencoder.encode, lambda _, x: found.encode(x))
    )
    monkeypatch.setattr(autoencoder, "assemble", counted(autoencoder.assemble, built))
    return found


CODES, DRAWS, REFINING = 1, 1, 1  # what a sample may be encoded for: a purpose each
LEVELS = 1  # the model of masses is measured as another one: its draws,
BANK = 1  # and where its modes may be, by the training part
COMMANDS = {
    "evaluate": ((), CODES + DRAWS + LEVELS),
    "evaluate --gaps": (("--gaps",), CODES + DRAWS + REFINING + LEVELS),
    "evaluate --split train": (("--split", "train"), CODES + DRAWS + LEVELS + BANK),
    "compare": ((), CODES),
    "compare --split train": (("--split", "train"), CODES),
    "compare --split all": (("--split", "all"), CODES),
    "anomalies": (("--out", "a.csv", "--normal", "0"), CODES + DRAWS),
    "probe": (("--repeats", "3"), CODES),
    "denoise": (("--out", "a.png"), 0),
    "inpaint": (("--out", "a.png", "--steps", "1"), CODES),
    "sample": (("--out", "a.png"), CODES),
    "encode": (("--out", "a.npz"), CODES),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_one_build_and_one_pass(
    name: str, data: str, checkpoint: str, tmp_path: Path, counts: Counts, done: Call
) -> None:
    words, purposes = COMMANDS[name]
    placed = [tmp_path / word if word.startswith("a.") else word for word in words]
    few = ("--samples", "3") if name.startswith("evaluate") else ()
    done(name.partition(" ")[0], checkpoint, data, *placed, *few)
    assert counts.built == 1
    assert max(counts.encoded.values(), default=0) == purposes


@pytest.mark.parametrize("name", ["evaluate --gaps", "anomalies"])
def test_points_are_for_one_purpose(
    name: str, data: str, plain: str, tmp_path: Path, counts: Counts, done: Call
) -> None:
    """There is nothing to draw or to refine where a code is a point."""
    words = (*name.split()[1:], *(("--out", tmp_path / "a.csv") if name == "anomalies" else ()))
    done(name.partition(" ")[0], plain, data, *words)
    assert counts.built == 1
    assert max(counts.encoded.values()) == CODES + (REFINING if "--gaps" in words else 0)


@pytest.mark.parametrize("words", [("decode", "--z", "0,0"), ("atlas", "--size", "2")])
def test_pictures_need_no_encoder(
    words: tuple[str, ...], checkpoint: str, tmp_path: Path, counts: Counts, done: Call
) -> None:
    done(words[0], checkpoint, *words[1:], "--out", tmp_path / "a.png")
    assert counts.built == 1 and not counts.encoded


def test_the_truth_watches_with_one_model(data: str, counts: Counts, done: Call) -> None:
    """One is trained, and one is shown its moments."""
    found = done("linear-truth", data, "--epochs", "3")
    assert found["curve"] and counts.built == 2
