"""A random user of the real window: what breaks, what waits, what grows.

    python -m benchmarks.presser [--seed 0] [--actions 2000] [--minutes N] [--json]

The last deed is in the log before it is done, so that a crash tells of it. What must hold is in
benchmarks/pressing: rules.py, sights.py, screens.py; growth is MB a minute after the first third.
"""

from __future__ import annotations

import argparse
import gc
import os
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import synthetic_input
from benchmarks.pressing.presser import Presser, pressing
from benchmarks.pressing.weighing import Weight, kinds, weigh
from benchmarks.reporting import report, say
from explorer.ui.window import MainWindow

EVERY = 100  # deeds from one look at the process to the next
THIRD = 1 / 3  # of the run goes by before growth counts: modules come, and caches fill
MOST = 20  # kinds of complaints, of objects and of stalls that are told


def run(presser: Presser, actions: int, minutes: float) -> tuple[list[Weight], Counter[str]]:
    """Press so often, or so long; the process on the way, and which objects came since a third."""
    start, weights = time.monotonic(), [weigh(presser.window, 0, 0.0)]
    third: Counter[str] = Counter()
    while presser.pressed < actions:
        done = (time.monotonic() - start) / (60 * minutes) if minutes else 0.0
        if done > 1:
            break
        if not third and max(done, presser.pressed / actions) > THIRD:
            third = kinds()
        before = len(presser.complaints)
        say(f"{presser.pressed} {presser.press()}")
        for complaint in presser.complaints[before:]:
            say(f"!! {complaint}")
        if presser.pressed % EVERY == 0:
            weights.append(weigh(presser.window, presser.pressed, time.monotonic() - start))
            say(f"-- {weights[-1]}")
            presser.heart.rest()
    came = kinds()
    came.subtract(third)
    return weights, came


def growth(weights: list[Weight], figure: str) -> float:
    """How much a figure grows in a minute after the first third, by least squares."""
    late = weights[int(len(weights) * THIRD) :]
    if len(late) < 2:
        return 0.0
    x, y = [w.seconds / 60 for w in late], [float(getattr(w, figure)) for w in late]
    mx, my = sum(x) / len(x), sum(y) / len(y)
    spread = sum((a - mx) ** 2 for a in x)
    return sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / spread if spread else 0.0


def figures(presser: Presser, weights: list[Weight]) -> dict[str, object]:
    """What is reported below the table."""
    late = presser.heart.late
    own = [one for one in late if one[1] > 50]
    grown = {
        f: round(growth(weights, f), 2) for f in ("rss", "trimmed", "past", "qobjects", "objects")
    }
    worst = sorted(own, key=lambda one: -one[1])[:MOST]
    return {
        "pressed": presser.pressed,
        "checked": presser.checked,
        "complaints": len(presser.complaints),
        "deeds": dict(presser.done.most_common()),
        "kinds_of_widgets": len(presser.touched),
        "menus": {k: n for k, n in presser.touched.most_common() if k.startswith("menu of")},
        "stalls": len(late),
        "stalls_of_own_work": len(own),
        "worst_stalls": [f"{ms:.0f} ms ({mine:.0f} own): {deed}" for ms, mine, deed in worst],
        "grows_a_minute": grown,
    }


def _tell(presser: Presser, came: Counter[str]) -> None:
    for name, count in came.most_common(MOST):
        say(f"{count:+8} {name}")
    said = Counter(c.text.split("\n")[-2 if c.text.endswith("\n") else -1][:110]
                   for c in presser.complaints)  # fmt: skip
    for text, count in said.most_common(MOST):
        say(f"{count} x {text}")


def _without_past(window: MainWindow, last: Weight) -> Weight:
    """What is left once nothing can be undone."""
    window.state.forget()
    gc.unfreeze()
    gc.collect()
    return weigh(window, last.pressed, last.seconds)


@contextmanager
def _traced() -> Iterator[None]:
    """A fault of the presser itself is told with its trace, before the window says its own."""
    try:
        yield
    except Exception:
        say(traceback.format_exc())
        raise


def main() -> None:
    """Open the window, press, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--actions", type=int, default=2000)
    parser.add_argument("--minutes", type=float, default=0.0)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with TemporaryDirectory() as scratch, synthetic_input.opened() as window:
        os.environ["HOME"] = scratch
        with _traced(), pressing(window, Path(scratch) / "supplies", seed=given.seed) as presser:
            weights, came = run(presser, given.actions, given.minutes)
            presser.finish()
            _tell(presser, came)
            without = _without_past(window, weights[-1])
            rows = [vars(w) for w in weights[:: max(1, len(weights) // 12)]]
            more = {**figures(presser, weights), "trimmed_without_past": without.trimmed}
            report("presser", rows, as_json=given.json, **more)


if __name__ == "__main__":
    main()
