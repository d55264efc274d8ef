"""PNG: PngSuite's kinds (color types, depths, filters, interlacing, sizes, chunks, damage) and orientation."""

import struct
import zlib

import numpy

from .drawing import HEIGHT, WIDTH, orientation_tiff, picture, xmp

FORMAT = "png"
GRAY, RGB, PALETTE, GRAY_ALPHA, RGBA = 0, 2, 3, 4, 6
CHANNELS = {GRAY: 1, RGB: 3, PALETTE: 1, GRAY_ALPHA: 2, RGBA: 4}
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, data, crc=None):
    crc = zlib.crc32(kind + data) if crc is None else crc
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc & 0xFFFFFFFF)


def samples(color, depth, width=WIDTH, height=HEIGHT):
    """Rows of samples of a color type, height x width x channels."""
    rgb = numpy.asarray(picture(width, height)).astype(numpy.int64) * 257
    gray = rgb.sum(axis=-1, keepdims=True) // 3
    alpha = 65535 - rgb[..., :1]
    parts = {GRAY: [gray], RGB: [rgb], PALETTE: [gray], GRAY_ALPHA: [gray, alpha], RGBA: [rgb, alpha]}[color]
    return numpy.concatenate(parts, axis=-1) >> (16 - depth)


def packed(row, depth):
    """A row's samples as bytes."""
    flat = row.flatten()
    if depth == 16:
        return flat.astype(">u2").tobytes()
    if depth == 8:
        return flat.astype(numpy.uint8).tobytes()
    bits = ((flat[:, None] >> numpy.arange(depth - 1, -1, -1)) & 1).flatten().astype(numpy.uint8)
    return numpy.packbits(bits).tobytes()


def filtered(rows, step, method):
    """Rows with their filter bytes; method 0 to 4, or 5 for one after the other."""
    out, above = b"", None
    for number, row in enumerate(rows):
        kind = number % 5 if method == 5 else method
        now = numpy.frombuffer(row, numpy.uint8).astype(int)
        up = numpy.zeros_like(now) if above is None else above
        left = numpy.concatenate([numpy.zeros(step, int), now[:-step] if step < len(now) else now[:0]])[: len(now)]
        corner = numpy.concatenate([numpy.zeros(step, int), up[:-step] if step < len(up) else up[:0]])[: len(now)]
        guess = left + up - corner
        near = numpy.abs(numpy.stack([guess - left, guess - up, guess - corner]))
        paeth = numpy.where((near[0] <= near[1]) & (near[0] <= near[2]), left, numpy.where(near[1] <= near[2], up, corner))
        by = [0 * now, left, up, (left + up) // 2, paeth][kind]
        out += bytes([kind]) + ((now - by) % 256).astype(numpy.uint8).tobytes()
        above = now
    return out


def pixels(color, depth, method=0, interlaced=False, width=WIDTH, height=HEIGHT):
    grid = samples(color, depth, width, height)
    step = max(1, CHANNELS[color] * depth // 8)
    if not interlaced:
        return filtered([packed(row, depth) for row in grid], step, method)
    parts = [grid[y::dy, x::dx] for x, y, dx, dy in PASSES]
    return b"".join(filtered([packed(row, depth) for row in part], step, method) for part in parts if part.size)


def palette(entries):
    return numpy.random.default_rng(3).integers(0, 256, 3 * entries).astype(numpy.uint8).tobytes()


def png(color, depth, method=0, interlaced=False, before=(), after=(), width=WIDTH, height=HEIGHT, idat=1 << 30, level=9,
        entries=None):
    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced))
    data = zlib.compress(pixels(color, depth, method, interlaced, width, height), level)
    parts = [chunk(b"IDAT", data[i : i + idat]) for i in range(0, len(data), idat)]
    colors = [chunk(b"PLTE", palette(entries or 1 << depth))] if color == PALETTE else []
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [chunk(b"IHDR", head), *colors, *before, *parts, *after, chunk(b"IEND", b"")])


def patched(data, kind, change):
    """The file with the checksum of its first chunk of a kind changed, or its data."""
    at = data.index(kind)
    length = struct.unpack_from(">I", data, at - 4)[0]
    body = bytearray(data[at + 4 : at + 4 + length])
    crc = change(body)
    return data[: at - 4] + chunk(kind, bytes(body), crc) + data[at + 8 + length :]


def raw_profile(value):
    tiff = b"Exif\0\0" + orientation_tiff(value)
    text = b"\nexif\n%8d\n" % len(tiff) + tiff.hex().encode() + b"\n"
    return chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(text))


def international(value, compressed):
    text = zlib.compress(xmp(value)) if compressed else xmp(value)
    return chunk(b"iTXt", b"XML:com.adobe.xmp\0" + bytes([compressed, 0]) + b"\0\0" + text)


def wrong(body):
    return 0x12345678


