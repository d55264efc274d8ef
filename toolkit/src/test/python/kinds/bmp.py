"""BMP: bmpsuite's kinds: depths, headers, masks, run lengths, directions, damage."""

import struct

import numpy

from .drawing import HEIGHT, WIDTH, picture
from . import png

FORMAT = "bmp"
RAW, RLE8, RLE4, FIELDS, JPEG, PNG = range(6)


def indices(depth):
    return numpy.asarray(picture().convert("L")).astype(int) >> (8 - depth)


def rows(grid, depth, down=False):
    """Rows of values of 1 to 32 bits, padded to 4 bytes, from the bottom."""
    out = b""
    for row in grid if down else grid[::-1]:
        data = row.astype(f"<u{depth // 8}").tobytes() if depth in (16, 32) else png.packed(row, depth) if depth < 24 else row.tobytes()
        out += data + bytes(-len(data) % 4)
    return out


def palette(depth, padding=4, entries=None):
    table = numpy.random.default_rng(4).integers(0, 256, (entries or 1 << depth, padding)).astype(numpy.uint8)
    if padding == 4:
        table[:, 3] = 0
    return table.tobytes()


def bmp(body, depth, compression=RAW, colors=b"", size=40, height=HEIGHT, width=WIDTH, count=0, extra=b"", offset=None):
    if size == 12:
        head = struct.pack("<IHHHH", 12, width, height, 1, depth)
    else:
        head = struct.pack("<IiiHHIIiiII", size, width, height, 1, depth, compression, len(body), 2835, 2835, count, 0)
        head += extra[: size - 40] + bytes(max(0, size - 40 - len(extra)))
    tables = (extra if size == 40 else b"") + colors
    start = 14 + len(head) + len(tables) if offset is None else offset
    return b"BM" + struct.pack("<IHHI", 14 + len(head) + len(tables) + len(body), 0, 0, start) + head + tables + body


