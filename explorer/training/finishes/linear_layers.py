"""What the finishes of linear models share: their layers, and where the data vary most."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from explorer.models.batches import unit
from explorer.training.finishes import Between
from explorer.training.run import Run

Doubles = NDArray[np.float64]

CHUNK_VALUES = 2**22  # floats of the data that stand in memory at once
WIDER = 10  # directions beyond those of the codes, so that the iteration is quick
ROUNDS, SETTLED = 300, 1e-5  # of the iteration: at most, and the turn in radians when it may stop


def linear_layer(module: nn.Module) -> nn.Linear:
    """The one linear layer of a piece."""
    (layer,) = (one for one in module.modules() if isinstance(one, nn.Linear))
    return layer


def weight_of(layer: nn.Linear) -> Doubles:
    """Its matrix: (out, in)."""
    return _doubles(layer.weight)


def affine(layer: nn.Linear, row: Doubles) -> Doubles:
    """What a layer makes of a row: (in,) -> (out,)."""
    made: Doubles = _doubles(layer.weight) @ row + _doubles(layer.bias)
    return made


def give(layer: nn.Linear, weight: Doubles, bias: Doubles) -> None:
    """Put a matrix (out, in) and a bias (out,) into a layer."""
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(weight))
        layer.bias.copy_(torch.from_numpy(bias))


def moments(run: Run, between: Between) -> tuple[Doubles, float]:
    """The mean sample (D,), and the variance of all features together, of the training part."""
    total, squares = np.zeros(run.data[0].numel()), 0.0
    first = next(_rows(run, between))[0]  # squares of differences: no digits are lost
    for rows in _rows(run, between):
        total += (rows - first).sum(axis=0)
        squares += float(np.square(rows - first).sum())
    away = total / len(run.data)
    return first + away, squares / len(run.data) - float(away @ away)


def leading(run: Run, mean: Doubles, start: Doubles, between: Between) -> tuple[Doubles, Doubles]:
    """The d largest variances, falling, and their directions: (d,), (D, d); d at most D.

    Subspace iteration from ``start`` (D, d), until the subspace turns no more. On linear layers it
    is solving for one and then for the other.
    """
    features, d = start.shape
    more = np.random.default_rng(0).standard_normal((features, WIDER))  # up to D count
    basis, before = np.linalg.qr(np.hstack([start, more]))[0], None
    for _ in range(ROUNDS):
        image = np.zeros(basis.shape)  # of the basis under the covariance
        for rows in _rows(run, between):
            away = rows - mean
            image += away.T @ (away @ basis) / len(run.data)
        values, vectors = (part[..., ::-1] for part in np.linalg.eigh(basis.T @ image))
        found = values[:d], (basis @ vectors)[:, :d]
        if before is not None and _turn(before, found[1]) <= SETTLED:
            break
        basis, before = np.linalg.qr(image @ vectors)[0], found[1]
    return found


def _turn(one: Doubles, other: Doubles) -> float:
    """The largest angle between two subspaces with orthonormal bases: radians, if it is small."""
    return float(np.linalg.norm(other - one @ (one.T @ other), ord=2))


def _rows(run: Run, between: Between) -> Iterator[Doubles]:
    """The training part in the model's units, a chunk at a time: (b, D), in C, H, W order."""
    for part in torch.split(run.data, max(1, CHUNK_VALUES // run.data[0].numel())):
        between()
        yield unit(part, run.levels).flatten(1).cpu().double().numpy()


def _doubles(tensor: torch.Tensor) -> Doubles:
    return tensor.detach().cpu().double().numpy()
