"""PBM, PGM and PPM: plain and raw, highest values, comments, damage; and their relatives."""

import numpy

from .drawing import HEIGHT, WIDTH, picture
from .png import packed

FORMAT = "pnm"


def plain(values):
    return b"\n".join(b" ".join(b"%d" % v for v in row) for row in values) + b"\n"


def kinds():
    rgb = numpy.asarray(picture()).astype(int)
    gray = numpy.asarray(picture().convert("L")).astype(int)
    bits = (gray < 128).astype(int)
    size = b"%d %d\n" % (WIDTH, HEIGHT)
    raw_bits = b"".join(packed(row, 1) for row in bits)
    bytes_of = lambda grid: grid.astype(numpy.uint8).tobytes()
    words_of = lambda grid: grid.astype(">u2").tobytes()
    return {
        "plain-bits.pbm": b"P1\n" + size + plain(bits),
        "plain-bits-dense.pbm": b"P1\n" + size + b"\n".join(b"".join(b"%d" % v for v in row) for row in bits),
        "plain-gray.pgm": b"P2\n" + size + b"255\n" + plain(gray),
        "plain-gray-15.pgm": b"P2\n" + size + b"15\n" + plain(gray >> 4),
        "plain-gray-65535.pgm": b"P2\n" + size + b"65535\n" + plain(gray * 257),
        "plain-rgb.ppm": b"P3\n" + size + b"255\n" + plain(rgb.reshape(HEIGHT, -1)),
        "plain-rgb-100.ppm": b"P3\n" + size + b"100\n" + plain((rgb * 100 // 255).reshape(HEIGHT, -1)),
        "plain-rgb-1000.ppm": b"P3\n" + size + b"1000\n" + plain((rgb * 1000 // 255).reshape(HEIGHT, -1)),
        "plain-rgb-comments.ppm": b"P3\n# one\n" + size + b"# two\n255\n# three\n" + plain(rgb.reshape(HEIGHT, -1)),
        "plain-rgb-too-large.ppm": b"P3\n" + size + b"200\n" + plain(rgb.reshape(HEIGHT, -1)),
        "plain-rgb-words.ppm": b"P3\n" + size + b"255\nred green blue\n",
        "bits.pbm": b"P4\n" + size + raw_bits,
        "gray.pgm": b"P5\n" + size + b"255\n" + bytes_of(gray),
        "gray-100.pgm": b"P5\n" + size + b"100\n" + bytes_of(gray * 100 // 255),
        "gray-above-maximum.pgm": b"P5\n" + size + b"100\n" + bytes_of(gray),
        "gray-1000.pgm": b"P5\n" + size + b"1000\n" + words_of(gray * 1000 // 255),
        "gray-65535.pgm": b"P5\n" + size + b"65535\n" + words_of(gray * 257),
        "rgb.ppm": b"P6\n" + size + b"255\n" + bytes_of(rgb),
        "rgb-7.ppm": b"P6\n" + size + b"7\n" + bytes_of(rgb >> 5),
        "rgb-1000.ppm": b"P6\n" + size + b"1000\n" + words_of(rgb * 1000 // 255),
        "rgb-65535.ppm": b"P6\n" + size + b"65535\n" + words_of(rgb * 257),
        "rgb-comments.ppm": b"P6 # one\n#two\n%d#three\n %d\n255\n" % (WIDTH, HEIGHT) + bytes_of(rgb),
        "rgb-one-line.ppm": b"P6 %d %d 255 " % (WIDTH, HEIGHT) + bytes_of(rgb),
        "half.ppm": b"P6\n" + size + b"255\n" + bytes_of(rgb)[:300],
        "half-plain.ppm": b"P3\n" + size + b"255\n1 2 3",
        "maximum-0.ppm": b"P6\n" + size + b"0\n" + bytes_of(rgb),
        "maximum-70000.ppm": b"P6\n" + size + b"70000\n" + bytes_of(rgb),
        "width-0.ppm": b"P6\n0 4\n255\n",
        "no-head.ppm": b"P6\n",
        "trailing-bytes.ppm": b"P6\n" + size + b"255\n" + bytes_of(rgb) + b"more",
        "floats.pfm": b"Pf\n" + size + b"-1.0\n" + gray.astype("<f4").tobytes(),
        "arbitrary.pam": b"P7\nWIDTH %d\nHEIGHT %d\nDEPTH 3\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\n" % (WIDTH, HEIGHT) + bytes_of(rgb),
    }
