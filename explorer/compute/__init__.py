"""Questions as frozen values, and the functions that answer them in a lane; one question a file.

torch and scikit-learn are imported inside the answers: this package is read by the window before
it paints, and both take over a second to import. The questions of the first picture stand here by
name; the others are imported by whoever asks them.
"""

from explorer.compute.comparing import (
    CompareOwnRequest,
    CompareRequest,
    Comparison,
    compare,
    compare_own,
)
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
from explorer.compute.opening import Opened, OpenRequest, open_source

__all__ = [
    "CompareOwnRequest", "CompareRequest", "Comparison", "DecodeRequest", "Decoded",
    "EncodeRequest", "LinearDecodeRequest", "LinearDecoded", "OpenRequest", "Opened", "SaveRequest",
    "TrainRequest", "compare", "compare_own", "decode", "encode", "fit_pca", "linear_decode",
    "live", "open_source", "save", "train",
]  # fmt: skip
