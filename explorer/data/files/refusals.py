"""Files that are no data set here: what they are, and how to get to something that opens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from explorer.data.files.trees import is_litter
from explorer.data.tabular.numerals import Numerals
from explorer.data.words.naming import named
from explorer.errors import DataError


@dataclass(frozen=True)
class Refusal:
    """A kind of file that is not read. way: what makes something of it that opens."""

    kind: str
    way: str


_CSV = "save it as .csv"
_ARRAYS = "save its arrays with numpy.savez as .npz"
_PNG = "save it as PNG"
_KINDS: tuple[tuple[Refusal, tuple[str, ...]], ...] = (
    (Refusal("a table in Parquet", f"{_CSV}, with pandas for instance"), (".parquet", ".pq")),
    (
        Refusal("a table of columns", f"{_CSV}, with pandas for instance"),
        (".feather", ".arrow", ".orc"),
    ),
    (Refusal("a spreadsheet", _CSV), (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")),
    (
        Refusal("a file of a statistics program", _CSV),
        (".sav", ".dta", ".sas7bdat", ".rds", ".rda"),
    ),
    (Refusal("a database", f"{_CSV}, a table a file"), (".sqlite", ".db", ".sql")),
    (
        Refusal("structured text, not a table", _CSV),
        (".json", ".jsonl", ".xml", ".yaml", ".yml", ".arff"),
    ),
    (Refusal("not a data set", f"if it is a table, {_CSV}"), (".text", ".log")),
    (Refusal("HDF5", f"{_ARRAYS}, h5py reads them"), (".h5", ".hdf5", ".hdf", ".nc", ".h5ad")),
    (Refusal("a MATLAB file", f"{_ARRAYS}, scipy.io.loadmat reads them"), (".mat",)),
    (
        Refusal(
            "a pickle, which can run code when loaded",
            f"load it where you trust it, and {_ARRAYS}",
        ),
        (".pkl", ".pickle", ".joblib", ".p"),
    ),
    (
        Refusal("a PyTorch file", "save its tensors with numpy.savez as .npz"),
        (".pt", ".pth", ".ckpt"),
    ),
    (Refusal("TensorFlow records", _ARRAYS), (".tfrecord", ".tfrecords")),
    (
        Refusal("a file of weights", "open the folder of a saved model instead"),
        (".safetensors", ".onnx", ".gguf", ".keras"),
    ),
    (
        Refusal("a medical volume", f"{_ARRAYS}, a slice a sample"),
        (".nii", ".nii.gz", ".nrrd", ".mha"),
    ),
    (Refusal("a DICOM picture", f"{_PNG} of 16 bits, one of a folder"), (".dcm", ".dicom")),
    (
        Refusal("a packed file", "unpack it, and open what was inside"),
        (".gz", ".tgz", ".tar", ".7z", ".rar", ".bz2", ".xz", ".zst", ".lz4", ".z"),
    ),
    (
        Refusal("a picture of a kind that is not read", f"{_PNG}, one of a folder of pictures"),
        (
            *(".heic", ".heif", ".avif", ".jxl", ".jp2", ".j2k", ".psd", ".xcf", ".tga", ".ico"),
            *(
                ".svg",
                ".eps",
                ".ai",
                ".exr",
                ".hdr",
                ".dng",
                ".cr2",
                ".nef",
                ".arw",
                ".raw",
                ".fits",
            ),
        ),
    ),
    (
        Refusal("a video", "save its frames as PNG files in a folder, with ffmpeg for instance"),
        (".mp4", ".avi", ".mov", ".mkv", ".webm", ".mpg", ".mpeg", ".m4v", ".wmv"),
    ),
    (
        Refusal("a document", "save its pages as PNG files in a folder"),
        (".pdf", ".ps", ".djvu", ".docx", ".pptx"),
    ),
    (
        Refusal("a sound", "save pieces of equal length with numpy.savez as .npz"),
        (".wav", ".mp3", ".flac", ".ogg", ".m4a"),
    ),
)
_LOOKED_AT = 4096
_MAGIC = {
    **{bytes([0x80, protocol]): ".pkl" for protocol in (2, 3, 4, 5)},
    b"\x89HDF": ".h5",
    b"MATLAB 5.0": ".mat",
    b"PAR1": ".parquet",
    b"SQLite": ".sqlite",
    b"%PDF": ".pdf",
    b"\x1f\x8b": ".gz",
    b"7z\xbc\xaf": ".7z",
    b"Rar!": ".rar",
    b"BZh": ".bz2",
    b"\xfd7zXZ": ".xz",
    b"\x28\xb5\x2f\xfd": ".zst",
}
_PICTURES = {
    b"\x89PNG": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"GIF8": ".gif",
    b"II*\0": ".tif",
    b"MM\0*": ".tif",
    b"BM": ".bmp",
}
ZIPS_INSIDE = (
    *(".xlsx", ".xlsm", ".ods", ".numbers", ".docx", ".pptx"),
    *(".pt", ".pth", ".ckpt", ".keras"),
)
_ROWS = Refusal(
    "a text of numbers under a name that does not say so",
    "if each line is a sample, give its name the ending .csv",
)
REFUSALS = {suffix: refusal for refusal, suffixes in _KINDS for suffix in suffixes}
"""Asked only about what no format recognises: a new format takes its ending from here by itself."""


def refusal_of(name: str) -> Refusal | None:
    """What is known of a file by its name; the longest suffix counts."""
    lower = name.lower()
    known = sorted((s for s in REFUSALS if lower.endswith(s)), key=len)
    return REFUSALS[known[-1]] if known else None


def _by_content(start: bytes) -> Refusal | None:
    """What is known of a file without a telling name by its first bytes."""
    ending = next((ending for magic, ending in _MAGIC.items() if start.startswith(magic)), None)
    if ending is not None:
        return REFUSALS[ending]
    kind = next((kind for magic, kind in _PICTURES.items() if start.startswith(magic)), None)
    if kind is not None:
        return Refusal("a picture without its ending", f"give its name the ending {kind}")
    return _ROWS if _holds_rows(start) else None


def _holds_rows(start: bytes) -> bool:
    """Whether it is a text with two numbers or more in one of its lines."""
    if b"\0" in start:
        return False
    lines = start.decode("utf-8", "replace").splitlines()
    return any(sum(map(Numerals().is_number, re.split(r"[\s,;:|]+", line))) > 1 for line in lines)


def refused(path: Path, where: str, opens: str) -> DataError:
    """The file at ``path`` as an error. opens: all that can be opened, for what nobody knows."""
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    if not start:
        return DataError("this file is empty", where=where, remedy="choose another")
    found = refusal_of(path.name) or _by_content(start)
    if found is None:
        return DataError("this file is not a data set", where=where, remedy=opens)
    return DataError(f"this file is {found.kind}", where=where, remedy=found.way)


def without_pictures(
    holder: str, names: Iterable[str], endings: tuple[str, ...], kinds: str, where: str
) -> DataError:
    """A folder or archive (holder) of ``names``, none of them a picture, as an error.

    endings: of the files that open by themselves. kinds: the pictures that are read.
    """
    kept = [n for n in names if not any(map(is_litter, n.split("/")))]
    open_alone = sorted(n for n in kept if n.lower().endswith(endings))
    ways = Counter(found.way for n in kept if (found := refusal_of(n)))
    if open_alone:
        way = f"open {named(open_alone)}"
    elif ways:
        way = f"what is in it does not open: {ways.most_common()[0][0]}"
    elif kept and not any(PurePosixPath(n).suffix for n in kept):
        way = "if the names of its pictures lack their endings, add them, .png for instance"
    else:
        way = f"choose one of {kinds} pictures"
    if holder == "archive" and open_alone:
        way = f"unpack it, and {way}"
    return DataError(f"there are no pictures in this {holder}", where=where, remedy=way)
