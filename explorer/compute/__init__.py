"""Questions as frozen values, and the functions that answer them in a lane; one question a file.

torch and scikit-learn are imported inside the answers: this package is read by the window before
it paints, and both take over a second to import. The questions of the first picture stand here by
name; the others are imported by whoever asks them.
"""

from explorer.compute.keeping import SaveRequest, TrainRequest, save, train
from explorer.compute.live import live
from explorer.compute.opening import Opened, OpenRequest, open_source

__all__ = [
    "OpenRequest", "Opened", "SaveRequest", "TrainRequest", "live", "open_source", "save", "train",
]  # fmt: skip
