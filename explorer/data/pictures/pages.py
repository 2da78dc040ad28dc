"""The pages of a TIFF, the frames of a GIF, APNG or WEBP: a set of pictures in one file."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from explorer.data.pictures.reading import is_picture_name
from explorer.data.raw import Entry, Pictures
from explorer.data.words.naming import printable
from explorer.errors import DataError

_FORMATS = ("TIFF", "GIF", "PNG", "WEBP")  # a camera's JPEG with two frames is one picture
MOST_PAGES = 200_000
MOST_PIXELS = 8 << 30  # of all pages together


def has_pages(path: Path) -> bool:
    """Whether the file is a picture with several pages."""
    if not is_picture_name(path.name) or not path.is_file():
        return False
    with _image(path) as image:
        return image is not None and _is_paged(image)


@contextmanager
def pages_of(
    source: Path | bytes, name: str, where: str, said: Sequence[str] = ()
) -> Iterator[Pictures | None]:
    """The pages of a file, open until the context closes; None where it has no more than one.

    Raises DataError for more than can be looked at.
    """
    with _image(source) as image:
        if image is None or not _is_paged(image):
            yield None
            return
        count = _counted(image, where)
        entries = tuple(Entry(f"{name}, page {i + 1}") for i in range(count))
        places = {entry: i for i, entry in enumerate(entries)}

        def fetch(entry: Entry) -> Image.Image:
            return _at(image, places[entry], entry)

        word = f"each of the {count:,} pages of {printable(name)} is a sample"
        yield Pictures(entries, fetch, (*said, word))


@contextmanager
def pages_of_only(
    entries: Sequence[Entry], fetch: Callable[[Entry], bytes], said: Sequence[str]
) -> Iterator[Pictures | None]:
    """`pages_of` the only picture of a folder or archive; None where there are more of them."""
    if len(entries) != 1:
        yield None
        return
    name = entries[0].name
    with pages_of(fetch(entries[0]), name, printable(name), said) as found:
        yield found


@contextmanager
def _image(source: Path | bytes) -> Iterator[Image.Image | None]:
    """The picture; None where it is none, which is told when it is decoded."""
    try:
        image = _open(source)
    except Exception:  # noqa: BLE001  Pillow's plug-ins raise anything on a broken file
        yield None
        return
    with image:
        yield image


def _open(source: Path | bytes) -> Image.Image:
    with _unwarned():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        opened = io.BytesIO(source) if isinstance(source, bytes) else source
        return Image.open(opened, formats=_FORMATS)


@contextmanager
def _unwarned() -> Iterator[None]:
    """What Pillow warns of as it goes through a file, as odd tags, is no matter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _is_paged(image: Image.Image) -> bool:
    try:
        with _unwarned():
            return bool(getattr(image, "is_animated", False))
    except Exception:  # noqa: BLE001  as above
        return False


def _counted(image: Image.Image, where: str) -> int:
    try:
        with _unwarned():
            count = int(getattr(image, "n_frames", 1))
    except Exception as error:
        raise DataError(
            "its pages cannot be counted", where=where, remedy="save each page as a picture"
        ) from error
    pixels = count * image.width * image.height
    if count > MOST_PAGES or pixels > MOST_PIXELS:
        raise DataError(
            f"its {count:,} pages unpack to {pixels:,} pixels, too many",
            where=where,
            remedy="save a part of them as a file of its own",
        )
    return count


def _at(image: Image.Image, page: int, entry: Entry) -> Image.Image:
    try:
        with _unwarned():
            image.seek(page)
    except Exception as error:
        raise DataError(
            "the page is damaged", where=printable(entry.name), remedy="save it again"
        ) from error
    return image
