"""How well a few letters fit a name: what the command palette sorts by."""

from __future__ import annotations

import re
from dataclasses import dataclass

START, WORD, WITHIN, INITIALS, SCATTERED, ELSEWHERE = 100, 80, 55, 60, 20, 12


@dataclass(frozen=True)
class Match:
    """score: the higher, the better. letters: the positions in the title that were meant."""

    score: float
    letters: frozenset[int] = frozenset()


def match(query: str, title: str, more: str = "") -> Match | None:
    """Each word of ``query`` in ``title``, or at a word's start in ``more``; None if one is not.

    In the title letters may be left out ("opf" finds "Open fashion"); in ``more``, a sentence,
    they may not, as any letters can be scattered over one.
    """
    found = [_word(word, title.casefold(), more.casefold()) for word in query.casefold().split()]
    if any(one is None for one in found):
        return None
    kept = [one for one in found if one is not None]
    letters = frozenset(i for one in kept for i in one.letters)
    score = sum(one.score for one in kept) / max(1, len(kept))
    return Match(score - len(title) / 100, letters)


def _word(word: str, title: str, more: str) -> Match | None:
    starts = [found.start() for found in re.finditer(r"\w+", title)]
    at = next((i for i in starts if title.startswith(word, i)), title.find(word))
    if at >= 0:
        score = START if at == 0 else WORD if at in starts else WITHIN
        return Match(score, frozenset(range(at, at + len(word))))
    scattered = _scattered(word, title, starts)
    if scattered is not None:
        return scattered
    return Match(ELSEWHERE) if re.search(rf"\b{re.escape(word)}", more) else None


def _scattered(word: str, title: str, starts: list[int]) -> Match | None:
    """Letters in their order, of which each begins a word or follows the one before, if it can."""
    letters: list[int] = []
    for letter in word:
        after = letters[-1] + 1 if letters else 0
        places = [i for i in range(after, len(title)) if title[i] == letter]
        if not places:
            return None
        near = [i for i in places if i in starts or i == after]
        letters.append((near or places)[0])
    held = sum(i in starts or i - 1 in letters for i in letters)
    if letters[0] not in starts or held < len(word) * 0.6:
        return None  # any letters can be found somewhere
    score = INITIALS if held == len(word) else SCATTERED
    return Match(score, frozenset(letters))
