"""A table for people, and with ``--json`` one JSON object as the last line for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence

Row = Mapping[str, object]


def report(name: str, rows: Sequence[Row], *, as_json: bool, **more: object) -> None:
    """Print the rows; further figures follow below the table."""
    if as_json:
        print(json.dumps({"benchmark": name, "rows": list(rows), **more}))
        return
    print(f"\n{name}")
    print(table(rows))
    for key, value in more.items():
        print(f"{key.replace('_', ' ')}: {_text(value)}")


def table(rows: Sequence[Row]) -> str:
    """The rows under their keys, in columns."""
    names = list(dict.fromkeys(key for row in rows for key in row))
    lines = [names, *([_text(row.get(name, "")) for name in names] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(names))]
    return "\n".join(
        "  ".join(text.rjust(width) for text, width in zip(line, widths, strict=True))
        for line in lines
    )


def say(text: str) -> None:
    """A line on the way, where it does not mix with the result."""
    print(text, file=sys.stderr, flush=True)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of them lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _text(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
