"""Reads a logo: what it is by its first bytes, and how large it is drawn. Pure."""

import struct
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

LARGEST: Final = 20 * 1024  # bytes
MOST_PIXELS: Final = 1024  # of a side
_PNG: Final = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"
_GIF: Final = (b"GIF87a", b"GIF89a")
_JPEG: Final = b"\xff\xd8\xff"
# Of JPEG: all that begin a frame, and those that have no length.
_FRAMES: Final = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_BARE: Final = {0x01, *range(0xD0, 0xD9)}


class LogoRefused(Exception):
    """`code` says why: empty, too_large, no_picture, too_wide, or moves."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Size(Struct, frozen=True):
    width: int
    height: int


class Measured(Struct, frozen=True):
    """`subtype` of image/: png, gif or jpeg."""

    subtype: str
    size: Size


def measure(data: bytes) -> Measured:
    """Raises LogoRefused. What a sender says that it is counts for nothing."""
    if not data:
        raise LogoRefused("empty")
    if len(data) > LARGEST:
        raise LogoRefused("too_large")
    try:
        found = _read(data)
    except (struct.error, IndexError, StopIteration) as error:
        raise LogoRefused("no_picture") from error
    if not all(1 <= side <= MOST_PIXELS for side in (found.size.width, found.size.height)):
        raise LogoRefused("too_wide")
    return found


def _read(data: bytes) -> Measured:
    if data.startswith(_PNG):
        if b"acTL" in data:
            raise LogoRefused("moves")
        return Measured("png", Size(*struct.unpack_from(">II", data, len(_PNG))))
    if data.startswith(_GIF):
        return Measured("gif", _size_of_gif(data))
    if data.startswith(_JPEG):
        return Measured("jpeg", next(_frames(data)))
    raise LogoRefused("no_picture")


def _size_of_gif(data: bytes) -> Size:
    """Of its screen, which holds all of its one picture."""
    width, height, packed = struct.unpack_from("<HHB", data, 6)
    pictures = [*_pictures(data, 13 + _table(packed))]
    if len(pictures) > 1:
        raise LogoRefused("moves")
    left, top, wide, high = pictures[0]
    if left + wide > width or top + high > height:
        raise LogoRefused("too_wide")
    return Size(width, height)


def _pictures(data: bytes, at: int) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, width and height of each. Bytes after the trailer are nothing."""
    while data[at] != 0x3B:
        if data[at] == 0x2C:
            yield struct.unpack_from("<HHHH", data, at + 1)
            at += 11 + _table(data[at + 9])
        elif data[at] == 0x21:
            at += 2
        else:
            raise LogoRefused("no_picture")
        while data[at]:
            at += 1 + data[at]
        at += 1


def _table(packed: int) -> int:
    """Bytes of a table of colours."""
    return 3 * 2 ** ((packed & 7) + 1) if packed & 0x80 else 0


def _frames(data: bytes) -> Iterator[Size]:
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            yield Size(width, height)
        if marker in (0xD9, 0xDA):
            return
        at += 1 if marker == 0xFF else 2 if marker in _BARE else 2 + _length(data, at + 2)


def _length(data: bytes, at: int) -> int:
    return int(struct.unpack_from(">H", data, at)[0])
