"""What the settings of a training are about: the groups that a form shows them in."""

from __future__ import annotations

from collections.abc import Mapping

NETWORK, OBJECTIVE, OPTIMISER = "Network", "Objective", "Optimiser"
NOISE, MACHINE = "Noise", "Machine"

GROUPS: Mapping[str, str] = {
    NETWORK: "What the encoder and the decoder are made of, and the space between them",
    OBJECTIVE: "What training maximises: how errors are measured, and what a code costs",
    OPTIMISER: "How the weights go there: how long, how fast, in which steps",
    NOISE: "What is done to the samples that the encoder sees while it learns",
    MACHINE: "Where it runs, and what makes it the same again",
}
"""In order, each with a sentence; a setting of none of them stands in the last one."""
