"""One small data set and one small checkpoint for all commands, called in-process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.cli import main
from tests.fakes import toy_dataset

Call = Callable[..., Any]


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
    """Run words that must fail with the code given; the one line on stderr."""

    def call(code: int, *words: object) -> str:
        assert main([*map(str, words)]) == code
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1 and err.startswith("error: ") and "Traceback" not in err
        return err.strip()

    return call


@pytest.fixture
def copied(checkpoint: str, tmp_path: Path) -> Path:
    """A checkpoint that may be damaged."""
    import shutil

    return Path(shutil.copytree(checkpoint, tmp_path / "copy"))
