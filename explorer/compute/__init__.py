"""Questions as frozen values, and the functions that answer them in a lane; one question a file.

torch and scikit-learn are imported inside the answers: this package is read by the window before
it paints, and both take over a second to import. The questions of the first picture stand here by
name; the others are imported by whoever asks them.
"""

from explorer.compute.comparing import CompareRequest, Comparison, compare
from explorer.compute.decoding import (
    Decoded,
    DecodeRequest,
    LinearDecoded,
    LinearDecodeRequest,
    decode,
    linear_decode,
)
from explorer.compute.fitting import EncodeRequest, encode, fit_pca
from explorer.compute.keeping import SaveRequest, TrainRequest, save, train
from explorer.compute.live import live
from explorer.compute.opening import Look, LookRequest, Opened, OpenRequest, look, open_source

__all__ = [
    "CompareRequest", "Comparison", "DecodeRequest", "Decoded", "EncodeRequest",
    "LinearDecodeRequest", "LinearDecoded", "Look", "LookRequest", "OpenRequest", "Opened",
    "SaveRequest", "TrainRequest", "compare", "decode", "encode", "fit_pca", "linear_decode",
    "live", "look", "open_source", "save", "train",
]  # fmt: skip