def kinds():
    out = {}
    for name, color, depths in (("gray", GRAY, (1, 2, 4, 8, 16)), ("rgb", RGB, (8, 16)), ("palette", PALETTE, (1, 2, 4, 8)),
                                ("gray-alpha", GRAY_ALPHA, (8, 16)), ("rgba", RGBA, (8, 16))):
        for depth in depths:
            out[f"{name}-{depth}.png"] = png(color, depth)
            out[f"{name}-{depth}-interlaced.png"] = png(color, depth, interlaced=True)
    for method in range(6):
        out[f"filter-{method}.png"] = png(RGB, 8, method)
    out["filter-5-gray-16-interlaced.png"] = png(GRAY, 16, 5, True)
    for side in (1, 2, 3, 7, 8, 9):
        out[f"side-{side}.png"] = png(PALETTE, 4, width=side, height=side)
        out[f"side-{side}-interlaced.png"] = png(PALETTE, 4, interlaced=True, width=side, height=side)
    out["idat-of-1-byte.png"] = png(GRAY, 4, idat=1)
    out["stored.png"] = png(GRAY, 4, level=0)
    gray_clear, rgb_clear = struct.pack(">H", 100), struct.pack(">HHH", 240, 40, 20)
    out["clear-gray.png"] = png(GRAY, 8, before=[chunk(b"tRNS", gray_clear)])
    out["clear-gray-16.png"] = png(GRAY, 16, before=[chunk(b"tRNS", gray_clear)])
    out["clear-rgb.png"] = png(RGB, 8, before=[chunk(b"tRNS", rgb_clear)])
    out["clear-palette.png"] = png(PALETTE, 4, before=[chunk(b"tRNS", bytes(range(0, 256, 16)))])
    out["background.png"] = png(RGBA, 8, before=[chunk(b"bKGD", rgb_clear)])
    out["gamma.png"] = png(RGB, 8, before=[chunk(b"gAMA", struct.pack(">I", 35000))])
    out["gamma-16.png"] = png(GRAY, 16, before=[chunk(b"gAMA", struct.pack(">I", 35000))])
    out["palette-short.png"] = png(PALETTE, 8, entries=100)
    out["palette-suggested.png"] = png(RGB, 8, before=[chunk(b"PLTE", palette(8))])
    out["unknown-chunk.png"] = png(RGB, 8, before=[chunk(b"teSt", b"?")])
    for name, color in (("palette", PALETTE), ("rgb", RGB)):
        out[f"bad-time-{name}.png"] = png(color, 8, before=[chunk(b"tIME", b"\0")])
        out[f"bad-profile-{name}.png"] = png(color, 8, before=[chunk(b"iCCP", b"no zlib\0\0never")])
        out[f"bad-physical-{name}.png"] = png(color, 8, before=[chunk(b"pHYs", b"\0\0")])
        out[f"bad-chromaticities-{name}.png"] = png(color, 8, before=[chunk(b"cHRM", b"\0\0")])
        out[f"bad-histogram-{name}.png"] = png(color, 8, before=[chunk(b"hIST", b"\0")])
        out[f"bad-text-{name}.png"] = png(color, 8, before=[chunk(b"zTXt", b"k\0\0never")])
        out[f"bad-time-checksum-{name}.png"] = png(color, 8, before=[chunk(b"tIME", b"\x07\xe8\1\1\1\1\1", 5)])
        out[f"bad-time-after-{name}.png"] = png(color, 8, after=[chunk(b"tIME", b"\0")])
    plain = png(RGB, 8)
    out["bad-head-checksum.png"] = patched(plain, b"IHDR", wrong)
    out["bad-palette-checksum.png"] = patched(png(PALETTE, 8), b"PLTE", wrong)
    out["bad-data-checksum.png"] = patched(plain, b"IDAT", wrong)
    out["no-data.png"] = plain[:33] + chunk(b"IEND", b"")
    out["no-palette.png"] = png(PALETTE, 8).replace(b"PLTE", b"plTe")
    out["no-end.png"] = plain[:-12]
    out["half.png"] = plain[: len(plain) // 2]
    out["short-rows.png"] = b"\x89PNG\r\n\x1a\n" + b"".join([
        chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, RGB, 0, 0, 0)),
        chunk(b"IDAT", zlib.compress(pixels(RGB, 8)[: 10 * (3 * WIDTH + 1)])), chunk(b"IEND", b"")])
    out["trailing-bytes.png"] = plain + b"more"
    out["no-signature-linefeed.png"] = plain.replace(b"\r\n\x1a\n", b"\n\x1a\n")
    for name, color, depth in (("color-type-1", 1, 8), ("color-type-9", 9, 8), ("depth-0", RGB, 0), ("depth-3", GRAY, 3)):
        head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, color, 0, 0, 0)
        out[name + ".png"] = plain[:8] + chunk(b"IHDR", head) + plain[33:]
    out["width-0.png"] = plain[:8] + chunk(b"IHDR", struct.pack(">IIBBBBB", 0, HEIGHT, 8, RGB, 0, 0, 0)) + plain[33:]
    out["exif-6.png"] = png(RGB, 8, before=[chunk(b"eXIf", orientation_tiff(6))])
    out["exif-6-palette.png"] = png(PALETTE, 8, before=[chunk(b"eXIf", orientation_tiff(6, order=">"))])
    out["exif-6-named.png"] = png(RGB, 8, before=[chunk(b"eXIf", b"Exif\0\0" + orientation_tiff(6))])
    out["exif-6-after-data.png"] = png(RGB, 8, after=[chunk(b"eXIf", orientation_tiff(6))])
    out["exif-6-raw-profile.png"] = png(RGB, 8, before=[raw_profile(6)])
    out["exif-6-raw-profile-after-data.png"] = png(RGB, 8, after=[raw_profile(6)])
    out["xmp-6.png"] = png(RGB, 8, before=[international(6, 0)])
    out["xmp-6-compressed.png"] = png(RGB, 8, before=[international(6, 1)])
    out["xmp-6-exif-3.png"] = png(RGB, 8, before=[international(6, 0), chunk(b"eXIf", orientation_tiff(3))])
    return out
