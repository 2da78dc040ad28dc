"""``python -m benchmarks [names] [--keep]``: runs them all, and says whether what must hold holds.

Each benchmark is a process of its own. ``--keep`` writes the tables into benchmarks/README.md,
between its markers. The last line is one JSON object with everything.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.reporting import say, table

HERE = Path(__file__).parent
BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"
Found = dict[str, Any]
Read = Callable[[Found], float]

# name -> words; those without --json print JSON anyway
ALL: dict[str, list[str]] = {
    "startup": ["--json"],
    "latency": ["--json"],
    "lag": ["--json"],
    "stalls": ["--runs", "3", "--json"],
    "theme": ["--json"],
    "timeline": ["--json"],
    "plane": ["--json"],
    "atlas": ["--json"],
    "memory": ["--json"],
    "training": [],
    "pca": ["--json"],
    "evidence": ["--json"],
    "restoring": ["--data", "digits", "--dims", "16", "--seeds", "1", "--json"],
    "anomalies": ["--only", "1", "--seeds", "1", "--json"],
    "pythae_peer": ["--json"],
}


def row(found: Found, key: str, value: str) -> Found:
    """The row of a benchmark's table whose ``key`` is ``value``."""
    return next(r for r in found["rows"] if str(r[key]) == value)


def at(key: str, value: str, figure: str) -> Read:
    """Reads ``figure`` from the row whose ``key`` is ``value``."""
    return lambda found: float(row(found, key, value)[figure])


def inverse(state: str) -> Read:
    """The bare loop's speed over that of the window's training in ``state``."""
    return lambda found: 1 / float(found["against_bare"][state])


def behind(found: Found) -> float:
    """How many nats the best peer's ELBO lies above the bundled model's."""
    return float(found["best_pythae_elbo"] - found["bundled_elbo"])


def against(name: str, other: str, figure: str) -> Read:
    """One's figure over another's, where 16 latents are to restore digits."""

    def read(found: Found) -> float:
        ours, theirs = (row(found, "case", f"digits 16 {who}") for who in (name, other))
        return float(ours[figure] / theirs[figure])

    return read


BOTH, LESS = "training, dragging 60/s", "less import torch"

# What must hold: words, benchmark, how to read the figure, and the bound it must stay under.
BOUNDS: list[tuple[str, str, Read, float]] = [
    ("pointer to pixels, p50 ms", "latency", at("state", "idle", "p50 ms"), 16.7),
    ("... above the bare pass", "latency", at("state", "idle", "p50 - bare ms"), 5.0),
    ("... p99 ms", "latency", at("state", "idle", "p99 ms"), 33.0),
    ("... p50 while training", "latency", at("state", "training", "p50 ms"), 16.7),
    ("... p99 while training", "latency", at("state", "training", "p99 ms"), 33.0),
    ("step of the time line, p50 ms", "timeline", at("data", "fashion", "first p50 ms"), 50.0),
    ("lag p99 ms, training and dragging", "lag", at("state", BOTH, "p99 ms"), 16.7),
    ("... worst ms", "lag", at("state", BOTH, "worst ms"), 50.0),
    ("bare loop / training, closed", "training", lambda found: 1 / float(found["ratio"]), 1 / 0.95),
    ("... window open, resting", "lag", inverse("training"), 1 / 0.95),
    ("... dragging", "lag", inverse(BOTH), 1 / 0.8),
    ("plane frame ms, 70,000 points", "plane", at("points", "70000", "frame ms"), 16.7),
    ("first window s - import torch", "startup", at("what", "first painted window", LESS), 0.0),
    ("first picture s - import torch", "startup", at("what", "first decoded picture", LESS), 0.7),
    ("60,000 pictures, MB", "memory", at("state", "loaded", "above the imports MB"), 350.0),
    ("noise left, denoising-ae / ae", "restoring", against("denoising-ae", "ae", "noise 0.5"), 1.0),
    (
        "noise left, denoising-ae / PCA",
        "restoring",
        against("denoising-ae", "pca", "noise 0.5"),
        1.0,
    ),
    ("hole filled, vae / mean image", "restoring", against("vae", "mean image", "hole"), 1.0),
    ("AUROC, PCA - vae", "anomalies", at("normal", "footwear", "pca - model"), 0.0),
    ("best pythae ELBO - ours, nats", "pythae_peer", behind, 0.0),
]


def run(name: str, words: list[str]) -> Found:
    """One benchmark's JSON; raises RuntimeError with what it said if it failed."""
    say(f"benchmark {name} ...")
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", f"benchmarks.{name}", *words]
    done = subprocess.run(
        command, cwd=HERE.parent, env=env, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"benchmark {name} failed with exit code {done.returncode}")
    found: Found = json.loads(done.stdout.splitlines()[-1])
    return found


def bounds(found: dict[str, Found]) -> list[Found]:
    """What must hold, as far as it was measured."""
    rows = []
    for words, name, read, bound in BOUNDS:
        if name in found:
            value = read(found[name])
            figures = {"measured": round(value, 3), "at most": round(bound, 3)}
            rows.append({"what": words, **figures, "holds": "yes" if value <= bound else "NO"})
    return rows


def text(found: dict[str, Found]) -> str:
    """All tables, in Markdown."""
    machine = f"{len(_cores())} cores, {platform.system()}, Python {platform.python_version()}"
    parts = [f"Measured on {machine}.", _block("What must hold", bounds(found))]
    for name, figures in found.items():
        rest = {k: v for k, v in figures.items() if k not in ("rows", "benchmark")}
        listed = [{"figure": k, "value": v} for k, v in rest.items() if not isinstance(v, list)]
        parts += [_block(name, figures["rows"])] if "rows" in figures else []
        parts += [_block(name, listed)] if listed else []
    return "\n\n".join(parts)


def _cores() -> list[int]:
    affinity = getattr(os, "sched_getaffinity", None)
    return list(affinity(0) if affinity else range(os.cpu_count() or 1))


def _block(name: str, rows: list[Found]) -> str:
    return f"### {name}\n\n```text\n{table(rows)}\n```" if rows else ""


def keep(report: str) -> None:
    """Write the report between the markers of README.md."""
    path = HERE / "README.md"
    before, rest = path.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    path.write_text(f"{before}{BEGIN}\n\n{report}\n\n{END}{after}", encoding="utf-8")


def main() -> int:
    """Run what is asked for; 1 if something that must hold does not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of: {', '.join(ALL)}")
    parser.add_argument("--keep", action="store_true", help="write benchmarks/README.md")
    given = parser.parse_args()
    unknown = set(given.names) - set(ALL)
    if unknown:
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}")
    found = {name: run(name, ALL[name]) for name in (given.names or ALL)}
    report = text(found)
    print(report)
    if given.keep:
        keep(report)
    print(json.dumps({"bounds": bounds(found), **found}))
    return int(any(r["holds"] == "NO" for r in bounds(found)))


if __name__ == "__main__":
    sys.exit(main())
