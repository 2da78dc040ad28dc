"""Workspace: the plane, large, and what lies under the pointer."""

from explorer.ui.workspaces import Workspace, workspaces

workspaces.register("explore")(
    Workspace(
        "Explore", "Move through latent space and see what the model draws there", 1,
        {"left": 0.16, "right": 0.295},
    )
)  # fmt: skip
