"""GIF: palettes, frames smaller or larger than the screen, interlacing, transparency, damage."""

import struct

import numpy

from .drawing import picture, saved

FORMAT = "gif"


def blocks(data):
    return b"".join(bytes([len(data[i : i + 255])]) + data[i : i + 255] for i in range(0, len(data), 255)) + b"\0"


def lzw(pixels, bits=7):
    """Uncompressed: a clear code before the codes would grow."""
    clear, codes = 1 << bits, []
    for i, p in enumerate(pixels):
        if i % (clear - 3) == 0:
            codes.append(clear)
        codes.append(int(p))
    codes.append(clear + 1)
    number, width = 0, bits + 1
    for i, code in enumerate(codes):
        number |= code << width * i
    return bytes([bits]) + blocks(number.to_bytes((width * len(codes) + 7) // 8, "little"))


def colors(seed, entries=128):
    return numpy.random.default_rng(seed).integers(0, 256, 3 * entries).astype(numpy.uint8).tobytes()


def frame(left, top, width, height, local=None, interlaced=False, clear=None, pixels=None, dispose=0):
    out = b""
    if clear is not None or dispose:
        out += b"\x21\xf9\4" + bytes([dispose << 2 | (clear is not None), 0, 0, clear or 0, 0])
    flags = (0x86 if local else 0) | (0x40 if interlaced else 0)
    out += b"\x2c" + struct.pack("<HHHHB", left, top, width, height, flags) + (local or b"")
    return out + lzw([i * 7 % 128 for i in range(width * height)] if pixels is None else pixels)


def gif(width, height, *frames, palette=True, background=9, end=b"\x3b", version=b"GIF89a"):
    head = struct.pack("<HHBBB", width, height, 0xF6 if palette else 0x70, background, 0)
    return version + head + (colors(1) if palette else b"") + b"".join(frames) + end


def kinds():
    image = picture()
    two = gif(21, 15, frame(0, 0, 21, 15), frame(3, 3, 9, 9))
    gray = bytes(v for i in range(128) for v in (i, i, i))
    return {
        "pillow.gif": saved(image.quantize(200), "GIF"),
        "pillow-2-colors.gif": saved(image.quantize(2), "GIF"),
        "pillow-gray.gif": saved(image.convert("L"), "GIF"),
        "pillow-interlaced.gif": saved(image.quantize(64), "GIF", interlace=True),
        "long-codes.gif": saved(picture(60, 50).quantize(256), "GIF"),
        "87a.gif": gif(21, 15, frame(0, 0, 21, 15), version=b"GIF87a"),
        "small-frame.gif": gif(21, 15, frame(4, 3, 9, 7)),
        "small-frame-transparent.gif": gif(21, 15, frame(4, 3, 9, 7, clear=5)),
        "small-frame-local-palette.gif": gif(21, 15, frame(4, 3, 9, 7, local=colors(2))),
        "small-frame-disposed.gif": gif(21, 15, frame(4, 3, 9, 7, dispose=2), frame(0, 0, 3, 3)),
        "small-frame-interlaced.gif": gif(21, 15, frame(4, 3, 9, 7, interlaced=True)),
        "large-frame.gif": gif(8, 6, frame(4, 3, 9, 7)),
        "screen-0.gif": gif(0, 0, frame(0, 0, 9, 7)),
        "transparent.gif": gif(21, 15, frame(0, 0, 21, 15, clear=7)),
        "local-palette-only.gif": gif(21, 15, frame(0, 0, 21, 15, local=colors(2)), palette=False),
        "no-palette.gif": gif(21, 15, frame(0, 0, 21, 15), palette=False),
        "gray-palette.gif": gif(21, 15, frame(0, 0, 21, 15, local=gray)),
        "frame-0.gif": gif(21, 15, frame(4, 3, 0, 0)),
        "comment.gif": gif(21, 15, b"\x21\xfe" + blocks(b"a comment"), frame(0, 0, 21, 15)),
        "application.gif": gif(21, 15, b"\x21\xff\x0bNETSCAPE2.0\3\1\0\0\0", frame(0, 0, 21, 15)),
        "two-frames.gif": two,
        "cut-in-second-frame.gif": two[: len(two) - 40],
        "cut-before-end.gif": gif(21, 15, frame(0, 0, 21, 15), end=b""),
        "cut-in-first-frame.gif": gif(21, 15, frame(0, 0, 21, 15))[:500],
        "few-pixels.gif": gif(21, 15, frame(0, 0, 21, 15, pixels=list(range(100)))),
        "many-pixels.gif": gif(21, 15, frame(0, 0, 21, 15, pixels=[i % 128 for i in range(400)])),
        "no-frame.gif": gif(21, 15),
        "junk-between.gif": gif(21, 15, b"\0\0", frame(0, 0, 21, 15)),
        "trailing-bytes.gif": gif(21, 15, frame(0, 0, 21, 15)) + b"more",
    }
