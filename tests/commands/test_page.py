"""docs/commands.md names the keys that commands print."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from explorer import commands

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
ROW = re.compile(r"\| `([a-zA-Z -]+)` \| (.+) \|")
ROWS = {
    match[1]: match[2]
    for match in re.finditer(
        r"^\| `([a-zA-Z -]+)` \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE
    )
}
WORDS: dict[str, tuple[str, ...]] = {  # DATA, MODEL and OUT stand for what the tests have
    "train": ("train", "DATA", "--out", "OUT", "--epochs", "1", "--set", "hidden=16"),
    "evaluate": ("evaluate", "MODEL", "DATA", "--samples", "5"),
    "evaluate --gaps": ("evaluate", "MODEL", "DATA", "--samples", "5", "--gaps"),
    "evaluate --bracket": ("evaluate", "MODEL", "DATA", "--samples", "5", "--bracket"),
    "compare": ("compare", "MODEL", "DATA"),
    "compare --with": ("compare", "MODEL", "DATA", "--with", "MODEL", "--samples", "5"),
    "anomalies": ("anomalies", "MODEL", "DATA", "--out", "OUT.csv"),
    "probe": ("probe", "MODEL", "DATA"),
    "linear-truth": ("linear-truth", "DATA", "--epochs", "1"),
    "encode": ("encode", "MODEL", "DATA", "--out", "OUT.npz"),
    "decode": ("decode", "MODEL", "--z", "0,0", "--out", "OUT.png"),
    "atlas": ("atlas", "MODEL", "--size", "2", "--out", "OUT.png"),
    "sample": ("sample", "MODEL", "DATA", "--n", "2", "--out", "OUT.png"),
    "denoise": ("denoise", "MODEL", "DATA", "--out", "OUT.png"),
    "inpaint": ("inpaint", "MODEL", "DATA", "--out", "OUT.png"),
    "inspect": ("inspect", "DATA"),
    "inspect CHECKPOINT": ("inspect", "MODEL"),
    "runs": ("runs",),
    "completion": ("completion", "bash"),
}
OF_NAMES = {"models", "datasets"}
SHOWN_BY_ANOTHER_TEST = {"tour"}


def keys(name: str) -> set[str]:
    """What a row names; "those, and" are the keys of the row that it begins like."""
    told = ROWS[name].partition(";")[0]
    base = keys(name.split(maxsplit=1)[0]) if told.startswith("those") else set()
    return base | set(re.findall(r"`(\w+)`", told))


@pytest.mark.parametrize("name", WORDS)
def test_the_keys_are_those_that_are_printed(
    name: str, data: str, checkpoint: str, done: Callable[..., Any], tmp_path: Path
) -> None:
    given = {"DATA": data, "MODEL": checkpoint, "OUT": str(tmp_path / "out")}
    words = [given.get(word, word.replace("OUT", given["OUT"])) for word in WORDS[name]]
    assert set(done(*words)) == keys(name)


def test_the_keys_of_a_model(done: Callable[..., Any]) -> None:
    assert all(set(model) == keys("models") for model in done("models").values())


def test_every_command_is_on_the_page() -> None:
    named = {name.split()[0] for name in ROWS}
    assert named == {row.split()[0] for row in WORDS} | OF_NAMES | SHOWN_BY_ANOTHER_TEST
    assert named == set(commands.names())
