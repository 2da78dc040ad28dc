"""Layers of the latent plane, one a file: each shows some of the state, and owns none of it.

A layer is built as ``Layer(plane, state, session)`` and watches what it shows.
"""

from __future__ import annotations

from typing import Any

from explorer.registry import Registry

layers: Registry[type[Any]] = Registry("layer")