def masked(masks, depth, size=40, alpha=0):
    rgb = numpy.asarray(picture()).astype(numpy.uint64)
    values = numpy.zeros(rgb.shape[:2], numpy.uint64)
    for k, mask in enumerate(masks):
        if mask:
            low = (mask & -mask).bit_length() - 1
            values |= (rgb[..., k] * (mask >> low) // 255) << low
    if alpha:
        values |= 200 << ((alpha & -alpha).bit_length() - 1)
    fields = struct.pack("<III", *masks) + (struct.pack("<I", alpha) if size >= 56 else b"")
    return bmp(rows(values, depth), depth, FIELDS, size=size, extra=fields)


def run_lengths(depth):
    """Runs and absolute stretches, as an encoder writes them."""
    out = b""
    for row in indices(depth)[::-1]:
        out += bytes([3, row[0] * (17 if depth == 4 else 1)])
        rest = row[3:]
        pair = png.packed(rest, depth)
        out += bytes([0, len(rest)]) + pair + bytes(len(pair) % 2) + b"\0\0"
    return out + b"\0\1"


def kinds():
    rgb = numpy.asarray(picture())
    bgr = numpy.ascontiguousarray(rgb[..., ::-1])
    bgrx = numpy.concatenate([bgr, numpy.full((*bgr.shape[:2], 1), 77, numpy.uint8)], axis=-1).view("<u4")[..., 0]
    out = {}
    for depth in (1, 2, 4, 8):
        out[f"palette-{depth}.bmp"] = bmp(rows(indices(depth), depth), depth, colors=palette(depth))
        out[f"palette-{depth}-os2.bmp"] = bmp(rows(indices(depth), depth), depth, colors=palette(depth, 3), size=12)
        out[f"palette-{depth}-os2-v2.bmp"] = bmp(rows(indices(depth), depth), depth, colors=palette(depth), size=64)
    gray = numpy.repeat(numpy.arange(256), 4).astype(numpy.uint8).tobytes()
    out["palette-8-gray.bmp"] = bmp(rows(indices(8), 8), 8, colors=gray)
    out["palette-8-short.bmp"] = bmp(rows(indices(8) % 100, 8), 8, colors=palette(8, entries=100), count=100)
    out["palette-8-index-beyond.bmp"] = bmp(rows(indices(8), 8), 8, colors=palette(8, entries=100), count=100)
    out["palette-8-count-300.bmp"] = bmp(rows(indices(8), 8), 8, colors=palette(8, entries=300), count=300)
    out["palette-8-top-down.bmp"] = bmp(rows(indices(8), 8, True), 8, colors=palette(8), height=-HEIGHT)
    out["palette-8-gap.bmp"] = bmp(bytes(40) + rows(indices(8), 8), 8, colors=palette(8), offset=14 + 40 + 1024 + 40)
    out["rgb-24.bmp"] = bmp(rows(bgr, 24), 24)
    out["rgb-24-os2.bmp"] = bmp(rows(bgr, 24), 24, size=12)
    out["rgb-24-os2-v2.bmp"] = bmp(rows(bgr, 24), 24, size=64)
    out["rgb-24-top-down.bmp"] = bmp(rows(bgr, 24, True), 24, height=-HEIGHT)
    out["rgb-24-palette.bmp"] = bmp(rows(bgr, 24), 24, colors=palette(8), count=256)
    for size in (16, 52, 56, 108, 124):
        out[f"rgb-24-header-{size}.bmp"] = bmp(rows(bgr, 24), 24, size=size)
    out["rgb-32.bmp"] = bmp(rows(bgrx, 32), 32)
    out["rgb-32-header-124.bmp"] = bmp(rows(bgrx, 32), 32, size=124)
    packed = numpy.asarray(rgb).astype(int) >> 3
    out["rgb-16.bmp"] = bmp(rows(packed[..., 0] << 10 | packed[..., 1] << 5 | packed[..., 2], 16), 16)
    for name, masks, depth in (("565", (0xF800, 0x7E0, 0x1F), 16), ("555", (0x7C00, 0x3E0, 0x1F), 16),
                               ("444", (0xF00, 0xF0, 0xF), 16), ("888", (0xFF0000, 0xFF00, 0xFF), 32),
                               ("bgr", (0xFF, 0xFF00, 0xFF0000), 32), ("101010", (0x3FF00000, 0xFFC00, 0x3FF), 32),
                               ("high", (0xFF000000, 0xFF0000, 0xFF00), 32)):
        out[f"masks-{name}.bmp"] = masked(masks, depth)
        out[f"masks-{name}-header-56.bmp"] = masked(masks, depth, 56)
    out["masks-alpha.bmp"] = masked((0xFF0000, 0xFF00, 0xFF), 32, 124, 0xFF000000)
    out["run-lengths-8.bmp"] = bmp(run_lengths(8), 8, RLE8, palette(8))
    out["run-lengths-4.bmp"] = bmp(run_lengths(4), 4, RLE4, palette(4))
    out["run-lengths-8-delta.bmp"] = bmp(b"\5\7\0\2\3\2\4\x09\0\0\6\x0b\0\1", 8, RLE8, palette(8))
    out["run-lengths-8-no-end.bmp"] = bmp(run_lengths(8)[:-2], 8, RLE8, palette(8))
    out["run-lengths-8-half.bmp"] = bmp(run_lengths(8)[:150], 8, RLE8, palette(8))
    out["run-lengths-8-too-long.bmp"] = bmp(b"\xff\7" * HEIGHT + b"\0\1", 8, RLE8, palette(8))
    inner = png.png(png.RGB, 8)
    out["png-inside.bmp"] = bmp(inner, 0, PNG)
    out["jpeg-inside.bmp"] = bmp(b"\xff\xd8\xff\xd9", 0, JPEG)
    out["compression-9.bmp"] = bmp(rows(bgr, 24), 24, 9)
    out["depth-5.bmp"] = bmp(rows(bgr, 24), 5)
    out["half.bmp"] = bmp(rows(bgr, 24), 24)[:500]
    out["width-0.bmp"] = bmp(b"", 24, width=0)
    out["width-negative.bmp"] = bmp(rows(bgr, 24), 24, width=-WIDTH)
    return out
