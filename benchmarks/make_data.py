"""Makes the bundled signals and table in ``resources/datasets``: the one program that wrote them.

    python benchmarks/make_data.py

waves: five shapes whose height, pitch and place vary, with a little noise; a formula of ours.
wine: scikit-learn's copy of the UCI set, renamed only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer import paths

Doubles = NDArray[np.float64]
LENGTH, EACH = 128, 240
SHAPES = ("sine", "square", "saw", "heartbeat", "chirp")
STEP = 64  # values are multiples of 1 / 64: exact in float16, and they pack well


def wave(shape: str, at: Doubles) -> Doubles:
    """One of SHAPES at phases in cycles."""
    phase = at % 1.0
    if shape == "square":
        return np.where(phase < 0.5, 1.0, -1.0)
    if shape == "saw":
        return 2.0 * phase - 1.0
    if shape == "heartbeat":  # a bump, a dip, a spike, a dip and a bump, as P, Q, R, S and T
        beats = ((0.2, 0.15, 0.03), (0.36, -0.2, 0.012), (0.4, 1.6, 0.014), (0.44, -0.35, 0.014))
        parts = [
            h * np.exp(-(((phase - p) / w) ** 2) / 2) for p, h, w in (*beats, (0.65, 0.3, 0.05))
        ]
        return np.sum(parts, axis=0)
    return np.sin(2.0 * np.pi * at)


def waves(seed: int = 0) -> dict[str, NDArray[np.generic]]:
    """x (1200, 128) float16, y (1200,) and the names of the shapes."""
    random = np.random.RandomState(seed)
    time = np.linspace(0.0, 1.0, LENGTH)
    rows = []
    for shape in SHAPES:
        for _ in range(EACH):
            pitch, place = random.uniform(1.5, 3.0), random.uniform(-0.15, 0.15)
            height, bent = random.uniform(0.6, 1.2), 0.7 if shape == "chirp" else 0.0
            at = pitch * time * (1.0 + bent * time) + place
            rows.append(height * wave(shape, at) + random.normal(0.0, 0.03, LENGTH))
    order = random.permutation(len(rows))
    x = (np.rint(np.array(rows) * STEP) / STEP).astype(np.float16)
    y = np.repeat(np.arange(len(SHAPES)), EACH).astype(np.uint8)
    names = {"classes": np.array(SHAPES), "kind": np.array("signals")}
    return {"x": x[order], "y": y[order], **names}


def wine() -> dict[str, NDArray[np.generic]]:
    """x (178, 13) float64, y (178,), the growers and the names of the measurements."""
    from sklearn.datasets import load_wine

    found = load_wine()
    columns = [name.replace("_", " ").replace("/", " / ") for name in found.feature_names]
    classes = np.array([f"grower {i + 1}" for i in range(3)])
    names = {"classes": classes, "columns": np.array(columns), "kind": np.array("table")}
    return {"x": found.data, "y": found.target.astype(np.uint8), **names}


def main() -> None:
    """Write both files."""
    for name, arrays in (("waves", waves()), ("wine", wine())):
        np.savez_compressed(paths.resources() / "datasets" / f"{name}.npz", **arrays)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
