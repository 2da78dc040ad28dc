"""The names of what data can be, for those who need no more than the names. No numpy."""

from __future__ import annotations

KINDS = ("images", "signals", "table")
BINARISATIONS = ("none", "fixed", "dynamic")
