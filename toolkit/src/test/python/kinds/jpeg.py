"""JPEG: colors, samplings, processes, segments, orientation."""

import struct

import numpy
from PIL import Image

from .drawing import orientation_tiff, picture, saved, xmp

FORMAT = "jpeg"


def segment(marker, body, length=None):
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2 if length is None else length) + body


def inserted(data, *segments):
    return data[:2] + b"".join(segments) + data[2:]


def without(data, marker):
    """The file without the segments of a marker, before its scan."""
    out, at = data[:2], 2
    while data[at + 1] != 0xDA:
        length = 2 + struct.unpack_from(">H", data, at + 2)[0]
        if data[at + 1] != marker:
            out += data[at : at + length]
        at += length
    return out + data[at:]


def renamed(data, ids):
    """The file with other component identifiers, in its frame and its scan."""
    out, at = bytearray(data), 2
    while True:
        length = struct.unpack_from(">H", out, at + 2)[0]
        if out[at + 1] in (0xC0, 0xC2):
            for k, name in enumerate(ids):
                out[at + 10 + 3 * k] = name
        if out[at + 1] == 0xDA:
            for k, name in enumerate(ids):
                out[at + 5 + 2 * k] = name
            return bytes(out)
        at += 2 + length


def adobe(transform):
    return segment(0xEE, b"Adobe\0\x64\0\0\0\0" + bytes([transform]))


def exif(value, **how):
    return segment(0xE1, b"Exif\0\0" + orientation_tiff(value, **how))


def packet(value, **how):
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(value, **how))


def inks():
    pixels = numpy.asarray(picture().convert("CMYK")).copy()
    pixels[..., 3] = numpy.arange(pixels.shape[1]) * 5
    return Image.fromarray(pixels, "CMYK")


def kinds():
    image = picture()
    plain = saved(image, "JPEG", quality=90, subsampling=0)
    bare = without(plain, 0xE0)
    cmyk = saved(inks(), "JPEG", quality=90)
    ycck = bytearray(cmyk)
    ycck[ycck.index(b"Adobe") + 11] = 2
    return {
        "444.jpg": plain,
        "422.jpg": saved(image, "JPEG", quality=90, subsampling=1),
        "420.jpg": saved(image, "JPEG", quality=90, subsampling=2),
        "420-coarse.jpg": saved(image, "JPEG", quality=30, subsampling=2),
        "progressive.jpg": saved(image, "JPEG", quality=90, progressive=True),
        "optimized.jpg": saved(image, "JPEG", quality=90, optimize=True),
        "restart-markers.jpg": saved(image, "JPEG", quality=90, restart_marker_blocks=2),
        "gray.jpg": saved(image.convert("L"), "JPEG", quality=90),
        "cmyk.jpg": cmyk,
        "cmyk-without-adobe.jpg": without(cmyk, 0xEE),
        "ycck.jpg": ycck,
        "no-jfif.jpg": bare,
        "no-jfif-components-rgb.jpg": renamed(bare, b"RGB"),
        "no-jfif-components-012.jpg": renamed(bare, b"\0\1\2"),
        "no-jfif-components-odd.jpg": renamed(bare, b"\7\10\11"),
        "adobe-rgb.jpg": inserted(bare, adobe(0)),
        "adobe-ycc.jpg": inserted(bare, adobe(1)),
        "jfif-beside-adobe-rgb.jpg": plain[:20] + adobe(0) + plain[20:],
        "adobe-rgb-before-jfif.jpg": inserted(plain, adobe(0)),
        "jfif-components-rgb.jpg": renamed(plain, b"RGB"),
        "comment.jpg": inserted(plain, segment(0xFE, b"a comment")),
        "comment-length-1.jpg": inserted(plain, segment(0xFE, b"", 1)),
        "comment-length-0.jpg": inserted(plain, segment(0xFE, b"", 0)),
        "application-length-1.jpg": inserted(plain, segment(0xE5, b"", 1)),
        "fill-bytes.jpg": inserted(plain, b"\xff\xff\xff"),
        "trailing-bytes.jpg": plain + b"more",
        "no-end.jpg": plain[:-2],
        "half.jpg": plain[: len(plain) * 2 // 3],
        "exif-6.jpg": inserted(plain, exif(6)),
        "exif-6-big-endian.jpg": inserted(plain, exif(6, order=">")),
        "exif-6-long.jpg": inserted(plain, exif(6, kind=4)),
        "exif-6-long-big-endian.jpg": inserted(plain, exif(6, kind=4, order=">")),
        "exif-6-byte.jpg": inserted(plain, exif(6, kind=1)),
        "exif-6-then-3.jpg": inserted(plain, exif(6), exif(3)),
        "exif-0-then-6.jpg": inserted(plain, exif(0), exif(6)),
        "exif-9.jpg": inserted(plain, exif(9)),
        "exif-twice-named.jpg": inserted(plain, segment(0xE1, b"Exif\0\0Exif\0\0" + orientation_tiff(6))),
        "exif-empty.jpg": inserted(plain, segment(0xE1, b"Exif\0\0")),
        "xmp-6.jpg": inserted(plain, packet(6)),
        "xmp-6-element.jpg": inserted(plain, packet(6, attribute=False)),
        "xmp-6-exif-3.jpg": inserted(plain, packet(6), exif(3)),
        "xmp-6-exif-1.jpg": inserted(plain, packet(6), exif(1)),
        "xmp-6-then-3.jpg": inserted(plain, packet(6), packet(3)),
    }
