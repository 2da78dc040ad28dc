"""Workspace: what the model is worth, and what it is good for."""

from explorer.ui.workspaces import Workspace, workspaces

workspaces.register("measure")(
    Workspace(
        "Measure", "Measure the evidence, use the model, and draw new samples", 4,
        {"beside": 0.62, "bottom": 0.5},
    )
)  # fmt: skip
