"""Toys that every question can be asked about: found by the names of its fields.

A question that is added has its toys already if its fields are called as those of others are; a
name that is new gets a line here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from explorer.analysis import pca
from explorer.analysis.latent.paths import LatentPath
from explorer.compute.analyses.encode import FindCodes
from explorer.compute.decoding.tiles import Slice, Tile
from explorer.compute.keeping.save import Save
from explorer.compute.path.pictures import DecodePath, PathPictures
from explorer.compute.question import Question, settings_of
from explorer.data.dataset import Floats
from explorer.data.opening import open_dataset
from explorer.data.pictures.own import Own, OwnPicture
from explorer.export.things import pictured
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.training.config import TrainingConfig
from explorer.training.record import moment_file
from explorer.training.record.curve import empty
from explorer.training.record.moment import Moment, moment_of
from tests.compute.small import DATA, snapshot

Toys = Mapping[str, Callable[[Path], Any]]  # each may write into a folder
Z = np.array([0.5, -1.0], np.float32)
PATH = LatentPath(np.array([[0, 0], [1, 2]], np.float32))
FEW = {
    "samples": 5,
    "draws": 5,
    "most": 10,
    "starts": 10,
    "steps": 3,
    "epochs": 1,
    "repeats": 2,
    "fresh": True,
}


@cache
def model() -> ModelSnapshot:
    return snapshot()


@cache
def quantised() -> ModelSnapshot:
    return snapshot("vq-vae", latent_dim=4, options={"codes": 40.0})


@cache
def codes() -> Codes:
    return FindCodes(model(), DATA).answer()


@cache
def film() -> PathPictures:
    return DecodePath(PATH, model(), 5).answer()


def warm() -> None:
    """Make what others share; this thread keeps the modules that it takes."""
    codes(), film(), quantised()


def picture(folder: Path) -> Path:
    path = folder / "own.png"
    Image.fromarray(DATA.picture(3)[..., 0]).save(path)
    return path


def data(folder: Path) -> str:
    np.save(folder / "data.npy", (DATA.x[..., 0] * 255).astype(np.uint8))
    return str(folder / "data.npy")


def moment(folder: Path) -> Moment:
    return moment_file.write(folder, "run", moment_of(1, 1.0, model(), codes())).released()


def runs(folder: Path) -> Path:
    for name in ("one", "two"):
        Save(folder / name, model()).answer()
    return folder


def first_two(rows: Floats) -> Floats:
    return rows[:, :2]


@cache
def plane_slice() -> Slice:
    """The codes themselves, of two dimensions."""
    made = model()
    return Slice(made.id, "z", {}, made.preparation, lambda points: points, made)


def just(value: Any) -> Callable[[Path], Any]:
    return lambda _: value


TOYS: Toys = {
    "model": lambda _: model(),
    "other": lambda _: snapshot(seed=1),
    "dataset": just(DATA), "preparation": just(DATA.preparation),
    "sample": just(3), "hover": just(3), "codes": lambda _: codes(),
    "pca": lambda _: pca.fit(DATA, 4), "axes": just((0, 1)), "point": just(Z), "z": just(Z),
    "rows": just(DATA.unit(slice(3))), "path": just(PATH), "count": just(5),
    "path_pictures": lambda _: film(), "curve": just(empty(1, 1)), "moment": moment,
    "own": just(Own((OwnPicture("five", DATA.picture(5), DATA.preparation),))),
    "folder": runs, "source": data, "sources": lambda folder: (picture(folder),),
    "paths": lambda folder: (str(picture(folder)),),
    "target": lambda folder: folder / "written.png",
    "thing": just(pictured("a", "it", DATA.picture(3))),
    "binarisation": just("fixed"), "position": just(1), "spare": just(()),
    "keep": lambda folder: folder / "kept", "training": just(TrainingConfig(epochs=1)),
    "lay": just(first_two), "slice": lambda _: plane_slice(),
    "tiles": just((Tile(0, 0, 0), Tile(1, 0, -1))),
}  # fmt: skip
OWN: dict[str, Toys] = {  # where a name means another thing than it does elsewhere, by question
    "binarise": {"dataset": lambda folder: open_dataset(data(folder)), "model": just(None)},
    "codes": {"model": lambda _: quantised(), "codes": just(None)},
    "palette": {"model": lambda _: quantised(), "held": just((5, 12))},
    "prior": {"model": lambda _: snapshot("gmm-vae")},
    "decode a line": {
        "model": lambda _: snapshot(latent_dim=1),
        "low": just(-1.0),
        "high": just(1.0),
    },
    "project": {"z": just(np.stack([Z, -Z]))},
    "decode codes": {"z": just(("0.5,-1", "1,2"))},
    "train": {"model": just(ModelConfig(hidden=16))},
    "linear truth": {"model": just("linear-vae")},
    "prune": {"limits": just((1, 2**40))},
    "restore": {"known": just(np.arange(64).reshape(8, 8) < 48)},
    "path route": {"path": just(LatentPath(PATH.points, "neighbours"))},
}


def toy(kind: type[Question[Any]], folder: Path) -> Question[Any]:
    """One of that kind about toys, which are written into ``folder`` where they are files."""
    own, settings = OWN.get(kind.name, {}), {s.name for s in settings_of(kind)}
    given: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        made = own.get(field.name)
        if made is None and field.default is dataclasses.MISSING:
            made = TOYS.get(field.name) or pytest.fail(
                f"what is {field.name!r} of the question {kind.name!r}? "
                "tests/compute/toys.py has no toy of that name: give it a line there"
            )
        if made is not None:
            given[field.name] = made(folder)
        elif field.name in settings and field.name in FEW:
            given[field.name] = FEW[field.name]
    return kind(**given)
