"""Whoever changes what the user changes marks the state first, or is here with a reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from explorer.app.history.past import CHOSEN

PACKAGE = Path(__file__).resolve().parents[2] / "explorer"
SOURCES = [*(PACKAGE / "ui").rglob("*.py"), *(PACKAGE / "app").rglob("*.py")]
VERBS = ("move", "move_in", "configure", "choose_preset")  # of the session: they mark nothing

PASSING = "goes with a drag, whose press has marked"
VERB = "a verb: who calls it marks"
ANSWER = "an answer: the cursor that follows"
UNMARKED = {
    "cursor_encoder._show": ANSWER,
    "z_strip._move": PASSING,
    "bookmarks.__init__": "what was remembered",
    "going._arrive": "the code of a sample that was gone to, which has marked",
    "player.go": "goes with a scrub, or with time: play, stop and scrub have marked",
    "layer_settings.__init__": "what was remembered",
    "layer_settings._keep": VERB,
    "opener._propose": "goes with what is opened, which has marked",
    "owning._arrive": "z follows the picture that was brought, which has marked",
    "pca._move": PASSING,
    "pictures._show_linear": ANSWER,
    "probe._move": PASSING,
    "probe._on_sliders_moved": PASSING,
    "session.configure": VERB,
    "session.move": VERB,
    "session.move_in": VERB,
    "session.preview": "shown in passing",
    "state.update_plane": VERB,
    "tour._train": "nobody's hand",
}


def _calls(function: ast.FunctionDef, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(function):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr == name:
            assert isinstance(node, ast.Call)
            yield node


def _changes(function: ast.FunctionDef) -> set[str]:
    """The fields that it updates by name, and the verbs of the session that it calls."""
    given = {word.arg for call in _calls(function, "update") for word in call.keywords}
    verbs = {verb for verb in VERBS for call in _calls(function, verb)
             if "session" in ast.unparse(call.func)}  # fmt: skip
    planes = {"planes" for _ in _calls(function, "update_plane")}
    return {str(name) for name in given if name in CHOSEN} | verbs | planes


def _unmarked() -> Iterator[str]:
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            if _changes(function) and not any(_calls(function, "mark")):
                yield f"{path.stem}.{function.name}"


def test_every_change_by_the_user_is_marked() -> None:
    found = set(_unmarked())
    assert found <= set(UNMARKED), "mark the state before the user changes it"
