"""TIFF: compressions, depths, colors, strips, tiles, byte orders, orientation, damage."""

import struct

import numpy
from PIL import Image

from .drawing import HEIGHT, WIDTH, picture, saved
from .jpeg import inks

FORMAT = "tiff"
SHORT, LONG = 3, 4


def tiff(data, order="<", tags=(), bits=(8, 8, 8), photometric=2, height=HEIGHT, big=False):
    """One strip, with tags that replace or join the usual ones."""
    samples = len(bits)
    entries = {256: (SHORT, [WIDTH]), 257: (SHORT, [height]), 258: (SHORT, list(bits)), 259: (SHORT, [1]),
               262: (SHORT, [photometric]), 273: (LONG, [0]), 277: (SHORT, [samples]), 278: (SHORT, [height]),
               279: (LONG, [len(data)]), **dict(tags)}
    entries = {tag: what for tag, what in sorted(entries.items()) if what}
    start = 8 + 2 + 12 * len(entries) + 4
    extra, body = b"", b""
    for tag, (kind, values) in entries.items():
        packed = b"".join(struct.pack(order + ("H" if kind == SHORT else "I"), v) for v in values)
        if tag == 273:  # from the beginning of the data, which is known at the end
            where, offsets = len(body) + 8, values
        if len(packed) > 4:
            place = struct.pack(order + "I", start + len(extra))
            extra += packed + bytes(len(packed) % 2)
        else:
            place = packed + bytes(4 - len(packed))
        body += struct.pack(order + "HHI", tag, kind, len(values)) + place
    data_at = start + len(extra)
    moved = b"".join(struct.pack(order + "I", data_at + v) for v in offsets)
    if len(moved) > 4:
        table = struct.unpack_from(order + "I", body, where)[0] - start
        extra = extra[:table] + moved + extra[table + len(moved) :]
    else:
        body = body[:where] + moved + body[where + 4 :]
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "IH", 8, len(entries))
    return head + body + bytes(4) + extra + data


def kinds():
    image = picture()
    rgb = numpy.asarray(image)
    gray = numpy.asarray(image.convert("L"))
    clear = image.copy()
    clear.putalpha(image.convert("L"))
    out = {}
    for name in ("raw", "tiff_lzw", "tiff_deflate", "tiff_adobe_deflate", "packbits", "jpeg"):
        out[f"rgb-{name}.tif"] = saved(image, "TIFF", compression=name)
    for name in ("raw", "tiff_lzw", "packbits", "tiff_deflate"):
        out[f"gray-{name}.tif"] = saved(image.convert("L"), "TIFF", compression=name)
        out[f"palette-{name}.tif"] = saved(image.quantize(60), "TIFF", compression=name)
    for name in ("raw", "group3", "group4", "tiff_ccitt", "packbits"):
        out[f"bits-{name}.tif"] = saved(image.convert("1"), "TIFF", compression=name)
    out["rgba.tif"] = saved(clear, "TIFF")
    out["gray-alpha.tif"] = saved(clear.convert("LA"), "TIFF")
    out["cmyk.tif"] = saved(inks(), "TIFF")
    out["cmyk-lzw.tif"] = saved(inks(), "TIFF", compression="tiff_lzw")
    out["ycbcr-jpeg.tif"] = saved(picture(32, 16).convert("YCbCr"), "TIFF", compression="jpeg")
    out["gray-jpeg.tif"] = saved(image.convert("L"), "TIFF", compression="jpeg")
    out["lzw-predictor.tif"] = saved(image, "TIFF", compression="tiff_lzw", tiffinfo={317: 2})
    out["strips.tif"] = saved(picture(60, 50), "TIFF", compression="tiff_lzw", strip_size=2000)
    out["big-tiff.tif"] = saved(image, "TIFF", big_tiff=True)
    out["two-pages.tif"] = saved(image, "TIFF", save_all=True, append_images=[image.rotate(90)])
    out["zstd.tif"] = saved(image, "TIFF", compression="zstd")
    for order, name in (("<", "little"), (">", "big")):
        out[f"rgb-{name}.tif"] = tiff(rgb.tobytes(), order)
        deep = (rgb.astype(numpy.uint16) * 257).astype(order + "u2")
        out[f"rgb-16-{name}.tif"] = tiff(deep.tobytes(), order, bits=(16, 16, 16))
        lone = (gray.astype(numpy.uint16) * 257).astype(order + "u2")
        out[f"gray-16-{name}.tif"] = tiff(lone.tobytes(), order, bits=(16,), photometric=1)
    for depth in (1, 2, 4, 8):
        from .png import packed
        data = b"".join(packed(row.astype(int) >> (8 - depth), depth) for row in gray)
        out[f"gray-{depth}.tif"] = tiff(data, bits=(depth,), photometric=1)
        out[f"gray-{depth}-inverted.tif"] = tiff(data, bits=(depth,), photometric=0)
    plane = WIDTH * HEIGHT
    out["planar.tif"] = tiff(rgb.transpose(2, 0, 1).tobytes(), tags={
        284: (SHORT, [2]), 273: (LONG, [0, plane, 2 * plane]), 279: (LONG, [plane] * 3)})
    out["float-32.tif"] = saved(Image.fromarray(gray.astype(numpy.float32)), "TIFF")
    for value in range(1, 10):
        out[f"orientation-{value}.tif"] = tiff(rgb.tobytes(), tags={274: (SHORT, [value])})
    out["orientation-6-long.tif"] = tiff(rgb.tobytes(), tags={274: (LONG, [6])})
    out["orientation-6-lzw.tif"] = saved(image, "TIFF", compression="tiff_lzw", tiffinfo={274: 6})
    out["half.tif"] = tiff(rgb.tobytes())[:600]
    out["no-width.tif"] = tiff(rgb.tobytes(), tags={256: None})
    out["bits-of-9.tif"] = tiff(rgb.tobytes(), bits=(9, 9, 9))
    out["compression-9999.tif"] = tiff(rgb.tobytes(), tags={259: (SHORT, [9999])})
    out["no-directory.tif"] = b"II*\0\xff\xff\0\0"
    return out
