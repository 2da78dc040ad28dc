"""The sides of a split by the names that people give them: one vocabulary for all formats."""

from __future__ import annotations

import re
from collections.abc import Collection

TRAIN, VALIDATION, TEST = "train", "validation", "test"
SPELLINGS = {
    TRAIN: ("train", "training", "trn", "learn", "learning"),
    VALIDATION: ("val", "valid", "validation", "validate", "dev", "development"),
    TEST: (
        *("test", "testing", "tst", "t10k", "eval", "evaluation"),
        *("holdout", "heldout", "hold_out", "held_out"),
    ),
}
_SIDE = {spelling: side for side, spellings in SPELLINGS.items() for spelling in spellings}
_FILLING = r"set|data|dataset|split|part|images?|imgs?|pictures?|samples?|folder|fold"
_YEAR = r"(?:19|20)\d\d"  # train2017
_NAME = re.compile(
    rf"(?:(?:{_FILLING}|{_YEAR})_?)*(?P<side>{'|'.join(_SIDE)})"
    rf"(?:_?(?:{_FILLING}|{_YEAR}))*(?:_?\d{{1,2}})?"
)
_BETWEEN = re.compile(r"[^A-Za-z0-9]+")


def side_of(name: str) -> str | None:
    """TRAIN, VALIDATION or TEST where ``name`` names one ("Train", "test_set", "val2017")."""
    found = _NAME.fullmatch(re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_"))
    return None if found is None else _SIDE[found["side"]]


def side_and_rest(name: str) -> tuple[str, str] | None:
    """("train", "cat") of "train_cat" or "cat-train": a side, and what else the name says."""
    words = list(_BETWEEN.finditer(name))
    if not words:
        return None
    first, last = words[0], words[-1]
    for part, rest in ((name[: first.start()], name[first.end() :]),
                       (name[last.end() :], name[: last.start()])):  # fmt: skip
        side = side_of(part)
        if side is not None and rest:
            return part, rest
    return None


def held_out_side(sides: Collection[str]) -> str | None:
    """The side that is held out where these are there; None where they are no split.

    The test part, or where there is none the validation part. A lone side splits nothing.
    """
    if len(set(sides)) < 2:
        return None
    return TEST if TEST in sides else VALIDATION


def is_held_out(side: str, sides: Collection[str]) -> bool | None:
    """Whether the samples of ``side`` are held out; None for those that are left out.

    ``sides``: all that are there; a lone one splits nothing, so it is None. Validation and test
    without a training part: the validation part is trained on.
    """
    held_out = held_out_side(sides)
    trained = TRAIN if TRAIN in sides else VALIDATION
    return side == held_out if held_out and side in (held_out, trained) else None


def said_of(sides: Collection[str]) -> list[str]:
    """What was decided beyond the plain pair of train and test, a sentence."""
    if set(sides) == {TRAIN, VALIDATION}:
        return ["there is no test part, so the validation part is held out"]
    if set(sides) == {VALIDATION, TEST}:
        return ["there is no training part, so the validation part is trained on"]
    return []
