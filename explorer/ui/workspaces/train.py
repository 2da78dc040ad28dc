"""Workspace: settings, curves and the time line of a training."""

from explorer.ui.workspaces import Workspace, workspaces

workspaces.register("train")(
    Workspace(
        "Train", "Choose the network and how it learns, and watch it learn", 3,
        {"left": 0.24, "beside": 0.34},
    )
)  # fmt: skip
