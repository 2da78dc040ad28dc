"""What a package index shows: README.md with links that lead somewhere from there, and addresses.

The public address of the repository is said in one place: ``home`` in pyproject.toml, below
``[tool.hatch.metadata.hooks.custom]``, or LATENT_EXPLORER_HOME for one build. While there is none,
pictures are left out and links to files of the repository become their words.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

LINK = re.compile(r"(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)]+)\)")
EMPTY_TABLE = re.compile(r"(^\|[| -]*\|\n)+", re.MULTILINE)
FILES = "{home}/raw/HEAD/{path}"


class IndexPage(MetadataHookInterface):
    """Fills in ``readme`` and ``urls``."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Give both to the project's metadata."""
        home = os.environ.get("LATENT_EXPLORER_HOME", self.config.get("home", "")).rstrip("/")
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": page(text, home)}
        metadata["urls"] = urls(home)


def page(text: str, home: str) -> str:
    """The README as it can be read far from its repository."""

    def far(link: re.Match[str]) -> str:
        picture, words, path = link.groups()
        if not home:
            return "" if picture else words
        return f"{picture}[{words}]({FILES.format(home=home, path=path)})"

    return EMPTY_TABLE.sub("", LINK.sub(far, text)).lstrip()


def urls(home: str) -> dict[str, str]:
    """The addresses that an index shows beside it."""
    if not home:
        return {}
    return {
        "Source": home,
        "Issues": f"{home}/issues",
        "Changelog": FILES.format(home=home, path="CHANGELOG.md"),
    }
