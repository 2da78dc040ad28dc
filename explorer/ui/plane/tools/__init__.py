"""Tools of the latent plane, one a file: what the left button does.

A tool is built as ``Tool(plane, state, session)``; ``label``, ``icon``, ``key``, ``tip`` and
``order`` make its button. Only the active one answers.
"""

from __future__ import annotations

from typing import Any

from explorer.registry import Registry

tools: Registry[type[Any]] = Registry("tool")
