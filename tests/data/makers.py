"""Small builders of good and bad inputs; each takes a folder and gives back a path."""

from __future__ import annotations

import gzip
import io
import struct
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

Array = NDArray[Any]

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc or odd file names")


def pixels(*shape: int, seed: int = 0) -> NDArray[np.uint8]:
    """Random bytes over the full range."""
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


def npy(folder: Path, array: Array, name: str = "a.npy") -> Path:
    path = folder / name
    np.save(path, array)
    return path


def npz(folder: Path, file: str = "a.npz", /, **arrays: Array) -> Path:
    path = folder / file
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
    return path


def npy_bytes(
    header: str, *, version: int = 1, values: bytes = b"", length: int | None = None
) -> bytes:
    """A ``.npy`` with any header text, declared ``length`` long."""
    text = header.encode() + b"\n"
    width = "<H" if version == 1 else "<I"
    count = struct.pack(width, len(text) if length is None else length)
    return b"\x93NUMPY" + bytes([version, 0]) + count + text + values


def declared(shape: str, descr: str = "'|u1'") -> str:
    """The header text that declares ``shape``."""
    return f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}"


def idx_bytes(array: Array, *, count: int | None = None) -> bytes:
    """An IDX file of bytes; count lies about the number of samples."""
    sides = (len(array) if count is None else count, *array.shape[1:])
    head = bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *sides)
    return head + array.astype(np.uint8).tobytes()


def mnist(folder: Path, n: int = 20, n_test: int = 10, *, packed: bool = True) -> Path:
    """The four files of MNIST, small."""
    folder.mkdir(exist_ok=True)
    for part, count in (("train", n), ("t10k", n_test)):
        for kind, array in (
            ("images-idx3", pixels(count, 10, 9, seed=count)),
            ("labels-idx1", np.arange(count) % 10),
        ):
            data = idx_bytes(array)
            name = f"{part}-{kind}-ubyte" + (".gz" if packed else "")
            (folder / name).write_bytes(gzip.compress(data) if packed else data)
    return folder


def png(array: Array) -> bytes:
    """A PNG of (h, w), (h, w, 3) or (h, w, 4) bytes, or (h, w) uint16."""
    return encoded(Image.fromarray(array))


def deep_png(array: Array) -> bytes:
    """A PNG of 16 bits a colour: (h, w, C) uint16, grey with alpha for C = 2."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    height, width, channels = array.shape
    kind = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in array)
    head = struct.pack(">IIBBBBB", width, height, 16, kind, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def deep_tiff(array: Array, order: str = "<") -> bytes:
    """A TIFF of 16 bits a colour: (h, w, 3) uint16, not compressed, in either order of bytes."""
    height, width, channels = array.shape
    values = array.astype(f"{order}u2").tobytes()
    bits_at, count = 8, 9
    directory_at = bits_at + 2 * channels
    values_at = directory_at + 2 + 12 * count + 4
    entries = (
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, channels, bits_at), (259, 4, 1, 1),
        (262, 4, 1, 2), (273, 4, 1, values_at), (277, 4, 1, channels), (278, 4, 1, height),
        (279, 4, 1, len(values)),
    )  # fmt: skip
    head = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, directory_at)
    bits = struct.pack(f"{order}{channels}H", *[16] * channels)
    listed = b"".join(struct.pack(f"{order}HHII", *entry) for entry in entries)
    return head + bits + struct.pack(f"{order}H", count) + listed + bytes(4) + values


def encoded(image: Image.Image, format: str = "PNG", **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format, **options)
    return stream.getvalue()


def pictures(
    folder: Path, n: int = 6, shape: tuple[int, ...] = (12, 10), *, start: int = 0
) -> Path:
    """A flat folder of n random PNG files."""
    folder.mkdir(parents=True, exist_ok=True)
    for i in range(start, start + n):
        (folder / f"{i:03d}.png").write_bytes(png(pixels(*shape, seed=i)))
    return folder


def zipped(folder: Path, members: dict[str, bytes], name: str = "a.zip") -> Path:
    """A zip with members of any name, forged ones included."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members.items():
            archive.writestr(zipfile.ZipInfo(member), data, zipfile.ZIP_DEFLATED)
    return path


def good_members(n: int = 4) -> dict[str, bytes]:
    return {f"{'ab'[i % 2]}/{i}.png": png(pixels(9, 9, seed=i)) for i in range(n)}


def sentence(error: BaseException) -> str:
    """The error's text, after checking that it is one clear line: what (where): remedy."""
    text = str(error)
    assert text.isprintable(), text
    assert "Traceback" not in text and "Error" not in text
    assert 20 < len(text) < 400, text
    return text
