"""Workspace: the model's plane and that of PCA, side by side."""

from explorer.ui.workspaces import Workspace, workspaces

workspaces.register("compare")(
    Workspace(
        "Compare", "See the model's plane and that of PCA side by side, and what each loses", 2,
        {"beside": 0.33, "right": 0.295},
    )
)  # fmt: skip
