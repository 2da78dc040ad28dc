"""What views of planes are called: the first by the name of its kind, further ones "KIND:2" on."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

FURTHER = re.compile(r"(.+):([2-9]|[1-9]\d+)")


def kind_name(view: str) -> str:
    """The kind of plane that a view is of; of any other word, that word."""
    found = FURTHER.fullmatch(view)
    return view if found is None else found[1]


def number_of(view: str) -> int:
    """1 for the first view of a kind."""
    found = FURTHER.fullmatch(view)
    return 1 if found is None else int(found[2])


def further(kind: str, there: Collection[str]) -> str:
    """What another view of a kind is called beside those that are there."""
    return next(name for n in count(2) if (name := f"{kind}:{n}") not in there)
