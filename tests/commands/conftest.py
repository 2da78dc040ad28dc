"""One small data set and one small checkpoint for all commands, called in-process."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.cli import main
from tests.fakes import toy_dataset

Call = Callable[..., Any]

PROGRESS = re.compile(r" *\d+ %  ")  # on a slow machine, or a busy one


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    toy = toy_dataset(60)
    path = tmp_path_factory.mktemp("data") / "blobs.npz"
    np.savez(path, x=toy.x, y=toy.labels)
    return str(path)


@pytest.fixture(scope="session")
def checkpoint(data: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    out = str(tmp_path_factory.mktemp("model") / "vae")
    words = ["train", data, "--out", out, "--epochs", "2", "--set", "hidden=16", "dropout=0"]
    assert main(words) == 0
    return out


@pytest.fixture(scope="session")
def plain(data: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A plain autoencoder."""
    out = str(tmp_path_factory.mktemp("model") / "ae")
    words = ["train", data, "--out", out, "--model", "ae", "--epochs", "1", "--set", "hidden=16"]
    assert main(words) == 0
    return out


@pytest.fixture
def done(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run words that must succeed with ``--json``; the JSON object."""

    def call(*words: object) -> Any:
        code = main([*map(str, words), "--json"])
        out, err = capsys.readouterr()
        assert code == 0, err
        return json.loads(out.splitlines()[-1], parse_constant=pytest.fail)

    return call


@pytest.fixture
def failed(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run words that must fail with the code given; the one line on stderr besides progress."""

    def call(code: int, *words: object) -> str:
        assert main([*map(str, words)]) == code
        out, err = capsys.readouterr()
        assert out == ""
        said = [line for line in err.splitlines() if not PROGRESS.match(line)]
        assert len(said) == 1 and said[0].startswith("error: ")
        return said[0]

    return call


@pytest.fixture
def copied(checkpoint: str, tmp_path: Path) -> Path:
    """A checkpoint that may be damaged."""
    import shutil

    return Path(shutil.copytree(checkpoint, tmp_path / "copy"))
