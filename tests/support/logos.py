"""Pictures for tests: as small as they come, and those that must be refused."""

import struct
import zlib


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 120, height: int = 40, size: int = 0, extra: bytes = b"") -> bytes:
    """`size`: it is padded to as many bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x60" * width) * height, 9) if width * height < 10**7 else b""
    parts = [_chunk(b"IHDR", head), extra, _chunk(b"IDAT", rows), _chunk(b"IEND", b"")]
    whole = b"\x89PNG\r\n\x1a\n" + b"".join(parts)
    return whole + b"\0" * max(0, size - len(whole))


def gif(width: int = 10, height: int = 10, pictures: int = 1, wide: int | None = None) -> bytes:
    """`wide`: the picture on a screen that is less wide."""
    screen = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    control = b"\x21\xf9\x04\0\0\0\0\0"
    one = b"\x2c" + struct.pack("<HHHHB", 0, 0, wide or width, height, 0) + b"\x02\x02\x4c\x01\0"
    return screen + (control + one) * pictures + b"\x3b"


def jpeg(width: int = 64, height: int = 32) -> bytes:
    app0 = b"\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\0"
    return b"\xff\xd8" + app0 + frame + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0\0\xff\xd9"


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "empty": (b"", "empty"),
    "20,481 bytes": (png(size=20_481), "too_large"),
    "SVG": (SVG, "no_picture"),
    "SVG behind an XML head": (b"<?xml version='1.0'?>" + SVG, "no_picture"),
    "HTML": (b"<html><script>alert(1)</script>", "no_picture"),
    "wrong magic": (b"\x88PNG" + png()[4:], "no_picture"),
    "WebP": (b"RIFF\x24\0\0\0WEBPVP8 " + bytes(40), "no_picture"),
    "PNG cut off": (png()[:18], "no_picture"),
    "GIF cut off": (gif()[:9], "no_picture"),
    "GIF without a picture": (gif(pictures=0), "no_picture"),
    "GIF without an end": (gif()[:-2], "no_picture"),
    "JPEG without a frame": (b"\xff\xd8\xff\xe0\0\x04\0\0\xff\xd9", "no_picture"),
    "JPEG that is cut off": (jpeg()[:24], "no_picture"),
    "GIF bomb": (gif(65_535, 65_535), "too_wide"),
    "GIF bomb on a small screen": (gif(10, 10, wide=65_535), "too_wide"),
    "PNG bomb": (png(65_535, 65_535), "too_wide"),
    "PNG too wide": (png(1_025, 10), "too_wide"),
    "PNG of no width": (png(0, 10), "too_wide"),
    "JPEG bomb": (jpeg(65_535, 65_535), "too_wide"),
    "GIF that moves": (gif(pictures=2), "moves"),
    "PNG that moves": (png(extra=b"\0\0\0\x08acTL\0\0\0\x02\0\0\0\0\0\0\0\0"), "moves"),
}
TAKEN = {
    "PNG": (png(), ("png", 120, 40)),
    "PNG of 20,480 bytes": (png(size=20_480), ("png", 120, 40)),
    "PNG as large as may be": (png(1_024, 1_024), ("png", 1_024, 1_024)),
    "GIF": (gif(), ("gif", 10, 10)),
    "JPEG": (jpeg(), ("jpeg", 64, 32)),
}
