"""Names of files in sentences: on one line, and not too long."""

from __future__ import annotations

import pytest

from explorer.data.words.naming import named, printable


@pytest.mark.parametrize("length", [1, 239, 240, 241, 1000])
def test_of_a_long_name_both_ends_are_told(length: int) -> None:
    name = "".join(chr(0x4E00 + i) for i in range(length))
    shown = name if length <= 240 else f"{name[:120]}...{name[-120:]}"
    assert printable(name) == shown


def test_what_breaks_a_line_is_a_question_mark() -> None:
    assert printable("a\nb\tc\x00d\u2028e\u2029f\udcff") == "a?b?c?d?e?f?"
    assert printable("Ünï 猫 😀.png") == "Ünï 猫 😀.png"


@pytest.mark.parametrize(
    ("names", "most", "said"),
    [(["a"], 3, "a"), (["a", "b", "c"], 3, "a, b, c"), (["a", "b", "c", "d"], 3, "a, b, c and 1"),
     (["a\nb", "c\nd"], 1, "a?b and 1"), ([], 3, "")],
)  # fmt: skip
def test_a_few_files_are_named_and_the_rest_counted(names: list[str], most: int, said: str) -> None:
    assert named(names, most) == said + (" more" if len(names) > most else "")


def test_three_are_named_unless_another_number_is_wanted() -> None:
    assert named(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
