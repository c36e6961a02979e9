"""Pictures made to end, block or fill what reads them."""

import io
import struct
import zlib

from PIL import Image

from tests.hostile.parts import Made


def pictures() -> Made:
    """PNG, JPEG and TIFF: bombs, cut ones, loops, noise."""
    good = saved(Image.linear_gradient("L"), "PNG")
    yield "empty.png", b""
    yield "cut.png", good[: len(good) // 2]
    yield "bomb.png", png(60_000, 60_000, b"\0" * 1_000)
    yield "lies.png", png(200, 200, zlib.compress(b"\0" * 5_000_000))
    yield "none.png", png(0, 0, b"")
    yield "text.jpg", "Cầu dài 486 m.".encode()
    yield "cut.jpeg", saved(Image.linear_gradient("L"), "JPEG")[:-200]
    frames = [Image.new("1", (50, 50)) for _ in range(300)]
    yield "pages.tif", saved(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    yield "loop.tiff", b"II*\0" + struct.pack("<I", 8) + struct.pack("<HI", 0, 8)
    yield "wide.png", saved(Image.new("L", (30_000, 1)), "PNG")
    yield "dot.png", saved(Image.new("L", (1, 1)), "PNG")


def png(width: int, height: int, data: bytes) -> bytes:
    """A PNG that says what it is, and holds something else."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", data), (b"IEND", b"")]
    chunks = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
