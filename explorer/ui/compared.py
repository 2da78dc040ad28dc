"""What the selected sample is compared with, in words and as rows for a chart."""

from __future__ import annotations

from explorer.app.state import Snapshot
from explorer.compute.comparing.sample import Comparison
from explorer.ui.widgets.charts.rows.series import Series
from explorer.ui.widgets.pictures.comparing.comparison_row import ComparisonRow
from explorer.ui.widgets.pictures.comparing.difference_view import DifferenceView


def invitation_of(now: Snapshot) -> str:
    """How to get a sample to compare: what can be clicked differs with what is there."""
    if now.dataset is None:
        return "Open data to compare a sample\nwith its reconstructions"
    if now.codes is None:
        return "Choose one of the samples to see\nwhat PCA makes of it"
    return "Click a point to compare it\nwith its reconstructions"


def is_compared(now: Snapshot) -> bool:
    """Whether a sample is chosen, of the data or the user's own, and its comparison is known."""
    return now.comparison is not None and (now.own is not None or len(now.selection) > 0)


def preset_of(now: Snapshot) -> str:
    """What the model is called in a caption."""
    return "Model" if now.model is None else now.model.config.preset.upper()


def named(now: Snapshot, seen: Comparison) -> tuple[str, str]:
    """What is compared: its class or the name of its file, and which it is."""
    if seen.own is not None:
        return seen.own.name, "own picture"
    if now.dataset is None or seen.index is None:
        return "Original", ""
    return now.dataset.label_name(seen.index) or "Original", f"sample {seen.index:,}"


def show_pictures(row: ComparisonRow, now: Snapshot) -> None:
    """The sample and its two reconstructions, with their errors; or how to get a sample."""
    seen = now.comparison
    if seen is None or not is_compared(now):
        row.clear(invitation_of(now))
    else:
        show_one(row, now, seen)


def show_one(row: ComparisonRow, now: Snapshot, seen: Comparison) -> None:
    """A sample and its two reconstructions, with their errors."""
    row.show_original(seen.original, *named(now, seen))
    row.show_model(seen.reconstruction, preset_of(now), _error(seen.mse))
    row.show_linear(seen.pca_reconstruction, f"PCA, k = {seen.k}", _error(seen.pca_mse))


def show_differences(view: DifferenceView, now: Snapshot) -> None:
    """What the two reconstructions get wrong; nothing without a sample."""
    seen, made = now.comparison, now.preparation
    if seen is None or made is None or not is_compared(now):
        view.clear()
    else:
        view.show_rows(made, seen.rows, preset_of(now))


def series_of(now: Snapshot) -> list[Series]:
    """The rows of the sample that is compared, and the one at z."""
    found, seen = list[Series](), now.comparison if len(now.selection) else None
    if seen is not None:
        heads = (("sample", *named(now, seen)), ("model", preset_of(now), _error(seen.mse)),
                 ("pca", f"PCA {seen.k}", _error(seen.pca_mse)))  # fmt: skip
        for (role, name, note), row in zip(heads, seen.rows, strict=True):
            if row is not None:
                found.append(Series(role, name, row, note))
    if now.decoded is not None and now.decoded.row is not None and now.model is not None:
        found.append(Series("z", "at z", now.decoded.row))
    return found


def _error(mse: float | None) -> str:
    return "" if mse is None else f"MSE {mse:.4f}"
