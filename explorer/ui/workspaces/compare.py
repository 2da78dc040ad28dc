"""Workspace: the model's plane and that of PCA, side by side."""

from explorer.ui.workspaces import Workspace, workspaces

workspaces.register("compare")(
    Workspace(
        "Compare", "See the model's plane and that of PCA side by side, and what each loses", 2,
        {"beside": 0.5, "bottom": 0.29}, twin="pca", wide=True,
    )
)  # fmt: skip
