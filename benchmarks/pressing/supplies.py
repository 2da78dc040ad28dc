"""The files that a random user opens, drops and saves to: good ones, and bad ones."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from explorer import paths
from explorer.models import checkpoint
from explorer.models.autoencoder import build, weights_of

BUNDLED = ("fashion", "digits", "emoji", "waves", "wine")


@dataclass(frozen=True)
class Supplies:
    """good: data, pictures and models; bad: what gets one sentence; folder: where all lies.

    pictures: single ones, of the good.
    """

    folder: Path
    good: tuple[Path, ...]
    bad: tuple[Path, ...]
    pictures: tuple[Path, ...]

    def any(self, rng: random.Random) -> Path:
        """One of them, a good one more often."""
        return rng.choice(self.good if rng.random() < 0.7 else self.bad)

    def target(self, rng: random.Random) -> Path:
        """Where something may be saved; now and then where nothing can be."""
        names = [
            "a.png", "b.svg", "c.gif", "d.csv", "e.npz", "f.npy", "g.jpg", "h", "model-a",
            "model-b", "missing/i.png", "no\0name",
        ]  # fmt: skip
        return self.folder / "saved" / rng.choice(names)


def prepare(folder: Path) -> Supplies:
    """Make them all in ``folder``."""
    (folder / "saved").mkdir(parents=True)
    own = _pictures(folder)
    good = (*_arrays(folder), *_tables(folder), *own, *_models(folder))
    singles = tuple(path for path in own if path.is_file())
    return Supplies(folder, good, tuple(_bad(folder)), singles)


def _arrays(folder: Path) -> list[Path]:
    rng = np.random.default_rng(0)
    small, coloured = folder / "small.npy", folder / "coloured.npz"
    np.save(small, rng.integers(0, 256, (60, 6, 6), dtype=np.uint8))
    labels = rng.integers(0, 3, 40)
    np.savez(coloured, x=rng.integers(0, 256, (40, 8, 8, 3), dtype=np.uint8), labels=labels)
    return [small, coloured]


def _tables(folder: Path) -> list[Path]:
    rng = np.random.default_rng(1)
    wide, narrow = folder / "table.csv", folder / "column.csv"
    rows = rng.normal(size=(80, 3)) @ rng.normal(size=(3, 5))
    lines = ["a,b,c,d,e,kind", *(",".join(f"{v:.4f}" for v in r) + f",k{len(r)}" for r in rows)]
    wide.write_text("\n".join(lines), encoding="utf-8")
    narrow.write_text("\n".join(["x", *(f"{r[0]:.4f}" for r in rows)]), encoding="utf-8")
    return [wide, narrow]


def _pictures(folder: Path) -> list[Path]:
    rng, own = np.random.default_rng(2), folder / "own pictures"
    for label in ("one", "two"):
        (own / label).mkdir(parents=True)
        for i in range(12):
            pixels = rng.integers(0, 256, (16, 16, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(own / label / f"{i}.png")
    grey = folder / "grey.png"
    Image.fromarray(rng.integers(0, 256, (28, 28), dtype=np.uint8)).save(grey)
    return [own, own / "one" / "0.png", own / "two" / "3.png", grey]


def _models(folder: Path) -> list[Path]:
    made = []
    for name in ("fashion-vae", "digits-vae"):
        made.append(folder / name)
        shutil.copytree(paths.checkpoints() / name, made[-1])
    return [*made, _shifted(folder / "far-vae", 1e5), _quantised(folder / "digits-vq")]


def _quantised(folder: Path) -> Path:
    """An untrained model with a codebook."""
    model = checkpoint.load(paths.checkpoints() / "digits-vae")
    config = replace(model.config, preset="vq-vae", latent_dim=4, hidden=32)
    weights = weights_of(build(config, model.preparation, seed=0))
    made = replace(model, id=folder.name, path=None, config=config, weights=weights)
    checkpoint.save(folder, made)
    return folder


def _shifted(folder: Path, by: float) -> Path:
    """A model whose codes lie far out."""
    model = checkpoint.load(paths.checkpoints() / "digits-vae")
    name = next(name for name in model.weights if "posterior" in name and name.endswith("bias"))
    far = np.full_like(model.weights[name], by)
    made = replace(model, id=folder.name, path=None, weights={**model.weights, name: far})
    checkpoint.save(folder, made)
    return folder


def _bad(folder: Path) -> list[Path]:
    notes, empty, cut = folder / "notes.txt", folder / "empty", folder / "cut.npz"
    notes.write_text("These are notes, not data.", encoding="utf-8")
    empty.mkdir()
    cut.write_bytes(b"PK\x03\x04 not what it seems")
    blank = folder / "blank.png"
    blank.write_bytes(b"")
    torn = folder / "torn-vae"
    shutil.copytree(paths.checkpoints() / "digits-vae", torn)
    weights = torn / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1000])
    odd = folder / "odd-vae"
    shutil.copytree(paths.checkpoints() / "digits-vae", odd)
    (odd / "model.json").write_text(json.dumps({"format": 1}), encoding="utf-8")
    wild = _shifted(folder / "wild-vae", 1e25)  # beyond what can be drawn
    return [notes, empty, cut, blank, torn, odd, wild, folder / "missing.npy"]
