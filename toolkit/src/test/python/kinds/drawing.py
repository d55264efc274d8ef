"""What the kinds are drawn from."""

import io
import struct

import numpy
from PIL import Image

WIDTH, HEIGHT = 21, 15


def picture(width=WIDTH, height=HEIGHT):
    """A colored image without symmetry: slopes, a red corner, a little noise."""
    random = numpy.random.default_rng(7)
    y, x = numpy.mgrid[0:height, 0:width].astype(float)
    pixels = numpy.stack([255 * x / width, 255 * y / height, 127 + 120 * numpy.sin(x / 5 + y / 9)], axis=-1)
    pixels[: height // 3, : width // 4] = (240, 40, 20)
    pixels += random.normal(0, 6, pixels.shape)
    return Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8), "RGB")


def saved(image, format, **how):
    out = io.BytesIO()
    image.save(out, format, **how)
    return out.getvalue()


def orientation_tiff(value, order="<", kind=3, count=1):
    """A TIFF structure of one entry, the orientation: as SHORT (3), LONG (4) or BYTE (1)."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    body = struct.pack(order + "H", value) + b"\0\0" if kind == 3 else struct.pack(order + "I", value)
    body = bytes([value, 0, 0, 0]) if kind == 1 else body
    entry = struct.pack(order + "HHI", 0x112, kind, count) + body
    return mark + struct.pack(order + "IH", 8, 1) + entry + bytes(4)


def xmp(value, attribute=True):
    place = f' tiff:Orientation="{value}"/>' if attribute else f"><tiff:Orientation>{value}</tiff:Orientation></rdf:Description>"
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/"{place}</rdf:RDF></x:xmpmeta>'
    ).encode()
